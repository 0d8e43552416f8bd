using ElasticNet.Fast.Families;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>The estimated size of negative binomials against their likelihood, written out.</summary>
public class NegativeBinomialSizeTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(40)]
    public void The_likelihood_is_greatest_there(double spread)
    {
        Random random = new(7);
        double[] means = [.. Enumerable.Range(0, 400).Select(_ => Math.Exp(3 * random.NextDouble()))];
        double[] counts = [.. means.Select(mean => Math.Round(mean * Math.Exp((random.NextDouble() - 0.5) * 6 / Math.Sqrt(1 + spread)) * 2 * random.NextDouble()))];
        double[] weights = [.. means.Select(_ => (double)random.Next(3))];
        double size = NegativeBinomialSize.Of(counts, means, weights);
        double best = LogLikelihood(size, counts, means, weights);
        foreach (double factor in new[] { 0.9, 0.99, 1.01, 1.1 })
            Assert.True(LogLikelihood(size * factor, counts, means, weights) < best);
        double step = 1e-4 * size;
        double slope = (LogLikelihood(size + step, counts, means, weights) - LogLikelihood(size - step, counts, means, weights)) / (2 * step);
        Assert.InRange(Math.Abs(slope) * size, 0, 1e-4);
    }

    [Fact]
    public void Counts_that_spread_no_more_than_Poisson_have_none() =>
        Assert.Equal(double.PositiveInfinity, NegativeBinomialSize.Of([2, 3, 2, 3], [2.5, 2.5, 2.5, 2.5], []));

    /// <summary>A likelihood that rises all the way down: next to all weight is on rows of 0.</summary>
    [Fact]
    public void Counts_that_are_next_to_always_0_have_none()
    {
        Assert.Equal(0, NegativeBinomialSize.Of([5, 0, 0], [2.5, 2.5, 2.5], [1e-7, 1, 1]));
        double[] weights = [1.5e-5, 1, 1, 1], counts = [1e6, 0, 0, 0];
        string refused = Assert.Throws<ArgumentException>(() => ElasticNetEstimator.EstimateNegativeBinomial(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } }, new Target(counts) { Weights = weights }, lambda: 1e9)).Message;
        Assert.Contains("the size would be below 1E-06", refused, StringComparison.Ordinal);
    }

    /// <summary>At λ = 0 it is what fits of means and size in turn agree on: for two groups the means are the groups' whatever the size.</summary>
    [Fact]
    public void Groups_keep_their_means()
    {
        double[] counts = [0, 9, 1, 4, 22, 3, 30, 2];
        double[,] x = { { 0 }, { 0 }, { 0 }, { 0 }, { 1 }, { 1 }, { 1 }, { 1 } };
        Family family = ElasticNetEstimator.EstimateNegativeBinomial(x, counts, lambda: 0);
        double[] means = [3.5, 3.5, 3.5, 3.5, 14.25, 14.25, 14.25, 14.25];
        Assert.Equal(NegativeBinomialSize.Of(counts, means, []), family.Parameter, 1e-7);
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, counts, 0, 1, new() { Family = family });
        Assert.Equal(3.5, model.Predict([0.0]), 1e-8);
    }

    private static double LogLikelihood(double k, double[] counts, double[] means, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double ways = 0;
            for (int j = 0; j < counts[i]; j++)
                ways += Math.Log((k + j) / (j + 1));
            sum += weights[i] * (ways + k * Math.Log(k / (k + means[i])) + counts[i] * Math.Log(means[i] / (k + means[i])));
        }

        return sum;
    }
}
