using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Numerics;

/// <summary>Against scipy 1.10.1 (log_ndtr, ndtri, stdtr) and R 4.2.2 (qt; scipy's t.ppf is off by up to 3e-10).</summary>
public class DistributionTests
{
    [Theory]
    [InlineData(-8, -6.220960574271743e-16)]
    [InlineData(-2.6, -0.004672085236439404)]
    [InlineData(-1, -0.17275377902344985)]
    [InlineData(0, -0.6931471805599453)]
    [InlineData(0.3, -0.9621028181688499)]
    [InlineData(2.4, -4.8039216668706715)]
    [InlineData(2.6, -5.3684849226242655)]
    [InlineData(5, -15.064998393988727)]
    [InlineData(12, -75.41067300156881)]
    [InlineData(37, -689.0305855768908)]
    public void Logarithm_of_the_normal_tail(double x, double expected)
    {
        Assert.Equal(1, NormalDistribution.LogSurvival(x) / expected, 1e-12);
        Assert.Equal(1, NormalDistribution.Survival(x) / Math.Exp(expected), 1e-12);
        Assert.Equal(1, NormalDistribution.Cdf(-x) / Math.Exp(expected), 1e-12);
    }

    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-20, -9.262340089798409)]
    [InlineData(1e-05, -4.264890793922825)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, double.PositiveInfinity)]
    public void Normal_quantiles(double probability, double expected) =>
        Assert.Equal(expected, NormalDistribution.Quantile(probability), 1e-13 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [InlineData(0.1, 1, 0.9365489651388929)]
    [InlineData(2, 1, 0.2951672353008664)]
    [InlineData(1e6, 1, 6.366197723673691e-07)]
    [InlineData(0.5, 3.5, 0.646850439322551)]
    [InlineData(2.5, 10, 0.031446844236608776)]
    [InlineData(1.96, 501, 0.050549681202118994)]
    [InlineData(-10, 501, 1.3750340511733448e-21)]
    [InlineData(40, 88, 3.1093978653894367e-58)]
    [InlineData(2, 1e5, 0.045502963457506436)]
    [InlineData(0.001, 1e6, 0.9992021157716491)]
    public void Tails_of_students_distribution(double t, double freedom, double expected) =>
        Assert.Equal(1, StudentDistribution.TwoSided(t, freedom) / expected, 1e-11);

    [Theory]
    [InlineData(0.95, 1, 12.706204736174705)]
    [InlineData(0.9, 5, 2.015048373333024)]
    [InlineData(0.95, 501, 1.9647103221754594)]
    [InlineData(0.99, 30, 2.7499956535670305)]
    [InlineData(0.95, double.PositiveInfinity, 1.9599639845400545)]
    public void Critical_values_of_students_distribution(double level, double freedom, double expected) =>
        Assert.Equal(1, StudentDistribution.Critical(level, freedom) / expected, 1e-12);

    [Fact]
    public void Nothing_is_known_of_nothing()
    {
        Assert.True(double.IsNaN(StudentDistribution.TwoSided(double.NaN, 3)));
        Assert.Equal(0, StudentDistribution.TwoSided(double.PositiveInfinity, double.PositiveInfinity));
    }
}
