using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>Draws for gaps: where they go, how they scatter, and what is refused.</summary>
public class MultipleImputationTests
{
    private const double Gap = double.NaN;

    [Fact]
    public void Deviates_have_their_moments()
    {
        Deviates random = new(3, stream: 0);
        const int count = 200_000;
        double[] normals = [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
        Assert.Equal(0, normals.Average(), 0.01);
        Assert.Equal(1, normals.Average(x => x * x), 0.02);
        Assert.Equal(3, normals.Average(x => x * x * x * x), 0.1);
        foreach (double shape in new[] { 0.4, 1, 7.5 })
        {
            double[] gammas = [.. Enumerable.Range(0, count).Select(_ => random.Gamma(shape))];
            Assert.Equal(1, gammas.Average() / shape, 0.02);
            Assert.Equal(1, gammas.Average(x => (x - shape) * (x - shape)) / shape, 0.05);
            Assert.All(gammas, x => Assert.True(x > 0));
        }

        Deviates same = new(3, stream: 0), other = new(3, stream: 1);
        Assert.Equal(normals[..10], Enumerable.Range(0, 10).Select(_ => same.Normal()));
        Assert.NotEqual(normals[0], other.Normal());
    }

    [Fact]
    public void Only_gaps_of_numbers_are_filled()
    {
        (FeatureTable table, double[] y) = Problem(40);
        FeatureTable[] drawn = MultipleImputation.Draw(table, y, new() { Imputations = 3 });
        Assert.Equal(3, drawn.Length);
        Assert.All(drawn, one =>
        {
            Assert.Equal(table.Columns, one.Columns);
            for (int k = 0; k < table.Values.Length; k++)
            {
                double was = table.Values.Span[k], now = one.Values.Span[k];
                if (!double.IsNaN(was) || k / table.Rows == 3)
                    Assert.Equal(was, now);
                else
                    Assert.True(double.IsFinite(now));
            }
        });
        Assert.NotEqual(drawn[0].Values.ToArray(), drawn[1].Values.ToArray());
    }

    [Fact]
    public void A_seed_means_the_same_tables_on_any_number_of_threads()
    {
        (FeatureTable table, double[] y) = Problem(40);
        MultipleImputationOptions options = new() { Imputations = 4, Seed = 7 };
        FeatureTable[] one = MultipleImputation.Draw(table, y, options, maxDegreeOfParallelism: 1), three = MultipleImputation.Draw(table, y, options, maxDegreeOfParallelism: 3);
        FeatureTable[] more = MultipleImputation.Draw(table, y, options with { Imputations = 6 }), other = MultipleImputation.Draw(table, y, options with { Seed = 8 });
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(one[k].Values.ToArray(), three[k].Values.ToArray());
            Assert.Equal(one[k].Values.ToArray(), more[k].Values.ToArray());
            Assert.NotEqual(one[k].Values.ToArray(), other[k].Values.ToArray());
        }
    }

    /// <summary>
    /// One column alone: what is drawn is a new observation of a normal sample, so it scatters as mean + s·t·√(1 + 1/n) with n − 1
    /// degrees of freedom.
    /// </summary>
    [Fact]
    public void A_single_column_is_drawn_from_its_predictive_distribution()
    {
        double[] known = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
        FeatureTable table = new([InputColumn.Number("a")], (double[])[.. known, Gap], known.Length + 1);
        double[] drawn = [.. MultipleImputation.Draw(table, [], new() { Imputations = 4000, Rounds = 1 }).Select(one => one.Values.Span[known.Length])];
        int n = known.Length;
        double mean = known.Average(), variance = known.Sum(x => (x - mean) * (x - mean)) / (n - 1);
        double expected = variance * (1 + 1.0 / n) * (n - 1) / (n - 3);
        Assert.Equal(mean, drawn.Average(), 4 * Math.Sqrt(expected / drawn.Length));
        Assert.Equal(1, drawn.Average(x => (x - mean) * (x - mean)) / expected, 0.15);
    }

    /// <summary>b = a + noise: the predictive distribution of least squares, which the ridge hardly moves here.</summary>
    [Fact]
    public void A_regression_is_drawn_from_its_predictive_distribution()
    {
        Random random = new(5);
        const int n = 50;
        double[] a = [.. Enumerable.Range(0, n).Select(_ => 10 * random.NextDouble())], b = [.. a.Select(x => x + Normal(random))];
        FeatureTable table = new([InputColumn.Number("a"), InputColumn.Number("b")], (double[])[.. a, 15, .. b, Gap], n + 1);
        double[] drawn = [.. MultipleImputation.Draw(table, [], new() { Imputations = 4000, Rounds = 1 }).Select(one => one.Values.Span[2 * n + 1])];
        double center = a.Average(), spread = a.Sum(x => (x - center) * (x - center)), slope = a.Zip(b).Sum(pair => (pair.First - center) * pair.Second) / spread;
        double prediction = b.Average() + slope * (15 - center);
        double residual = a.Zip(b).Sum(pair => Math.Pow(pair.Second - b.Average() - slope * (pair.First - center), 2));
        double expected = residual / (n - 4) * (1 + 1.0 / n + (15 - center) * (15 - center) / spread);
        Assert.Equal(prediction, drawn.Average(), 0.1);
        Assert.Equal(1, drawn.Average(x => (x - prediction) * (x - prediction)) / expected, 0.15);
    }

    /// <summary>The target takes part: where it decides what is missing and the columns say nothing, a draw follows it.</summary>
    [Fact]
    public void The_target_is_regressed_on()
    {
        Random random = new(6);
        const int n = 60;
        double[] y = [.. Enumerable.Range(0, n).Select(_ => Normal(random))];
        double[] a = [.. y.Select((value, i) => i % 5 == 0 ? Gap : 3 * value + 0.01 * Normal(random))];
        FeatureTable table = new([InputColumn.Number("a")], a, n);
        foreach (FeatureTable one in MultipleImputation.Draw(table, y, new() { Imputations = 5 }))
        {
            for (int i = 0; i < n; i += 5)
                Assert.Equal(3 * y[i], one.Values.Span[i], 0.1);
        }
    }

    [Fact]
    public void Limits_hold()
    {
        (FeatureTable table, double[] y) = Problem(60);
        double[] least = [.. Enumerable.Range(0, 3).Select(j => table.Column(j).ToArray().Where(x => !double.IsNaN(x)).Min())];
        foreach (FeatureTable one in MultipleImputation.Draw(table, y, limits: new() { ClipToObserved = true, Maximum = 0.5 }))
        {
            for (int j = 0; j < 3; j++)
            {
                for (int i = 0; i < table.Rows; i++)
                {
                    if (double.IsNaN(table.Column(j)[i]))
                        Assert.InRange(one.Column(j)[i], least[j], 0.5);
                }
            }
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        (FeatureTable table, double[] y) = Problem(20);
        Refused(() => MultipleImputation.Draw(table, y, new() { Imputations = 1 }), "'Imputations' (1) must be at least 2");
        Refused(() => MultipleImputation.Draw(table, y, new() { Rounds = 0 }), "'Rounds' (0) must be at least 1");
        Refused(() => MultipleImputation.Draw(table, y.AsSpan(0, 19)), "'y' (length 19) must have a value for each of the 20 rows, or none");
        Refused(() => MultipleImputation.Draw(table, [.. y[..19], Gap]), "'y' must be finite, but row 19", "take such rows out");
        FeatureTable empty = new([InputColumn.Number("a"), InputColumn.Number("b")], new double[] { Gap, Gap, 1, 2 }, 2);
        Refused(() => MultipleImputation.Draw(empty, []), "column 0 'a'", "missing in all 2 training rows", "leave it out");

        static void Refused(Action call, params string[] parts) => BadInput.Refusal.OfArgument(call, parts);
    }

    [Fact]
    public void Work_can_be_cancelled()
    {
        (FeatureTable table, double[] y) = Problem(20);
        Assert.Throws<OperationCanceledException>(() => MultipleImputation.Draw(table, y, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Three columns of numbers with gaps, a category with gaps, and y.</summary>
    private static (FeatureTable Table, double[] Y) Problem(int rows)
    {
        Random random = new(rows);
        double[] values = [.. Enumerable.Range(0, 4 * rows).Select(k => random.NextDouble() < 0.2 ? Gap : k / rows == 3 ? k % 2 : random.NextDouble() - 0.5)];
        InputColumn[] columns = [InputColumn.Number("a"), InputColumn.Number("b"), InputColumn.Number("c"), InputColumn.Category("d", ["x", "z"])];
        return (new FeatureTable(columns, values, rows), [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())]);
    }
}
