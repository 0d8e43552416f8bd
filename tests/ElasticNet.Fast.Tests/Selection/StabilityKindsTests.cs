using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>Stability selection of survival, of several outputs and of groups, each half found again by its own path.</summary>
public class StabilityKindsTests
{
    private const int Rows = 45, Columns = 12;
    private static readonly (double[,] X, double[] Y) s_data = RandomData.Linear(Rows, Columns, seed: 5);
    private static readonly StabilityOptions s_options = new() { Pairs = 3, SelectedPerHalf = 3, Seed = 7 };

    [Theory]
    [InlineData("cox")]
    [InlineData("multinomial")]
    [InlineData("multinomial grouped")]
    [InlineData("multigaussian")]
    [InlineData("multigaussian grouped")]
    public void Frequencies_are_those_of_paths_on_halves(string kind)
    {
        (double[,] x, _) = s_data;
        ElasticNetOptions options = Options(kind);
        StabilityResult result = ElasticNetEstimator.Stability(x, TargetOf(kind), s_options, options);
        StabilityResult threads = ElasticNetEstimator.Stability(x, TargetOf(kind), s_options, options with { MaxDegreeOfParallelism = 3 });
        Assert.Equal(result.Frequencies.ToArray(), threads.Frequencies.ToArray());
        double[] frequencies = new double[Columns];
        foreach (double[] weights in Halves(kind))
        {
            List<int> selected = [];
            foreach (PathPoint point in ElasticNetEstimator.Path(x, TargetOf(kind) with { Weights = weights }, 1, options with { Lambdas = result.Lambdas }))
            {
                SparseCoefficients coefficients = point.Coefficients;
                double Strength(int j) => Enumerable.Range(0, coefficients.Outputs).Max(k => Math.Abs(coefficients.Outputs == 1 ? coefficients[j] : coefficients[j, k])) * Deviation(x, j);
                selected.AddRange(Enumerable.Range(0, Columns).Where(j => Strength(j) > 0 && !selected.Contains(j)).OrderByDescending(Strength).Take(3 - selected.Count).ToArray());
            }

            foreach (int j in selected)
                frequencies[j]++;
        }

        Assert.Equal(frequencies, result.Frequencies.ToArray().Select(value => Math.Round(value * 6)));
        Assert.Equal(Columns, result.Groups);
    }

    [Fact]
    public void Groups_enter_as_one_and_are_counted_as_one()
    {
        (double[,] x, double[] y) = s_data;
        ElasticNetOptions options = new() { FeatureGroups = [new([0, 1, 2]), new([3, 4]), new([5, 6, 7])], MaxDegreeOfParallelism = 1 };
        StabilityResult result = ElasticNetEstimator.Stability(x, y, s_options with { SelectedPerHalf = 2, Pairs = 10 }, options);
        Assert.Equal(3 + 4, result.Groups);
        double[] frequencies = result.Frequencies.ToArray();
        foreach (FeatureGroup group in options.FeatureGroups)
            Assert.Single(group.Columns.Select(j => frequencies[j]).Distinct());
        Assert.InRange(frequencies[0], 0.75, 1);
        Assert.Equal(2, frequencies[0] + frequencies[3] + frequencies[5] + frequencies[8..].Sum(), 1e-12);
        Assert.Contains("2 groups each", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("of their groups are false", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_groups_take_a_place_once()
    {
        (double[,] x, double[] y) = s_data;
        ElasticNetOptions options = new() { FeatureGroups = [new([0, 1, 2, 3, 4, 5])], GroupMixing = 0.8, MaxDegreeOfParallelism = 1 };
        StabilityResult result = ElasticNetEstimator.Stability(x, y, s_options with { SelectedPerHalf = 2, Pairs = 5 }, options);
        double[] frequencies = result.Frequencies.ToArray();
        // Two places; the members of the group take one together.
        Assert.InRange(frequencies[..6].Max() + frequencies[6..].Sum(), 1, 2 + 1e-12);
        Assert.InRange(frequencies.Sum(), 2.05, 8);
    }

    [Fact]
    public void Halves_without_a_class_or_an_event_are_refused_by_name()
    {
        (double[,] x, _) = s_data;
        int[] codes = [.. Enumerable.Range(0, Rows).Select(i => i == 7 ? 2 : i % 2)];
        string[] names = ["a", "b", "rare"];
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.Stability(x, Target.Classes(codes, names), null, new() { Family = Family.Multinomial }), "two rows or more", "of 'rare' has 1");
        double[] time = [.. Enumerable.Range(1, Rows).Select(i => (double)i)];
        bool[] events = [.. Enumerable.Range(0, Rows).Select(i => i == 3)];
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.Stability(x, Target.Survival(time, events), null, new() { Family = Family.Cox }), "two events or more", "has 1");
    }

    [Fact]
    public void A_class_without_rows_is_named()
    {
        (double[,] x, _) = s_data;
        int[] codes = [.. Enumerable.Range(0, Rows).Select(i => i % 2)];
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.Path(x, Target.Classes(codes, ["a", "b", "c"]), 1, new() { Family = Family.Multinomial }), "must have a row that counts for each of its 3 classes", "none is 'c'");
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(x, Target.Classes(codes, ["a", "b", "c"]), new() { Family = Family.Multinomial }), "none is 'c'");
    }

    private static ElasticNetOptions Options(string kind) => new()
    {
        Family = kind == "cox" ? Family.Cox : kind.StartsWith("multinomial", StringComparison.Ordinal) ? Family.Multinomial : Family.MultiGaussian,
        GroupOutputs = kind.EndsWith("grouped", StringComparison.Ordinal),
        LambdaCount = 40,
        MaxDegreeOfParallelism = 1,
    };

    private static int[] ClassOf(string kind) => kind == "cox" ? [.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0 ? 0 : 1)]
        : kind.StartsWith("multinomial", StringComparison.Ordinal) ? [.. s_data.Y.Select((value, i) => value < 0 ? 0 : i % 4 == 0 ? 2 : value < 4 ? 1 : 2)]
        : new int[Rows];

    private static Target TargetOf(string kind)
    {
        int[] classes = ClassOf(kind);
        if (kind == "cox")
            return Target.Survival([.. s_data.Y.Select(value => Math.Exp(-0.2 * value))], [.. classes.Select(one => one == 1)]);
        if (kind.StartsWith("multinomial", StringComparison.Ordinal))
            return Target.Classes(classes, ["a", "b", "c"]);
        double[,] y = new double[Rows, 2];
        for (int i = 0; i < Rows; i++)
            (y[i, 0], y[i, 1]) = (s_data.Y[i], s_data.X[i, 4] + (i % 5));
        return Target.Columns(y);
    }

    private static IEnumerable<double[]> Halves(string kind)
    {
        int[] classes = ClassOf(kind);
        Xoshiro256 random = new(s_options.Seed);
        for (int pair = 0; pair < s_options.Pairs; pair++)
        {
            int[] order = [.. Enumerable.Range(0, Rows)];
            random.Shuffle(order);
            bool stratified = classes.Distinct().Count() > 1;
            if (stratified)
                order = [.. order.OrderBy(i => classes.Count(one => one == classes[i])).ThenBy(i => classes[i])];
            for (int half = 0; half < 2; half++)
            {
                double[] weights = new double[Rows];
                for (int i = 0; i < Rows / 2 * 2; i++)
                    weights[order[i]] = (stratified ? i % 2 : i / (Rows / 2)) == half ? 1 : 0;
                yield return weights;
            }
        }
    }

    private static double Deviation(double[,] x, int j)
    {
        double[] column = [.. Enumerable.Range(0, Rows).Select(i => x[i, j])];
        return Math.Sqrt(column.Average(value => Math.Pow(value - column.Average(), 2)));
    }
}
