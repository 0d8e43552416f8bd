using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Selection;

public class StabilityTests
{
    /// <summary>Each half's selection, found again by its own path: weights of 0 for the other half, the first q that enter.</summary>
    [Theory]
    [InlineData(30, 50)]
    [InlineData(31, 50)]
    [InlineData(120, 10)]
    [InlineData(121, 10)]
    public void Frequencies_are_those_of_paths_on_halves(int rows, int columns)
    {
        (double[,] x, double[] y) = RandomData.Linear(rows, columns, seed: 1);
        StabilityOptions options = new() { Pairs = 4, SelectedPerHalf = 4, Seed = 3 };
        StabilityResult result = ElasticNetEstimator.Stability(x, y, options);
        double[] frequencies = new double[columns];
        double[] deviations = [.. Enumerable.Range(0, columns).Select(j => Deviation(x, j))];
        foreach (double[] weights in Halves(rows, options))
        {
            ElasticNetOptions half = new() { Weights = weights, Lambdas = result.Lambdas };
            List<int> selected = [];
            foreach (PathPoint point in ElasticNetEstimator.Path(x, y, 1, half))
            {
                double[] dense = point.Coefficients.ToArray();
                selected.AddRange(Enumerable.Range(0, columns).Where(j => dense[j] != 0 && !selected.Contains(j))
                    .OrderByDescending(j => Math.Abs(dense[j]) * deviations[j]).Take(4 - selected.Count).ToArray());
            }

            Assert.Equal(4, selected.Count);
            foreach (int j in selected)
                frequencies[j] += 1.0 / 8;
        }

        Assert.Equal(frequencies, result.Frequencies.ToArray());
        Assert.Equal(Enumerable.Range(0, columns).Where(j => frequencies[j] >= 0.75), result.Selected.ToArray());
        Assert.Equal(4, result.SelectedPerHalf);
        for (int j = 0; j < columns; j++)
        {
            Assert.Equal(frequencies[j], result.Paths.Span[result.Lambdas.Length - 1, j]);
            for (int k = 1; k < result.Lambdas.Length; k++)
                Assert.True(result.Paths.Span[k, j] >= result.Paths.Span[k - 1, j]);
        }
    }

    [Fact]
    public void Signal_is_stable_and_the_same_for_any_number_of_threads()
    {
        (double[,] x, double[] y) = RandomData.Linear(100, 60, seed: 2);
        StabilityResult one = ElasticNetEstimator.Stability(x, y, null, new() { MaxDegreeOfParallelism = 1 });
        StabilityResult four = ElasticNetEstimator.Stability(x, y, null, new() { MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.Frequencies.ToArray(), four.Frequencies.ToArray());
        Assert.Equal([0, 1, 2], one.Selected.ToArray());
        Assert.InRange(one.FalseSelections, 0, 1);
        Assert.InRange(one.Agreement, 0.3, 1);
        Assert.Contains("3 of 60 features are selected by 75 % of the halves", one.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The bounds by hand, and q as the largest that they allow.</summary>
    [Theory]
    [InlineData(StabilityBound.MeinshausenBuhlmann, 0.75, 12, 200, 1.44)] // 144/200/0.5
    [InlineData(StabilityBound.MeinshausenBuhlmann, 0.9, 7, 50, 1.225)] // 49/50/0.8
    [InlineData(StabilityBound.Unimodal, 0.75, 12, 200, 0.72 / (2 * (0.5 - 0.01)))]
    [InlineData(StabilityBound.Unimodal, 0.9, 7, 50, 0.98 * 4 * (0.1 + 0.01) / 1.02)]
    [InlineData(StabilityBound.Unimodal, 0.9, 40, 50, 40)] // half of everything: nothing is promised beyond q
    public void Bounds_by_hand(StabilityBound bound, double threshold, int q, int p, double expected)
    {
        StabilityOptions options = new() { Bound = bound, Threshold = threshold };
        Assert.Equal(expected, options.ErrorBound(q, p), 1e-12);
        int chosen = options.Selected(p);
        Assert.True(options.ErrorBound(chosen, p) <= 1);
        Assert.True(options.ErrorBound(chosen + 1, p) > 1);
    }

    /// <summary>Two sets that agree in all or in nothing more than chance.</summary>
    [Fact]
    public void Agreement_by_hand()
    {
        int never = int.MaxValue;
        StabilityResult Of(params int[][] entries) => new(new() { Pairs = entries.Length / 2 }, 1, ["a", "b", "c", "d"], [1.0], entries);
        Assert.Equal(1, Of([0, never, never, never], [0, never, never, never]).Agreement, 1e-15);
        // Frequencies ½, ½, 0, 0 of two sets of one: s² = ½, ½, 0, 0, mean ¼; chance ¼·¾: 1 − ¼/(3/16) = −⅓.
        Assert.Equal(-1.0 / 3, Of([0, never, never, never], [never, 0, never, never]).Agreement, 1e-15);
        Assert.True(double.IsNaN(Of([never, never, never, never], [never, never, never, never]).Agreement));
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        (double[,] x, double[] y) = RandomData.Linear(20, 3, seed: 1);
        foreach ((StabilityOptions options, string name) in new (StabilityOptions, string)[]
        {
            (new() { L1Ratio = 0 }, "L1Ratio"), (new() { Pairs = 0 }, "Pairs"), (new() { Threshold = 0.5 }, "Threshold"),
            (new() { FalseSelections = 0 }, "FalseSelections"), (new() { SelectedPerHalf = 0 }, "SelectedPerHalf"), (new() { Bound = (StabilityBound)7 }, "Bound"),
        })
            Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => ElasticNetEstimator.Stability(x, y, options)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 4", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Stability(
            x, y, null, new() { Weights = Enumerable.Range(0, 20).Select(i => i < 3 ? 1.0 : 0).ToArray() })).Message, StringComparison.Ordinal);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ElasticNetEstimator.Stability(x, y, null, new() { CancellationToken = source.Token }));
    }

    /// <summary>The halves again, from the documented rule: shuffle, first half, second half, the odd row in neither.</summary>
    private static IEnumerable<double[]> Halves(int rows, StabilityOptions options)
    {
        ElasticNet.Fast.Numerics.Xoshiro256 random = new(options.Seed);
        for (int pair = 0; pair < options.Pairs; pair++)
        {
            int[] order = [.. Enumerable.Range(0, rows)];
            random.Shuffle(order);
            for (int half = 0; half < 2; half++)
            {
                double[] weights = new double[rows];
                foreach (int i in order.AsSpan(half * (rows / 2), rows / 2))
                    weights[i] = 1;
                yield return weights;
            }
        }
    }

    private static double Deviation(double[,] x, int j)
    {
        double[] column = [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, j])];
        double mean = column.Average();
        return Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
    }
}
