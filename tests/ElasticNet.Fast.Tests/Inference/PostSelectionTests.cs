using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>The event that the elastic net selects what it selects, against the elastic net itself.</summary>
public class PostSelectionTests
{
    /// <summary>Just inside the limits the same features are selected with the same signs, just outside they are not.</summary>
    [Theory]
    [InlineData(1.0, "")]
    [InlineData(0.6, "")]
    [InlineData(1.0, "weights")]
    [InlineData(0.6, "weights")]
    [InlineData(1.0, "raw scale")]
    [InlineData(0.7, "factors")]
    [InlineData(1.0, "no intercept")]
    public void The_limits_are_where_the_selection_changes(double l1Ratio, string variant)
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 12, seed: 3);
        ElasticNetOptions options = variant switch
        {
            "weights" => new() { Weights = Enumerable.Range(0, 40).Select(i => 0.5 + i % 3).ToArray() },
            "raw scale" => new() { Standardize = false },
            "factors" => new() { PenaltyFactors = Enumerable.Range(0, 12).Select(j => j % 3 == 0 ? 0 : 0.5 + j % 2).ToArray() },
            "no intercept" => new() { Intercept = false },
            _ => new(),
        };
        const double lambda = 0.25;
        double Factor(int j) => options.PenaltyFactors.IsEmpty ? 1 : options.PenaltyFactors.Span[j];
        // An unpenalised coefficient is always there, with any sign.
        int[] Signs(double[] target) => [.. ElasticNetEstimator.Fit(x, target, lambda, l1Ratio, options).ToDense(12)
            .Select((value, j) => Factor(j) == 0 ? 1 : Math.Sign(value))];
        int[] signs = Signs(y);
        InferenceResult result = new ElasticNetInference(x, y, options).PostSelection(lambda, new() { L1Ratio = l1Ratio, NoiseDeviation = 1 });
        int[] support = [.. Enumerable.Range(0, 12).Where(j => signs[j] != 0)];
        Assert.Equal(support, result.Coefficients.Select(found => found.Feature));

        InferenceSample sample = InferenceSample.Of(CountedTable.Of(x, y, options));
        double[] scales = [.. Enumerable.Range(0, 12).Select(j => options.Standardize ? Deviation(sample, j) : 1)];
        SelectionEvent selection = new(
            sample, support, [.. support.Select(j => signs[j])],
            j => 40 * lambda * l1Ratio * Factor(j) * scales[j], j => 40 * lambda * (1 - l1Ratio) * Factor(j) * scales[j] * scales[j]);
        Random random = new(1);
        int limits = 0;
        for (int trial = 0; trial < 5; trial++)
        {
            double[] direction = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble() - 0.5)];
            if (options.Intercept)
            {
                // Directions of the centred model: a shift of y as a whole selects nothing.
                double along = Enumerable.Range(0, 40).Sum(i => direction[i] * sample.Roots[i]) / 40;
                for (int i = 0; i < 40; i++)
                    direction[i] -= along * sample.Roots[i];
            }

            (double low, double high, int touched) = selection.Limits([direction])[0];
            Assert.Equal(-1, touched);
            Assert.True(low <= 0 && high >= 0);
            foreach (double limit in new[] { low, high }.Where(double.IsFinite))
            {
                limits++;
                double[] At(double t) => [.. y.Select((value, i) => value + t * direction[i] / sample.Roots[i])];
                Assert.Equal(signs, Signs(At(limit * (1 - 1e-7))));
                Assert.NotEqual(signs, Signs(At(limit * (1 + 1e-7))));
            }
        }

        Assert.True(limits >= 5, $"{limits} limits were finite");
    }

    /// <summary>Another route to the truncated tail: the mass on a fine grid.</summary>
    [Theory]
    [InlineData(1.2, 0.3, -0.5, 2.5)]
    [InlineData(7.0, 0.0, 6.0, 9.0)]
    [InlineData(-7.0, 0.0, -9.0, -6.5)]
    [InlineData(0.0, 4.0, -1.0, double.PositiveInfinity)]
    [InlineData(0.5, -3.0, double.NegativeInfinity, 1.0)]
    public void A_truncated_tail_is_its_share_of_the_mass(double x, double mean, double low, double high)
    {
        double Mass(double from, double to)
        {
            const int steps = 200_000;
            double sum = 0, width = (to - from) / steps;
            for (int i = 0; i < steps; i++)
            {
                double z = from + (i + 0.5) * width - mean;
                sum += Math.Exp(-0.5 * (z * z - (x - mean) * (x - mean))) * width;
            }

            return sum;
        }

        double least = Math.Max(low, x - 15), most = Math.Min(high, x + 15);
        double above = Mass(x, most), expected = above / (above + Mass(least, x));
        Assert.Equal(1, TruncatedNormal.Survival(x, mean, low, high) / expected, 1e-7);
        Assert.Equal(mean, TruncatedNormal.Mean(x, low, high, TruncatedNormal.Survival(x, mean, low, high)), 1e-6);
    }

    /// <summary>Without a bound near, the interval is the ordinary one.</summary>
    [Fact]
    public void Without_bounds_the_mean_is_the_ordinary_one() =>
        Assert.Equal(2 - 1.9599639845400545, TruncatedNormal.Mean(2, double.NegativeInfinity, double.PositiveInfinity, 0.025), 1e-12);

    private static double Deviation(InferenceSample sample, int j)
    {
        double[] roots = sample.Roots.ToArray(), raw = sample.Raw(j).ToArray();
        double mean = Enumerable.Range(0, raw.Length).Sum(i => roots[i] * roots[i] * raw[i]) / raw.Length;
        return Math.Sqrt(Enumerable.Range(0, raw.Length).Sum(i => roots[i] * roots[i] * (raw[i] - mean) * (raw[i] - mean)) / raw.Length);
    }
}
