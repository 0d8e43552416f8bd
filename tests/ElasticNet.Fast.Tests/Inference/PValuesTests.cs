namespace ElasticNet.Fast.Tests.Inference;

public class PValuesTests
{
    private static readonly double[] s_values = [0.01, 0.04, double.NaN, 0.03, 0.005, 0.9];

    /// <summary>By hand: five tests, NaN is none.</summary>
    [Theory]
    [InlineData(PValueAdjustment.None, new[] { 0.01, 0.04, double.NaN, 0.03, 0.005, 0.9 })]
    [InlineData(PValueAdjustment.Bonferroni, new[] { 0.05, 0.2, double.NaN, 0.15, 0.025, 1 })]
    [InlineData(PValueAdjustment.Holm, new[] { 0.04, 0.09, double.NaN, 0.09, 0.025, 0.9 })]
    [InlineData(PValueAdjustment.BenjaminiHochberg, new[] { 0.025, 0.05, double.NaN, 0.05, 0.025, 0.9 })]
    public void Adjusted_by_hand(PValueAdjustment adjustment, double[] expected)
    {
        double[] adjusted = PValues.Adjust(s_values, adjustment);
        for (int k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], adjusted[k], 1e-15);
    }

    [Fact]
    public void Nothing_to_adjust() => Assert.Empty(PValues.Adjust([], PValueAdjustment.Holm));

    [Fact]
    public void What_is_no_probability_is_refused()
    {
        Assert.Contains("values[1]", Assert.Throws<ArgumentOutOfRangeException>(() => PValues.Adjust([0.5, 1.5], PValueAdjustment.Holm)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PValues.Adjust([0.5], (PValueAdjustment)9));
    }
}
