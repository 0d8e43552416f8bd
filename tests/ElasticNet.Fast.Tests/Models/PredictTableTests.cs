using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Tables are predicted by the names of their columns and levels, however they are ordered and coded.</summary>
public class PredictTableTests
{
    private static readonly InputColumn[] s_columns = [InputColumn.Number("area"), InputColumn.Category("district", ["east", "north", "south"])];

    /// <summary>price = 2 area + 100 for north + 200 for south, exactly.</summary>
    private static readonly FeatureTable s_sold = new(s_columns, new double[] { 10, 20, 30, 40, 50, 60, 0, 1, 2, 0, 1, 2 }, 6);
    private static readonly double[] s_prices = [20, 140, 260, 80, 200, 320];

    [Fact]
    public void Levels_of_another_table_are_matched_by_value()
    {
        using ElasticNetModel model = Fit();
        FeatureTable fresh = new([s_columns[0], InputColumn.Category("district", ["north", "south"])], new double[] { 100, 50, 1, 0 }, 2);
        Assert.Equal([400, 200], Rounded(model.Predict(fresh)));
        double[] filled = new double[2];
        model.Predict(fresh, filled);
        Assert.Equal([400, 200], Rounded(filled));
    }

    [Fact]
    public void Columns_are_found_by_name_and_others_ignored()
    {
        using ElasticNetModel model = Fit();
        FeatureTable fresh = new(
            [InputColumn.Category("street", ["a"]), InputColumn.Category("district", ["south", "east"]), InputColumn.Number("area")],
            new double[] { 0, 0, 0, 1, 100, 50 }, 2);
        Assert.Equal([400, 100], Rounded(model.Predict(fresh)));
    }

    /// <summary>A level that training did not see is unknown, and counted; so is what is missing.</summary>
    [Fact]
    public void Unknown_levels_and_fills_are_counted()
    {
        using ElasticNetModel model = Fit(new() { Imputation = ImputationMethod.Median, Reference = ReferenceLevel.First });
        FeatureTable fresh = new(
            [s_columns[0], InputColumn.Category("district", ["harbour", "north", "west"])],
            new double[] { 10, 20, double.NaN, 40, 0, 2, 1, double.NaN }, 4);
        InputTally tally = new();
        double[] predictions = model.Predict(fresh, tally);
        Assert.Equal([20, 40, 170, 80], Rounded(predictions));
        Assert.Equal(4, tally.Rows);
        Assert.Equal(["area", "district"], tally.Columns.Select(column => column.Input.Name));
        Assert.Equal((1, 0), (tally.Columns[0].Missing, tally.Columns[0].Unknown));
        Assert.Equal((1, 2), (tally.Columns[1].Missing, tally.Columns[1].Unknown));
        Assert.Equal(["harbour", "west"], tally.Columns[1].Examples);
        Assert.Equal(
            "1 of 4 rows has no 'area', filled by 35; 2 of 4 rows have a level of 'district' that the model does not know ('harbour', 'west'), counted as no level, which is that of 'east'; 1 of 4 rows has no 'district', counted as no level, which is that of 'east'",
            tally.ToString());
        Assert.Equal("", new InputTally().ToString());
        using ElasticNetModel other = Fit();
        Refusal.OfArgument(() => other.Predict(fresh, tally), "'tally' must count for one model");
    }

    [Fact]
    public void Codes_without_their_levels_are_refused()
    {
        using ElasticNetModel model = Fit();
        Refusal.OfArgument(() => model.Predict(s_sold.View, new double[6]), "'rows' must say what its codes stand for", "'district' is a category");
        Assert.Equal(s_prices, Rounded(model.Predict(new FeatureTable(model.Preparation!.Inputs, s_sold.Values, 6))));
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        using ElasticNetModel model = Fit();
        Refusal.OfArgument(() => model.Predict(new FeatureTable([s_columns[1]], new double[] { 0 }, 1)), "'rows'", "lacks 'area'", "it has 'district'");
        Refusal.OfArgument(() => model.Predict(new FeatureTable([s_columns[0], InputColumn.Number("district")], new double[] { 1, 2 }, 1)), "'district' as a category", "as a number");
        Refusal.OfArgument(() => model.Predict(new FeatureTable([InputColumn.Category("area", ["10"]), s_columns[1]], new double[] { 0, 0 }, 1)), "'area' as a number", "as a category");
        Refusal.OfArgument(() => model.Predict(new FeatureTable([.. s_columns, s_columns[0]], new double[] { 1, 0, 1 }, 1)), "column 0 and column 2");
    }

    /// <summary>A column of nothing but gaps says nothing about its kind.</summary>
    [Fact]
    public void An_empty_column_is_of_any_kind()
    {
        using ElasticNetModel model = Fit(new() { Imputation = ImputationMethod.Median });
        FeatureTable fresh = new([InputColumn.Category("area", []), InputColumn.Number("district")], new double[] { double.NaN, double.NaN }, 1);
        Assert.True(double.IsFinite(model.Predict(fresh)[0]));
    }

    /// <summary>A model of plain features with names takes them by name, too; without names by position.</summary>
    [Fact]
    public void Plain_features()
    {
        double[,] x = { { 1, 5 }, { 2, 3 }, { 3, 9 }, { 4, 1 } };
        double[] y = [7, 7, 15, 9];
        FeatureTable swapped = new([InputColumn.Number("b"), InputColumn.Number("a")], new double[] { 5, 3, 9, 1, 1, 2, 3, 4 }, 4);
        using ElasticNetModel named = ElasticNetEstimator.Fit(x, y, 0, options: new() { FeatureNames = ["a", "b"] });
        Assert.Equal(y, Rounded(named.Predict(swapped)));
        Assert.Equal(y, Rounded(named.Predict(x)));
        using ElasticNetModel bare = ElasticNetEstimator.Fit(x, y, 0);
        Assert.Equal(y, Rounded(bare.Predict(new FeatureTable([InputColumn.Number("u"), InputColumn.Number("v")], new double[] { 1, 2, 3, 4, 5, 3, 9, 1 }, 4))));
        Refusal.OfArgument(() => bare.Predict(new FeatureTable([InputColumn.Number("u"), InputColumn.Category("v", ["1"])], new double[] { 1, 0 }, 1)), "'v' is a category");
        Refusal.OfArgument(() => named.Predict(new FeatureTable([InputColumn.Number("a")], new double[] { 1 }, 1)), "lacks 'b'");
    }

    [Fact]
    public void A_preparation_takes_a_table_that_lacks_a_level()
    {
        Preparation preparation = Preparation.Learn(s_sold, new());
        FeatureTable fresh = new([InputColumn.Category("district", ["south"]), s_columns[0]], new double[] { 0, 7 }, 1);
        double[] features = new double[preparation.FeatureCount];
        preparation.Transform(fresh, features);
        Assert.Equal([7, 0, 0, 1], features);
    }

    [Fact]
    public void The_target_among_the_features_is_refused()
    {
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(s_sold, new Target(s_prices) { Name = "area" }, 0.1), "'x' must not hold the target", "column 0", "'area'");
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(new double[4, 2], new double[4], new() { FeatureNames = ["a", "b"], TargetName = "b" }), "column 1", "'b'");
        Refusal.OfArgument(() => ElasticNetEstimator.Path(new double[4, 2], new double[4], 1, new() { FeatureNames = ["b", "b"] }), "'FeatureNames' must differ", "column 0 and column 1");
    }

    private static ElasticNetModel Fit(PreparationOptions? preparation = null) =>
        ElasticNetEstimator.Fit(s_sold, s_prices, 0, options: new() { Preparation = preparation ?? new() });

    private static double[] Rounded(double[] predictions) => Array.ConvertAll(predictions, value => Math.Round(value, 9));
}
