using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>What preparation refuses, and what it says.</summary>
public class PreparationBadInputTests
{
    private static readonly InputColumn[] s_columns = [InputColumn.Number("age"), InputColumn.Category("district", ["north", "south"])];

    private static readonly PreparationOptions s_none = new();
    private static readonly PreparationOptions s_mean = new() { Imputation = ImputationMethod.Mean };

    [Fact]
    public void A_gap_without_imputation()
    {
        Refused(s_none, [1, double.NaN, 0, 1], "'x'", "row 1, column 0 'age'", "Imputation", "DropRows");
        Refused(s_none with { Encoding = CategoryEncoding.Ordinal }, [1, 2, 0, double.NaN], "row 1, column 1 'district'");
        Refused(s_none with { Encoding = CategoryEncoding.Ordinal }, [1, 2, -1, 0], "row 0, column 1 'district'");
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void An_infinite_number(double value) => Refused(s_mean, [1, value, 0, 1], "'x' must be finite", "row 1, column 0 'age'", "Infinity");

    [Theory]
    [InlineData(2, "2")]
    [InlineData(-2, "-2")]
    [InlineData(0.5, "0.5")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(1e300, "1E+300")]
    public void A_value_that_is_no_code(double value, string text) =>
        Refused(s_mean, [1, 2, value, 0], "codes of the 2 levels", "row 0, column 1 'district'", text);

    /// <summary>A row of weight 0 may hold anything: no number and no level of it is learnt from.</summary>
    [Fact]
    public void A_row_of_weight_0_may_hold_anything()
    {
        Preparation preparation = Preparation.Learn(Table([1, double.PositiveInfinity, 0, 7]), s_mean, [1, 0]);
        Assert.Equal(Preparation.Learn(Table([1, 1, 0, 0]), s_mean, [1, 0]).FeatureNames, preparation.FeatureNames);
        Assert.Equal(1, preparation.Encodings.Span[0].Fill);
    }

    [Fact]
    public void An_unknown_level_where_they_are_refused()
    {
        Refused(s_mean with { UnknownLevels = UnknownLevelRule.Refuse }, [1, 2, 0, -1], "UnknownLevels", "row 1, column 1 'district'");
        Refused(s_mean with { UnknownLevels = UnknownLevelRule.Refuse, Encoding = CategoryEncoding.Ordinal }, [1, 2, 0, -1], "row 1, column 1");
    }

    [Theory]
    [InlineData(ImputationMethod.Mean)]
    [InlineData(ImputationMethod.Median)]
    [InlineData(ImputationMethod.MostFrequent)]
    [InlineData(ImputationMethod.NearestNeighbors)]
    [InlineData(ImputationMethod.Iterative)]
    public void A_column_all_missing(ImputationMethod method) => Refused(
        new() { Imputation = method }, [double.NaN, double.NaN, 0, 1], "column 0 'age'", "missing in all 2 training rows", "leave it out, or impute a constant");

    [Fact]
    public void An_ordinal_category_all_missing() => Refused(
        new() { Imputation = ImputationMethod.Constant, Encoding = CategoryEncoding.Ordinal }, [1, 2, double.NaN, double.NaN], "column 1 'district'", "leave it out.");

    [Fact]
    public void A_range_beyond_double() => Refused(
        s_mean with { Scaling = ScalingMethod.MinMax }, [-1e308, 1e308, 0, 1], "range of double", "feature 'age'");

    [Fact]
    public void No_complete_row() => Refused(
        new() { Imputation = ImputationMethod.DropRows }, [1, double.NaN, double.NaN, 1], "none of its 2 rows");

    /// <summary>Whichever thread finds it first.</summary>
    [Fact]
    public void The_first_bad_column_is_named() => Refused(s_mean, [double.NaN, double.NaN, 7, 1], "column 0 'age'");

    [Fact]
    public void No_feature_left() => Refusal.OfArgument(
        () => Preparation.Learn(new FeatureTable([s_columns[1]], new double[] { 0, 0 }, 2), new() { Reference = ReferenceLevel.First }), "must lead to a feature", "1 columns");

    [Fact]
    public void Two_features_of_one_name()
    {
        InputColumn[] columns = [InputColumn.Number("age"), InputColumn.Number("age (missing)")];
        FeatureTable table = new(columns, new[] { 1, double.NaN, 2, 3 }, 2);
        Refusal.OfArgument(() => Preparation.Learn(table, s_mean with { MissingIndicators = true }), "'age (missing)'", "column 'age'", "rename");
        Assert.Equal(2, Preparation.Learn(table, s_mean).FeatureCount);
    }

    [Fact]
    public void Two_columns_of_one_name() => Refusal.OfArgument(
        () => Preparation.Learn(new FeatureTable([InputColumn.Number("a"), InputColumn.Number("a")], new double[] { 1, 2 }, 1), s_none), "'Inputs'", "'a'", "column 0 and column 1");

    [Fact]
    public void Options_out_of_range()
    {
        Out(s_none with { FillValue = double.NaN }, "'FillValue' (NaN)");
        Out(s_none with { Neighbors = 0 }, "'Neighbors' (0)");
        Out(s_none with { MinLevelCount = 0 }, "'MinLevelCount' (0)");
        Out(s_none with { Imputation = (ImputationMethod)99 }, "'Imputation' (99)");
        Out(s_none with { NeighborWeighting = (NeighborWeighting)99 }, "'NeighborWeighting' (99)");
        Out(s_none with { Encoding = (CategoryEncoding)99 }, "'Encoding' (99)");
        Out(s_none with { Reference = (ReferenceLevel)99 }, "'Reference' (99)");
        Out(s_none with { UnknownLevels = (UnknownLevelRule)99 }, "'UnknownLevels' (99)");
        Out(s_none with { Scaling = (ScalingMethod)99 }, "'Scaling' (99)");
    }

    [Fact]
    public void Columns_that_are_not_those_of_the_table()
    {
        Refused(s_none with { Inputs = [s_columns[0]] }, [1, 2, 0, 1], "'Inputs' (length 1)", "2 columns");
        Refused(s_none with { Inputs = [s_columns[0], InputColumn.Category("district", ["south", "north"])] }, [1, 2, 0, 1], "column 1", "with the same levels");
        Refused(s_none with { Inputs = [s_columns[1], s_columns[0]] }, [1, 2, 0, 1], "column 0", "district: category of 2 levels and not age: number");
    }

    [Fact]
    public void Weights_and_sizes()
    {
        Refusal.OfArgument(() => Preparation.Learn(Table([1, 2, 0, 1]), s_none, [1]), "'weights' (length 1)", "2 rows");
        Refusal.OfArgument(() => Preparation.Learn(Table([1, 2, 0, 1]), s_none, [1, -1]), "'weights' must not be negative", "row 1");
        Refusal.OfArgument(() => Preparation.Learn(Table([1, 2, 0, 1]), s_none, [0, 0]), "'weights' must not all be 0");
        Refusal.OfArgument(() => Preparation.Learn(Table([]), s_none), "0 rows × 2 columns");
        Preparation preparation = Preparation.Learn(Table([1, 2, 0, 1]), s_none);
        Refusal.OfArgument(() => preparation.Transform([1], new double[3]), "'row' (length 1)", "2 inputs");
        Refusal.OfArgument(() => preparation.Transform([1, 0], new double[2]), "'features' (length 2)", "3 features");
        Refusal.OfArgument(() => preparation.Transform(Table([1, 2, 0, 1]), new double[5]), "'features' (length 5)", "2 rows × 3 features");
        Refusal.OfArgument(() => preparation.Transform((MatrixView<double>)new double[2, 3], new double[6]), "2 rows × 3 columns", "2 inputs");
        Refusal.OfArgument(() => preparation.Transform(new FeatureTable([s_columns[1]], new double[] { 0 }, 1), new double[3]), "'x'", $"lacks '{s_columns[0].Name}'", $"it has '{s_columns[1].Name}'");
        Refusal.OfArgument(() => preparation.Transform(new FeatureTable([s_columns[0], InputColumn.Number(s_columns[1].Name)], new double[] { 0, 1 }, 1), new double[3]), "'x'", $"'{s_columns[1].Name}' as a category", "as a number");
        Refusal.OfArgument(() => preparation.Transform(new FeatureTable([s_columns[0], s_columns[1], s_columns[0]], new double[3], 1), new double[3]), "'x'", "column 0 and column 2");
    }

    private static FeatureTable Table(double[] values) => new(s_columns, values, values.Length / 2);

    private static void Refused(PreparationOptions options, double[] values, params string[] parts) =>
        Refusal.OfArgument(() => Preparation.Learn(Table(values), options), parts);

    private static void Out(PreparationOptions options, string part) =>
        Refusal.Of<ArgumentOutOfRangeException>(() => Preparation.Learn(Table([1, 2, 0, 1]), options), part);
}
