using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>The rules of preparation, one by one.</summary>
public class PreparationTests
{
    private const double Missing = double.NaN;
    private const double Unknown = InputColumn.UnknownLevel;

    /// <summary>Counts 1, 3, 2 and 0; a gap, and two rows that do not count.</summary>
    private static readonly double[] s_districts = [1, 1, 0, 2, 2, 1, Missing, 3, 0];
    private static readonly double[] s_weights = [1, 1, 1, 1, 3, 1, 1, 0, 0];

    private static readonly PreparationOptions s_mean = new() { Imputation = ImputationMethod.Mean, MissingIndicators = true };

    [Fact]
    public void Features_are_named_after_their_columns()
    {
        Preparation preparation = Learn(s_mean with { MinLevelCount = 2 }, Ages(1, Missing, 3, 3, 3, 3, 3, 3, 3), Districts);
        Assert.Equal(["age", "age (missing)", "district=east", "district=south", "district (rare)", "district (missing)"], preparation.FeatureNames);
    }

    /// <summary>No gap, no indicator; what training rows lack is filled at prediction all the same.</summary>
    [Fact]
    public void A_number_that_was_never_missing_is_filled_without_an_indicator()
    {
        Preparation preparation = Learn(s_mean, Ages(1, 2, 3));
        Assert.Equal(["age"], preparation.FeatureNames);
        Assert.Equal([2], Row(preparation, Missing));
    }

    [Fact]
    public void Nothing_fills_without_imputation()
    {
        Assert.Equal([double.NaN], Row(Learn(new(), Ages(1, 2, 3)), Missing));
        Assert.Equal([double.NaN], Row(Learn(new() { Imputation = ImputationMethod.DropRows }, Ages(1, 2, Missing)), Missing));
    }

    [Theory]
    [InlineData(ImputationMethod.Mean, 4.5)]
    [InlineData(ImputationMethod.Median, 2)]
    [InlineData(ImputationMethod.MostFrequent, 2)]
    [InlineData(ImputationMethod.Constant, 7)]
    public void Methods_fill(ImputationMethod method, double fill)
    {
        Preparation preparation = Learn(new() { Imputation = method, FillValue = 7 }, Ages(13, 2, Missing, 1, 2));
        Assert.Equal([fill], Row(preparation, Missing));
        Assert.Equal([5], Row(preparation, 5));
    }

    [Fact]
    public void Every_level_of_the_training_rows_has_a_feature()
    {
        Preparation preparation = Learn(new(), Districts);
        Assert.Equal(["district=north", "district=east", "district=south", "district (missing)"], preparation.FeatureNames);
        Assert.Equal([0, 0, 1, 0], Row(preparation, 2));
        Assert.Equal([0, 0, 0, 1], Row(preparation, Missing));
        Assert.Equal([0, 0, 0, 0], Row(preparation, 3));
        Assert.Equal([0, 0, 0, 0], Row(preparation, Unknown));
        Assert.Equal([0, 0, 0, 0], Row(preparation, 1.5));
        Assert.Equal([0, 0, 0, 0], Row(preparation, double.PositiveInfinity));
    }

    [Fact]
    public void Unknown_levels_count_as_rare_where_levels_were_pooled()
    {
        Preparation preparation = Learn(new() { MinLevelCount = 3 }, Districts);
        Assert.Equal(["district=east", "district (rare)", "district (missing)"], preparation.FeatureNames);
        Assert.All(new[] { 0, 2, 3, Unknown }, value => Assert.Equal([0, 1, 0], Row(preparation, value)));
        Assert.Equal([1, 0, 0], Row(preparation, 1));
        Assert.Equal([0, 0, 1], Row(preparation, Missing));
    }

    [Fact]
    public void Unknown_levels_are_refused_on_request()
    {
        Preparation preparation = Learn(new() { MinLevelCount = 3, UnknownLevels = UnknownLevelRule.Refuse }, Districts);
        Assert.Equal([0, 1, 0], Row(preparation, 2));
        Assert.All(new[] { 3, Unknown }, value => Assert.Equal([double.NaN, double.NaN, double.NaN], Row(preparation, value)));
        Assert.Equal([0, 0, 1], Row(preparation, Missing));
    }

    /// <summary>"Missing" is a level: unknown where no training row has it.</summary>
    [Theory]
    [InlineData(UnknownLevelRule.RareOrNone, 1, 0)]
    [InlineData(UnknownLevelRule.RareOrNone, 2, 1)]
    [InlineData(UnknownLevelRule.Refuse, 1, double.NaN)]
    public void A_category_that_was_never_missing(UnknownLevelRule rule, int least, double expected)
    {
        Preparation preparation = Learn(new() { UnknownLevels = rule, MinLevelCount = least }, ("district", [0, 1, 1]));
        Assert.Equal(expected, Row(preparation, Missing)[^1]);
        Assert.Equal(Row(preparation, Unknown), Row(preparation, Missing));
    }

    [Fact]
    public void A_dropped_gap_makes_no_level()
    {
        Preparation preparation = Learn(new() { Imputation = ImputationMethod.DropRows }, Districts);
        Assert.Equal(["district=north", "district=east", "district=south"], preparation.FeatureNames);
        Assert.Equal([double.NaN, double.NaN, double.NaN], Row(preparation, Missing));
    }

    /// <summary>By weight south is the most frequent, by rows east; rare levels are no reference.</summary>
    [Theory]
    [InlineData(ReferenceLevel.First, 1, "north")]
    [InlineData(ReferenceLevel.First, 2, "east")]
    [InlineData(ReferenceLevel.MostFrequent, 1, "south")]
    [InlineData(ReferenceLevel.MostFrequent, 3, "east")]
    public void The_reference_has_no_feature(ReferenceLevel reference, int least, string expected)
    {
        Preparation preparation = Learn(new() { Reference = reference, MinLevelCount = least }, Districts);
        Assert.DoesNotContain("district=" + expected, preparation.FeatureNames);
        Assert.All(Row(preparation, Levels.IndexOf(expected)), value => Assert.Equal(0, value));
    }

    [Fact]
    public void An_ordinal_category_is_its_position()
    {
        PreparationOptions options = s_mean with { Encoding = CategoryEncoding.Ordinal };
        Preparation preparation = Learn(options, Districts);
        Assert.Equal(["district", "district (missing)"], preparation.FeatureNames);
        // Position 3 is known although no row that counts has it; what has no position is filled with the most frequent one.
        Assert.Equal([3, 0], Row(preparation, 3));
        Assert.Equal([2, 1], Row(preparation, Missing));
        Assert.Equal([2, 1], Row(preparation, Unknown));
        preparation = Learn(options with { UnknownLevels = UnknownLevelRule.Refuse }, Districts);
        Assert.Equal([2, 1], Row(preparation, Missing));
        Assert.Equal([double.NaN, double.NaN], Row(preparation, Unknown));
    }

    /// <summary>Rows of weight 0 are no neighbours, indicators see the gap that was filled, categories are no numbers.</summary>
    [Fact]
    public void Neighbours_fill_numbers()
    {
        FeatureTable table = Table(Ages(1, 2, Missing, 9), ("district", [1, 1, 0, 0]), ("weight", [10, 20, 30, 20]));
        PreparationOptions options = new() { Imputation = ImputationMethod.NearestNeighbors, Neighbors = 1, MissingIndicators = true };
        Preparation preparation = Preparation.Learn(table, options, [1, 1, 1, 0]);
        Assert.Equal([10, 20, 30], preparation.Neighbors!.Donors.ToArray()[3..]);
        Assert.Equal([2, 1, 1, 0, 21], Row(preparation, Missing, 0, 21));
        Assert.Equal([2, 0, 0, 1, 20], Row(preparation, 2, 1, Missing));
        Assert.Equal([0, 2], preparation.InputsOf([0]));
        Assert.Equal([0], preparation.InputsOf([1]));
        Assert.Equal([1], preparation.InputsOf([2]));
    }

    [Fact]
    public void Without_numbers_there_are_no_neighbours() => Assert.Null(
        Learn(new() { Imputation = ImputationMethod.NearestNeighbors }, Districts).Neighbors);

    /// <summary>A column missing in all training rows of a fold is constant there.</summary>
    [Theory]
    [InlineData(ImputationMethod.NearestNeighbors)]
    [InlineData(ImputationMethod.Mean)]
    [InlineData(ImputationMethod.Median)]
    [InlineData(ImputationMethod.MostFrequent)]
    public void A_fold_may_lack_a_column(ImputationMethod method)
    {
        FeatureTable table = Table(Ages(Missing, Missing, 3), ("district", [Missing, Missing, 1]));
        PreparationOptions options = new() { Inputs = table.Columns, Imputation = method, MissingIndicators = true, Scaling = ScalingMethod.Robust };
        Preparation preparation = PreparationLearner.Learn(table.View, options, [1, 1, 0], 1, CancellationToken.None, isFold: true);
        Assert.Equal(["age", "age (missing)", "district (missing)"], preparation.FeatureNames);
        Assert.Equal([0, 1, 1], Row(preparation, Missing, Missing));
        Assert.Equal([3, 0, 0], Row(preparation, 3, 1));
        preparation = PreparationLearner.Learn(table.View, options with { Encoding = CategoryEncoding.Ordinal }, [1, 1, 0], 1, CancellationToken.None, isFold: true);
        Assert.Equal([0, 1, 0, 1], Row(preparation, Missing, Missing));
    }

    [Fact]
    public void Scales_are_those_of_filled_features()
    {
        Preparation preparation = Learn(new() { Imputation = ImputationMethod.Constant, FillValue = 5, Scaling = ScalingMethod.MinMax }, Ages(1, 3, Missing));
        Assert.Equal((1, 4), (preparation.Centers.Span[0], preparation.Scales.Span[0]));
        preparation = Learn(s_mean with { Scaling = ScalingMethod.Standard }, Ages(1, Missing, 3, 2), ("weight", [4, 4, 4, 4]));
        Assert.Equal([2, 0.25, 4], preparation.Centers.ToArray());
        Assert.Equal([Math.Sqrt(0.5), Math.Sqrt(3) / 4, 1], preparation.Scales.ToArray());
    }

    [Fact]
    public void Complete_rows_are_counted()
    {
        FeatureTable table = Table(Ages(1, Missing, 3, 4, 5), ("district", [0, 1, Missing, Unknown, 0]));
        PreparationOptions options = new() { Inputs = table.Columns, Imputation = ImputationMethod.DropRows };
        double[] weights = [1, 1, 1, 2, 0];
        Assert.Equal(2, CompleteRows.Keep(table.View, options, weights, 1, CancellationToken.None));
        Assert.Equal([1, 0, 0, 2, 0], weights);
        // A level without a position is as good as none.
        Assert.Equal(1, CompleteRows.Keep(table.View, options with { Encoding = CategoryEncoding.Ordinal }, weights, 1, CancellationToken.None));
    }

    /// <summary>NaN times weight 0 would not be 0.</summary>
    [Fact]
    public unsafe void What_is_undefined_can_be_written_as_something_else()
    {
        FeatureTable table = Table(Ages(1, Missing, 3));
        Preparation preparation = Preparation.Learn(table, new() { Imputation = ImputationMethod.DropRows });
        double[] features = new double[3];
        fixed (double* start = features)
            preparation.Fill(table.View, start, 3, 1, CancellationToken.None, undefined: 0);
        Assert.Equal([1, 0, 3], features);
    }

    [Theory]
    [InlineData(ImputationMethod.Mean)]
    [InlineData(ImputationMethod.NearestNeighbors)]
    public void Threads_do_not_matter(ImputationMethod method)
    {
        Random random = new(1);
        const int rows = 3000, columns = 30;
        InputColumn[] inputs = [.. Enumerable.Range(0, columns).Select(j => InputColumn.Number("c" + j))];
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() < 0.1 ? Missing : random.NextDouble())];
        PreparationOptions options = s_mean with { Inputs = inputs, Imputation = method, Scaling = ScalingMethod.Standard };
        Preparation one = LearnWith(1), four = LearnWith(4);
        Assert.Equal(one.Encodings.ToArray(), four.Encodings.ToArray());
        Assert.Equal(one.Centers.ToArray(), four.Centers.ToArray());
        Assert.Equal(one.Scales.ToArray(), four.Scales.ToArray());

        Preparation LearnWith(int threads) =>
            PreparationLearner.Learn(new FeatureTable(inputs, values, rows).View, options, default, threads, CancellationToken.None);
    }

    private static string[] Levels => ["north", "east", "south", "west"];

    private static (string, double[]) Districts => ("district", s_districts);

    private static (string, double[]) Ages(params double[] values) => ("age", values);

    /// <summary>Columns named district are categories.</summary>
    private static FeatureTable Table(params (string Name, double[] Values)[] columns) => new(
        [.. columns.Select(column => column.Name == "district" ? InputColumn.Category(column.Name, Levels) : InputColumn.Number(column.Name))],
        columns.SelectMany(column => column.Values).ToArray(), columns[0].Values.Length);

    private static Preparation Learn(PreparationOptions options, params (string, double[] Values)[] columns) =>
        Preparation.Learn(Table(columns), options, columns[0].Values.Length == s_weights.Length ? s_weights : []);

    private static double[] Row(Preparation preparation, params double[] row)
    {
        double[] features = new double[preparation.FeatureCount];
        preparation.Transform(row, features);
        return features;
    }
}
