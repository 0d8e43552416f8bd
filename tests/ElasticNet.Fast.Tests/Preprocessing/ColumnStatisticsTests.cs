using ElasticNet.Fast.Preprocessing;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Preprocessing;

[Reproducible]
public class ColumnStatisticsTests
{
    private static readonly double[] s_shares = [0, 0.1, 0.25, 0.5, 0.618, 0.9, 1];

    /// <summary>A whole number as weight is so many copies of the row; the n of n − 1 counts rows, not copies.</summary>
    [Property(MaxTest = 300)]
    public void Weights_are_copies(int seed)
    {
        (double[] values, double[] weights) = Draw(new Random(seed));
        double[] copies = [.. values.Zip(weights).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second))];
        ColumnSummary weighted = ColumnStatistics.Summarize(values, weights), copied = ColumnStatistics.Summarize(copies, default);
        Assert.Equal(copied.Weight, weighted.Weight);
        Close(ColumnStatistics.Mean(copies, default), ColumnStatistics.Mean(values, weights));
        Close(copied.Deviation, weighted.Deviation);
        Assert.Equal((copied.Minimum, copied.Maximum, copied.MaxAbs), (weighted.Minimum, weighted.Maximum, weighted.MaxAbs));
        Assert.Equal(ColumnStatistics.MostFrequent(copies, default, new double[copies.Length]), ColumnStatistics.MostFrequent(values, weights, new double[2 * values.Length]));
        foreach (double share in s_shares)
            Close(Quantile(copies, default, share), Quantile(values, weights, share));
    }

    /// <summary>Against the textbook's two passes over the rows that count.</summary>
    [Property(MaxTest = 300)]
    public void Moments_are_those_of_two_passes(int seed)
    {
        Random random = new(seed);
        (double[] values, double[] weights) = Draw(random);
        weights = [.. weights.Select(weight => weight * random.NextDouble())];
        (double X, double W)[] rows = [.. values.Zip(weights).Where(row => !double.IsNaN(row.First) && row.Second > 0)];
        ColumnSummary summary = ColumnStatistics.Summarize(values, weights);
        Assert.Equal(rows.Length, summary.Count);
        if (rows.Length == 0)
        {
            Assert.True(double.IsNaN(ColumnStatistics.Mean(values, weights)));
            return;
        }

        double total = rows.Sum(row => row.W), mean = rows.Sum(row => row.W * row.X) / total;
        double variance = rows.Sum(row => row.W * (row.X - mean) * (row.X - mean)) / total;
        Close(mean, summary.Mean);
        Close(Math.Sqrt(variance), summary.Deviation);
        Close(rows.Length > 1 ? Math.Sqrt(variance * rows.Length / (rows.Length - 1)) : 0, summary.SampleDeviation);
        Assert.Equal((rows.Min(row => row.X), rows.Max(row => row.X)), (summary.Minimum, summary.Maximum));
    }

    /// <summary>Weights in other units say the same, and equal ones nothing.</summary>
    [Property(MaxTest = 300)]
    public void Equal_weights_are_none(int seed)
    {
        Random random = new(seed);
        (double[] values, _) = Draw(random);
        double[] equal = [.. values.Select(_ => 0.1)];
        foreach (double share in s_shares)
            Close(Quantile(values, default, share), Quantile(values, equal, share));
    }

    [Property(MaxTest = 300)]
    public void Quantiles_of_any_weights_climb_from_the_least_to_the_largest_value(int seed)
    {
        Random random = new(seed);
        (double[] values, _) = Draw(random);
        double[] weights = [.. values.Select(_ => Math.Exp(4 * random.NextDouble() - 2))];
        ColumnSummary summary = ColumnStatistics.Summarize(values, weights);
        if (summary.Count == 0)
            return;
        double last = double.NegativeInfinity;
        for (int k = 0; k <= 50; k++)
        {
            double quantile = Quantile(values, weights, k / 50.0);
            Assert.InRange(quantile, Math.Max(last - 1e-12 * Math.Abs(last), summary.Minimum), summary.Maximum);
            last = quantile;
        }
    }

    [Fact]
    public void Quantiles_interpolate_between_order_statistics()
    {
        double[] values = [7, double.NaN, 1, 2];
        Assert.Equal(1, Quantile(values, default, 0));
        Assert.Equal(1.5, Quantile(values, default, 0.25));
        Assert.Equal(2, Quantile(values, default, 0.5));
        Assert.Equal(4.5, Quantile(values, default, 0.75));
        Assert.Equal(7, Quantile(values, default, 1));
    }

    /// <summary>A weight on its way to 0 has no say long before it is there.</summary>
    [Fact]
    public void A_vanishing_weight_does_not_count() =>
        Assert.Equal(0.5, Quantile([0, 1, 100], [1.5, 1.5, 1e-14], 0.5), 1e-12);

    [Fact]
    public void The_most_frequent_value_is_the_smallest_of_several()
    {
        Assert.Equal(2, ColumnStatistics.MostFrequent([3, 2, 3, 2, 9, double.NaN, double.NaN, double.NaN], default, new double[8]));
        Assert.Equal(9, ColumnStatistics.MostFrequent([3, 2, 9], [1, 1, 1.5], new double[6]));
    }

    /// <summary>The digits of the spread survive a mean 10¹² times as large, and squares neither overflow nor vanish.</summary>
    [Theory]
    [InlineData(1e12, 1)]
    [InlineData(0, 1e150)]
    [InlineData(1e153, 1e152)]
    [InlineData(0, 1e300)]
    [InlineData(0, 1e-150)]
    [InlineData(0, 1e-300)]
    public void Scales_far_from_one(double centre, double size)
    {
        double[] values = [.. Enumerable.Range(0, 3000).Select(i => centre + size * (i % 5 - 2))];
        ColumnSummary summary = ColumnStatistics.Summarize(values, default);
        Assert.Equal(centre, summary.Mean, 1e-13 * centre + 1e-13 * size);
        Assert.Equal(1, summary.Deviation / (size * Math.Sqrt(2)), 1e-13);
        Assert.Equal(1, summary.SampleDeviation / (size * Math.Sqrt(2 * 3000 / 2999.0)), 1e-13);
    }

    [Fact]
    public void A_constant_column_has_no_deviation()
    {
        ColumnSummary summary = ColumnStatistics.Summarize([.. Enumerable.Repeat(0.1, 1000)], [.. Enumerable.Range(1, 1000).Select(i => 1.0 / i)]);
        Assert.Equal((0.1, 0, 0), (summary.Mean, summary.Deviation, summary.SampleDeviation));
    }

    [Fact]
    public void Nothing_has_no_statistics()
    {
        foreach (double[] values in new[] { [], new[] { double.NaN, double.NaN } })
        {
            Assert.Equal(0, ColumnStatistics.Summarize(values, default).Count);
            Assert.Equal(double.NaN, ColumnStatistics.Mean(values, default));
            Assert.Equal(double.NaN, Quantile(values, default, 0.5));
            Assert.Equal(double.NaN, ColumnStatistics.MostFrequent(values, default, values));
        }
    }

    /// <summary>Values with ties, gaps and sometimes a huge mean; weights 0 to 3.</summary>
    private static (double[] Values, double[] Weights) Draw(Random random)
    {
        double centre = random.Next(3) == 0 ? 1e6 : 0;
        bool ties = random.Next(2) == 0;
        double[] values = new double[random.Next(random.Next(2) == 0 ? 10 : 1000)];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.Next(8) == 0 ? double.NaN : centre + (ties ? random.Next(6) : 10 * random.NextDouble() - 5);
        return (values, [.. values.Select(_ => (double)random.Next(4))]);
    }

    private static double Quantile(double[] values, double[]? weights, double share) =>
        ColumnStatistics.Quantile(values, weights, share, new double[ColumnStatistics.ScratchLength(values.Length, weights is not null)]);

    private static void Close(double expected, double actual) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-10 * Math.Max(Math.Abs(expected), 1e-3), $"{expected:R} expected, {actual:R} found");
}
