using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests;

[Reproducible]
public class PenaltyStrengthTests
{
    [Fact]
    public void ScikitLearns_alpha_is_the_strength_and_its_ratio_the_mixing()
    {
        Assert.Equal(new PenaltyStrength(0.3, 0.7), PenaltyStrength.FromScikitLearn(alpha: 0.3, l1Ratio: 0.7));
    }

    // The property that defines the translation: both terms of the penalty have the strength that glmnet gives them.
    [Property]
    public void Glmnets_penalty_keeps_the_strength_of_both_terms(ushort a, ushort l, ushort s)
    {
        double alpha = a / (double)ushort.MaxValue;
        double lambda = l / 1000.0;
        double sdY = (s + 1) / 500.0;

        PenaltyStrength ours = PenaltyStrength.FromGlmnet(alpha, lambda, sdY);

        AssertClose(lambda * alpha, ours.Lambda * ours.L1Ratio);
        AssertClose(lambda * (1 - alpha) / sdY, ours.Lambda * (1 - ours.L1Ratio), atLeast: ours.Lambda);
        Assert.InRange(ours.L1Ratio, 0, 1);
    }

    [Fact]
    public void Glmnets_lasso_and_families_without_scaling_need_no_translation()
    {
        Assert.Equal(new PenaltyStrength(2.5, 1), PenaltyStrength.FromGlmnet(alpha: 1, lambda: 2.5, sdY: 77));
        Assert.Equal(new PenaltyStrength(2.5, 0.25), PenaltyStrength.FromGlmnet(alpha: 0.25, lambda: 2.5, sdY: 1));
    }

    [Theory]
    [InlineData(-0.1, 0.5, "alpha")]
    [InlineData(double.NaN, 0.5, "alpha")]
    [InlineData(double.PositiveInfinity, 0.5, "alpha")]
    [InlineData(1, 1.5, "l1Ratio")]
    [InlineData(1, double.NaN, "l1Ratio")]
    public void ScikitLearn_parameters_out_of_range_are_refused_by_name(double alpha, double l1Ratio, string name)
    {
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => PenaltyStrength.FromScikitLearn(alpha, l1Ratio)).ParamName);
    }

    [Theory]
    [InlineData(1.5, 1, 1, "alpha")]
    [InlineData(double.NaN, 1, 1, "alpha")]
    [InlineData(0.5, -1, 1, "lambda")]
    [InlineData(0.5, 1, 0, "sdY")]
    [InlineData(0.5, 1, double.PositiveInfinity, "sdY")]
    public void Glmnet_parameters_out_of_range_are_refused_by_name(double alpha, double lambda, double sdY, string name)
    {
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => PenaltyStrength.FromGlmnet(alpha, lambda, sdY)).ParamName);
    }

    private static void AssertClose(double expected, double actual, double atLeast = 0) =>
        Assert.True(
            Math.Abs(expected - actual) <= 4e-16 * Math.Max(Math.Abs(expected), atLeast),
            FormattableString.Invariant($"{expected} ≠ {actual}"));
}
