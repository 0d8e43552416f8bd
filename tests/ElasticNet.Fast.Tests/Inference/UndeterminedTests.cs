using System.Text.Json;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Inference only on what the data determine: copies, dependent columns, edges of the selection.</summary>
public class UndeterminedTests
{
    private static readonly JsonElement s_case = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "inference", "copied-column.json"))).RootElement;

    /// <summary>Against mpmath (60 digits): the copy's own condition holds whenever that of its twin does, and adds nothing.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(-1.0)]
    [InlineData(-2.0)]
    public void Post_selection_speaks_of_copies_together(double factor)
    {
        foreach (string[] order in new[] { new[] { "a", "b", "a2" }, ["a2", "b", "a"], ["b", "a2", "a"] })
        {
            InferenceResult result = Copied(order, factor).PostSelection(0.3);
            JsonElement expected = s_case.GetProperty("postSelection");
            Assert.Equal(expected.GetProperty("sigma").GetDouble(), result.NoiseDeviation, 1e-12);
            Assert.Equal(2, result.Coefficients.Count);
            foreach (CoefficientInference found in result.Coefficients)
            {
                JsonElement right = expected.GetProperty(found.Name);
                Assert.Equal(right.GetProperty("estimate").GetDouble(), found.Estimate, 5e-6);
                Assert.Equal(right.GetProperty("standardError").GetDouble(), found.StandardError, 5e-7);
                Assert.Equal(1, found.PValue / right.GetProperty("p").GetDouble(), 1e-3);
                Assert.Equal(right.GetProperty("lower").GetDouble(), found.Lower, 1e-5);
                Assert.Equal(right.GetProperty("upper").GetDouble(), found.Upper, 1e-5);
                Assert.Equal(found.Name == "a", found.Note is not null);
            }

            Assert.Contains("note: 'a' and 'a2' are copies of each other up to scale and shift", result.ToString());
        }
    }

    [Fact]
    public void Selected_copies_are_refused_by_name() =>
        Assert.Contains("'a' and 'a2' depend linearly on each other", Assert.Throws<InvalidOperationException>(
            () => Copied(["a", "b", "a2"], 1).PostSelection(0.3, new() { L1Ratio = 0.5 })).Message);

    /// <summary>Which copy is there makes no difference to what both have together: that is what the data without the other say.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(-1.0)]
    public void Copies_have_no_share_of_their_own(double factor)
    {
        foreach (Func<ElasticNetInference, InferenceResult> method in Methods)
        {
            CoefficientInference alone = method(Copied(["a", "b"], 1)).Coefficients[0];
            foreach (string[] order in new[] { new[] { "a", "b", "a2" }, ["a2", "b", "a"] })
            {
                InferenceResult result = method(Copied(order, factor));
                foreach (CoefficientInference found in result.Coefficients.Where(found => found.Name != "b"))
                {
                    Assert.True(double.IsNaN(found.Estimate) && double.IsNaN(found.PValue) && double.IsNaN(found.AdjustedPValue));
                    Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (found.Lower, found.Upper));
                    Assert.Contains("'a' and 'a2' are copies", found.Note);
                }

                // The first by name, or each of its own: a's is what a alone has.
                string joint = result.Coefficients.First(found => found.Name == "a").Note!;
                Assert.Contains(FormattableString.Invariant($"per unit of 'a', {alone.Estimate:g5}"), joint);
                CoefficientInference b = result.Coefficients.Single(found => found.Name == "b");
                Assert.Null(b.Note);
                Assert.True(double.IsFinite(b.Upper - b.Lower) && b.Upper > b.Lower);
            }
        }
    }

    /// <summary>All levels of a category and the intercept add up; with one level as the reference, they do not.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12)]
    public void A_complete_block_of_levels_is_not_determined(int levels)
    {
        (double[,] x, double[] y) = Block(120, levels);
        string[] names = [.. Enumerable.Range(0, levels).Select(k => $"level{k}"), "u", "v"];
        InferenceResult result = new ElasticNetInference(x, y, new() { FeatureNames = names }).Debiased(new() { Lambda = 0.05 });
        for (int k = 0; k < levels; k++)
        {
            Assert.True(double.IsInfinity(result.Coefficients[k].Lower) && double.IsInfinity(result.Coefficients[k].Upper) && double.IsNaN(result.Coefficients[k].PValue));
            Assert.Contains("'level1'", result.Coefficients[k].Note);
        }

        Assert.All(result.Coefficients.Skip(levels), found => Assert.True(found.Note is null && double.IsFinite(found.Upper)));
        string message = Assert.Throws<InvalidOperationException>(
            () => new ElasticNetInference(x, y, new() { FeatureNames = names }).Refit([.. Enumerable.Range(0, levels + 2)], chosenBySameData: false)).Message;
        Assert.Contains("'level0'", message);
        Assert.DoesNotContain("'u'", message);
        Assert.All(new ElasticNetInference(x, y, new() { Intercept = false }).Debiased(new() { Lambda = 0.05 }).Coefficients, found => Assert.True(double.IsFinite(found.Upper)));
    }

    /// <summary>c = a + b·10⁻³ and c = a + b: no order of columns determines a or c.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-3)]
    public void A_sum_of_columns_is_not_determined_in_any_order(double share)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 4, seed: 9);
        for (int i = 0; i < 60; i++)
            x[i, 3] = x[i, 0] + share * x[i, 1];
        foreach (int[] order in Orders(4))
        {
            double[,] shuffled = Shuffled(x, order);
            string[] names = [.. order.Select(j => "abud"[j].ToString())];
            ElasticNetInference inference = new(shuffled, y, new() { FeatureNames = names });
            InferenceResult result = inference.Debiased(new() { Lambda = 0.05 });
            foreach (CoefficientInference found in result.Coefficients)
                Assert.Equal(found.Name == "u", found.Note is null);
            string message = Assert.Throws<InvalidOperationException>(() => inference.Refit([0, 1, 2, 3], chosenBySameData: false)).Message;
            Assert.All("abd", name => Assert.Contains($"'{name}'", message));
            Assert.DoesNotContain("'u'", message);
        }
    }

    /// <summary>No method's interval hangs on the order of columns.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("copy")]
    [InlineData("near")]
    [InlineData("nearer")]
    [InlineData("sum")]
    public void The_order_of_columns_changes_no_interval(string kind)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 5, seed: 11);
        Random random = new(4);
        for (int i = 0; i < 60; i++)
        {
            x[i, 4] = kind switch
            {
                "copy" => 3 - 2 * x[i, 0],
                "near" => x[i, 0] + 0.02 * random.NextDouble(),
                "nearer" => x[i, 0] + 1e-7 * random.NextDouble(),
                "sum" => x[i, 0] - x[i, 2],
                _ => x[i, 4],
            };
        }

        string[] names = ["p", "q", "r", "s", "t"];
        InferenceOptions options = new() { Lambda = 0.1, Resamples = 100, Splits = 5 };
        Func<ElasticNetInference, InferenceResult>[] methods =
            [of => of.Debiased(options), of => of.MultiSplit(options), of => of.PostSelection(0.1, options), of => of.Bootstrap(options)];
        foreach (Func<ElasticNetInference, InferenceResult> method in methods)
        {
            InferenceResult? expected = Try(method, new(x, y, new() { FeatureNames = names }));
            foreach (int[] order in Orders(5).Skip(3).Take(4))
            {
                InferenceResult? result = Try(method, new(Shuffled(x, order), y, new() { FeatureNames = [.. order.Select(j => names[j])] }));
                Assert.Equal(expected is null, result is null);
                if (expected is null || result is null)
                    continue;
                Assert.Equal(expected.Coefficients.Count, result.Coefficients.Count);
                foreach (CoefficientInference found in result.Coefficients)
                {
                    CoefficientInference other = expected.Coefficients.Single(c => c.Name == found.Name);
                    // Where least squares is nearly singular it knows as many digits fewer.
                    double unit = kind == "nearer" ? 1e-4 : 1e-6;
                    double scale = double.IsFinite(other.Upper - other.Lower) ? Math.Max(1e-3, other.Upper - other.Lower) : 1;
                    Same(other.Lower, found.Lower, unit * scale);
                    Same(other.Upper, found.Upper, unit * scale);
                    Same(other.PValue, found.PValue, unit);
                    Assert.Equal(other.Note is null, found.Note is null);
                }
            }
        }
    }

    /// <summary>Near a copy there is little to tell a column by: its interval is that of least squares, with the deviation of the penalised fit.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(1e-4)]
    [InlineData(1e-7)]
    public void Beside_a_near_copy_the_interval_is_that_of_least_squares(double distance)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 4, seed: 12);
        Random random = new(5);
        for (int i = 0; i < 60; i++)
            x[i, 3] = x[i, 0] + distance * (random.NextDouble() - 0.5);
        ElasticNetInference inference = new(x, y);
        InferenceResult plain = inference.Refit([0, 1, 2, 3], chosenBySameData: false, new() { NoiseDeviation = 1 });
        InferenceResult debiased = inference.Debiased(new() { Lambda = 0.05, NoiseDeviation = 1 });
        foreach (int j in new[] { 0, 3 })
        {
            Assert.Equal(plain.Coefficients[j + 1].Estimate, debiased.Coefficients[j].Estimate, 1e-5 * plain.Coefficients[j + 1].StandardError);
            Assert.Equal(1, debiased.Coefficients[j].StandardError / plain.Coefficients[j + 1].StandardError, 1e-6);
            Assert.Contains("nearly a combination", debiased.Coefficients[j].Note);
        }

        Assert.Null(debiased.Coefficients[1].Note);
    }

    /// <summary>With more columns than rows: exact and near copies are refused, the others are as they are.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-3)]
    public void Copies_among_many_columns(double distance)
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 80, seed: 13);
        InferenceResult before = new ElasticNetInference(x, y).Debiased(new() { Lambda = 0.2 });
        Random random = new(6);
        for (int i = 0; i < 40; i++)
            x[i, 79] = x[i, 0] + distance * (random.NextDouble() - 0.5);
        InferenceResult result = new ElasticNetInference(x, y).Debiased(new() { Lambda = 0.2 });
        foreach (int j in new[] { 0, 79 })
        {
            Assert.True(double.IsInfinity(result.Coefficients[j].Lower) && double.IsInfinity(result.Coefficients[j].Upper));
            Assert.Contains("'x0'", result.Coefficients[j].Note);
            Assert.Contains("'x79'", result.Coefficients[j].Note);
        }

        Assert.True(before.Coefficients.Count(found => found.Note is null) > 70);
        Assert.True(result.Coefficients.Count(found => found.Note is null) > 70);
    }

    /// <summary>x = (2, 0, 0, 0) is selected, and (1, 1, 0, 0) exactly on the point of it, in numbers without rounding: 1 = l1.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-15)]
    public void On_the_edge_of_the_selection_nothing_is_excluded(double off)
    {
        double[,] x = { { 2, 1 }, { 0, 1 }, { 0, 0 }, { 0, 0 } };
        ElasticNetOptions fit = new() { Intercept = false, Standardize = false };
        InferenceOptions options = new() { L1Ratio = 0.5, NoiseDeviation = 1 };
        InferenceResult Of(double second) => new ElasticNetInference(x, [3, second, 0.5, -1], fit).PostSelection(0.5, options);
        CoefficientInference edge = Of(-off).Coefficients[0];
        Assert.Equal((0, double.NegativeInfinity, double.PositiveInfinity, 1.0), (edge.Feature, edge.Lower, edge.Upper, edge.PValue));
        Assert.Contains("'x1' is on the point of", edge.Note);
        // Well inside, the same condition is one like any other.
        CoefficientInference inside = Of(-0.5).Coefficients[0];
        Assert.Null(inside.Note);
        Assert.True(inside.Lower < inside.Upper && inside.PValue is > 0 and < 1);
        // Hardly inside, but more than rounding: both ends are far out, and still in order.
        CoefficientInference near = Of(-1e-9).Coefficients[0];
        Assert.Null(near.Note);
        Assert.True(near.Lower < near.Upper && near.PValue is >= 0 and <= 1 && double.IsFinite(near.Lower), $"{near}");
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    [InlineData(0)]
    public void An_interval_is_never_empty(double gap)
    {
        foreach ((double low, double high) in new[] { (1 - gap, double.PositiveInfinity), (double.NegativeInfinity, 1 + gap), (1 - gap, 1 + gap) })
        {
            if (gap == 0 && double.IsFinite(low) && double.IsFinite(high))
                continue;
            (double lower, double upper) = TruncatedNormal.Interval(1, low, high, 0.95);
            Assert.True(lower < upper, $"{gap} {low} {high}: {lower} {upper}");
            double p = TruncatedNormal.Survival(1, 0, low, high);
            Assert.True(p is >= 0 and <= 1 && !double.IsNegative(p));
        }
    }

    [Fact]
    public void The_rank_does_not_hang_on_the_order()
    {
        Random random = new(3);
        double[][] own = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 20).Select(_ => random.NextDouble() - 0.5).ToArray())];
        // 5 = 0 + 1, 6 = −3·2, 7 = 3 + 10⁻⁶·4.
        double[][] columns = [.. own, [.. own[0].Zip(own[1], (u, v) => u + v)], [.. own[2].Select(v => -3 * v)], [.. own[3].Zip(own[4], (u, v) => u + 1e-6 * v)]];
        foreach (int[] order in Orders(8))
        {
            RankRevealingBasis basis = new([.. order.Select(j => columns[j])]);
            Assert.Equal(5, basis.Rank);
            string[] groups = [.. basis.Groups().Select(group => string.Join(",", group.Select(k => order[k]).Order())).Order()];
            // 3 and 7 are dependent through 4, whose own part is 10⁻¹⁶/10⁻⁶: rounding of a value, not of 4.
            Assert.Contains("0,1,5", groups);
            Assert.Contains("2,6", groups);
            Assert.Contains(groups, group => group.StartsWith('3') && group.EndsWith('7'));
            Assert.Equal(3, groups.Length);
        }
    }

    // What is refused is refused in any order.
    private static InferenceResult? Try(Func<ElasticNetInference, InferenceResult> method, ElasticNetInference inference)
    {
        try
        {
            return method(inference);
        }
        catch (InvalidOperationException refusal)
        {
            Assert.Contains("depend linearly", refusal.Message);
            return null;
        }
    }

    private static Func<ElasticNetInference, InferenceResult>[] Methods =>
    [
        inference => inference.Debiased(new() { Lambda = 0.05, NoiseDeviation = 1 }),
        inference => inference.MultiSplit(new() { Lambda = 0.05, Splits = 5 }),
        inference => inference.Bootstrap(new() { Lambda = 0.05, Resamples = 100 }),
    ];

    private static ElasticNetInference Copied(string[] order, double factor)
    {
        double[] Numbers(string name) => [.. s_case.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        double[] y = Numbers("y");
        double[,] x = new double[y.Length, order.Length];
        foreach ((int j, string name) in order.Index())
        {
            foreach ((int i, double value) in Numbers(name[..1]).Index())
                x[i, j] = name == "a2" ? factor * value : value;
        }

        return new(x, y, new() { FeatureNames = order });
    }

    private static (double[,] X, double[] Y) Block(int rows, int levels)
    {
        (double[,] numbers, double[] y) = RandomData.Linear(rows, 2 + 1, seed: 14);
        double[,] x = new double[rows, levels + 2];
        for (int i = 0; i < rows; i++)
        {
            x[i, (i + i / levels * (i / levels)) % levels] = 1;
            (x[i, levels], x[i, levels + 1]) = (numbers[i, 0], numbers[i, 1]);
        }

        return (x, y);
    }

    private static double[,] Shuffled(double[,] x, int[] order)
    {
        double[,] shuffled = new double[x.GetLength(0), order.Length];
        for (int i = 0; i < x.GetLength(0); i++)
        {
            for (int j = 0; j < order.Length; j++)
                shuffled[i, j] = x[i, order[j]];
        }

        return shuffled;
    }

    private static IEnumerable<int[]> Orders(int count)
    {
        Random random = new(8);
        for (int k = 0; k < 12; k++)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            if (k > 0)
                random.Shuffle(order);
            yield return order;
        }
    }

    private static void Same(double expected, double actual, double within)
    {
        if (double.IsFinite(expected))
            Assert.Equal(expected, actual, within);
        else
            Assert.Equal(expected, actual);
    }
}
