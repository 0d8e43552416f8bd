namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The example of typed rows runs.</summary>
public partial class TypedRowExampleTests
{
    private static readonly House[] s_sold =
    [
        new(80, 3, "north", 240), new(120, null, "south", 410), new(60, 2, null, 190), new(95, 4, "south", 350),
        new(70, 3, "north", 215), new(110, 4, "north", 320), new(55, null, "south", 230), new(130, 5, "south", 450),
    ];

    // The page shows from here
    [ElasticNetFeatures]
    public partial record struct House(float Area, int? Rooms, string? District, [property: FeatureIgnore] double Price);
    // to here.

    [Fact]
    public void The_example_runs_and_predicts()
    {
        House[] sold = s_sold;
        // The page shows from here
        FeatureTable table = FeatureTable.From<House>(sold);                 // gaps and categories as they are
        double[] prices = [.. sold.Select(house => house.Price)];
        var options = new ElasticNetOptions { Preparation = new() { Imputation = ImputationMethod.Median }, Folds = 4, Seed = 1 };
        ElasticNetModel model = ElasticNetEstimator.CrossValidate(table, prices, options).Model;

        var predictor = new TypedPredictor<House>(model);                    // finds the members once, by name
        double price = predictor.Predict(new House(100, null, "east", 0));   // allocates nothing, no reflection
        // to here.

        double known = predictor.Predict(new House(100, 4, "south", 0));
        Assert.True(double.IsFinite(price) && double.IsFinite(known));
        Assert.InRange(known, 250, 450);
        model.Dispose();
    }
}
