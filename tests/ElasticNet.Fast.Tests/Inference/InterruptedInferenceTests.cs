namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Splits, resamples and pairs that are finished when somebody cancels are a result of so many.</summary>
public class InterruptedInferenceTests
{
    private static readonly (double[,] X, double[] Y) s_data = Data();

    [Fact]
    public void Finished_splits_are_a_multi_split_of_so_many()
    {
        InferenceOptions options = new() { Splits = 12, Seed = 5, Lambda = 0.1 };
        UnfinishedException<InferenceResult> thrown = Assert.Throws<UnfinishedException<InferenceResult>>(() => CancelledAfter(4).MultiSplit(options));
        Assert.Equal((4, 12), (thrown.Finished, thrown.Total));
        InferenceResult expected = new ElasticNetInference(s_data.X, s_data.Y).MultiSplit(options with { Splits = 4 });
        Assert.Equal(expected.ToString(), thrown.Result!.ToString());
        Assert.Equal(expected.Coefficients, thrown.Result!.Coefficients);
    }

    [Theory]
    [InlineData(BootstrapInterval.Percentile, 0)]
    [InlineData(BootstrapInterval.BiasCorrected, 60)]
    public void Finished_resamples_make_intervals_from_a_hundred_on(BootstrapInterval interval, int groups)
    {
        InferenceOptions options = new() { Resamples = 400, Lambda = 0.1, Interval = interval };
        UnfinishedException<InferenceResult> thrown = Assert.Throws<UnfinishedException<InferenceResult>>(() => CancelledAfter(groups + 150).Bootstrap(options));
        Assert.Equal((150, 400), (thrown.Finished, thrown.Total));
        Assert.Contains("150 resamples", thrown.Result!.Method, StringComparison.Ordinal);
        InferenceResult whole = new ElasticNetInference(s_data.X, s_data.Y).Bootstrap(options);
        foreach ((CoefficientInference part, CoefficientInference all) in thrown.Result!.Coefficients.Zip(whole.Coefficients))
        {
            Assert.Equal(all.Estimate, part.Estimate);
            // A coefficient that is mostly 0 varies by the few resamples in which it is not.
            if (Math.Abs(all.Estimate) < 3 * all.StandardError)
                continue;
            Assert.InRange(part.StandardError, 0.8 * all.StandardError, 1.25 * all.StandardError);
            Assert.InRange(part.Lower, all.Lower - 1.5 * all.StandardError, all.Lower + 1.5 * all.StandardError);
        }

        Assert.True(whole.Coefficients.Count(all => Math.Abs(all.Estimate) >= 3 * all.StandardError) >= 3);
        Assert.IsNotType<UnfinishedException<InferenceResult>>(Assert.ThrowsAny<OperationCanceledException>(() => CancelledAfter(groups + 99).Bootstrap(options)));
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(8, 3)]
    public void Finished_pairs_are_a_stability_selection_of_so_many(int steps, int pairs)
    {
        StabilityOptions options = new() { Pairs = 9, SelectedPerHalf = 2, Seed = 8 };
        using CancellationTokenSource source = new();
        UnfinishedException<StabilityResult> thrown = Assert.Throws<UnfinishedException<StabilityResult>>(() => ElasticNetEstimator.Stability(
            s_data.X, s_data.Y, options, new() { CancellationToken = source.Token, MaxDegreeOfParallelism = 1, Progress = new Steps(source, steps) }));
        Assert.Equal(9, thrown.Total);
        StabilityResult expected = ElasticNetEstimator.Stability(s_data.X, s_data.Y, options with { Pairs = pairs });
        Assert.Equal(expected.ToString(), thrown.Result!.ToString());
        Assert.Equal(expected.Frequencies.ToArray(), thrown.Result!.Frequencies.ToArray());
        Assert.Equal(expected.FalseSelections, thrown.Result!.FalseSelections);
    }

    private static ElasticNetInference CancelledAfter(int steps)
    {
        CancellationTokenSource source = new();
        return new(s_data.X, s_data.Y, new() { CancellationToken = source.Token, MaxDegreeOfParallelism = 1, Progress = new Steps(source, steps) });
    }

    private static (double[,], double[]) Data()
    {
        Random random = new(6);
        double[,] x = new double[60, 5];
        double[] y = new double[60];
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < 5; j++)
                y[i] += (3 - j) * (x[i, j] = random.NextDouble());
            y[i] += random.NextDouble();
        }

        return (x, y);
    }

    private sealed class Steps(CancellationTokenSource source, int count) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Completed == count)
                source.Cancel();
        }
    }
}
