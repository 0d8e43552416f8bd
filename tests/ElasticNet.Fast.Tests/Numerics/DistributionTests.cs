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

    /// <summary>From sixty digits.</summary>
    [Theory]
    [InlineData(-38, 2.88542835e-316)]
    [InlineData(-37.5, 4.605353009581955e-308)]
    [InlineData(-30.1, 2.4226672179857586e-199)]
    [InlineData(-12.3, 4.5287069561587846e-35)]
    [InlineData(-8.25, 7.919726314642477e-17)]
    [InlineData(-5.5, 1.8989562465887718e-08)]
    [InlineData(-4.1, 2.065750691254677e-05)]
    [InlineData(-3.3, 0.0004834241423837775)]
    [InlineData(-2.7, 0.0034669738030406664)]
    [InlineData(-2.1, 0.017864420562816553)]
    [InlineData(-2.000001, 0.022750077957266676)]
    [InlineData(-2, 0.02275013194817921)]
    [InlineData(-1.9, 0.028716559816001807)]
    [InlineData(-1.7, 0.04456546275854304)]
    [InlineData(-1.5, 0.06680720126885807)]
    [InlineData(-1.2, 0.11506967022170828)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(-0.7, 0.24196365222307303)]
    [InlineData(-0.3, 0.3820885778110474)]
    [InlineData(-0.01, 0.4960106436853684)]
    [InlineData(-1e-09, 0.49999999960105773)]
    [InlineData(0, 0.5)]
    [InlineData(0.3, 0.6179114221889527)]
    [InlineData(1.3, 0.9031995154143897)]
    [InlineData(1.99, 0.9767045322497881)]
    [InlineData(2.01, 0.9777844055705686)]
    [InlineData(3.7, 0.9998922002665226)]
    [InlineData(6, 0.9999999990134123)]
    [InlineData(9, 1)]
    public void The_distribution_function_of_predictions_is_right_to_a_few_units(double x, double expected)
    {
        double actual = NormalDistribution.Cdf(x);
        Assert.InRange(Math.Abs(BitConverter.DoubleToInt64Bits(actual) - BitConverter.DoubleToInt64Bits(expected)), 0, 16);
    }

    [Fact]
    public void It_rises_and_ends_at_0_and_1()
    {
        Assert.Equal((0.0, 1.0, double.NaN), (NormalDistribution.Cdf(double.NegativeInfinity), NormalDistribution.Cdf(double.PositiveInfinity), NormalDistribution.Cdf(double.NaN)));
        double before = 0;
        for (double x = -40; x <= 40; x += 1.0 / 64)
        {
            double here = NormalDistribution.Cdf(x);
            Assert.True(here >= before, $"{x}: {here} after {before}");
            before = here;
        }
    }
}
