namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>Typed rows with gaps and categories, through the preparation that a model learnt.</summary>
public class PreparedTests
{
    private static readonly PreparationOptions s_filled = new() { Imputation = ImputationMethod.Mean, MissingIndicators = true, MinLevelCount = 3 };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 0.5)]
    [InlineData(0.5, 0.1)]
    public void Predict_the_bits_of_their_raw_rows(double l1Ratio, double lambda)
    {
        House[] houses = Houses(1, 300);
        FeatureTable table = FeatureTable.From<House>(houses);
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, Prices(houses), lambda, l1Ratio, new() { Preparation = s_filled });
        TypedPredictor<House> predictor = new(model);
        double[] expected = [.. Enumerable.Range(0, houses.Length).Select(i => model.Predict([.. Enumerable.Range(0, table.Columns.Count).Select(column => table.Column(column)[i])]))];
        var predictions = new double[houses.Length];
        predictor.Predict(houses, predictions);
        Assert.DoesNotContain(double.NaN, expected);
        Assert.Equal(expected, predictions);
        Assert.Equal(expected, houses.Select(house => predictor.Predict(in house)));
    }

    /// <summary>What the model does not know, by name or without one, is the same to it.</summary>
    [Fact]
    public void Unknown_levels_are_those_that_no_training_row_had()
    {
        House[] houses = [.. Houses(2, 300).Select(house => house with { Heating = house.Heating == Heating.Oil ? null : house.Heating })];
        using ElasticNetModel model = ElasticNetEstimator.Fit(FeatureTable.From<House>(houses), Prices(houses), 0.01, 1, new() { Preparation = s_filled });
        TypedPredictor<House> predictor = new(model);
        House house = houses[0] with { Heating = Heating.Oil, District = "elsewhere" };
        Assert.Equal(predictor.Predict(house), predictor.Predict(house with { Heating = (Heating)99, District = "nowhere" }));
        Assert.NotEqual(predictor.Predict(house), predictor.Predict(house with { Heating = Heating.Gas }));
    }

    [Fact]
    public void The_model_that_was_saved_predicts_them_too()
    {
        House[] houses = Houses(3, 200);
        using ElasticNetModel model = ElasticNetEstimator.Fit(FeatureTable.From<House>(houses), Prices(houses), 0.1, 0.9, new() { Preparation = s_filled });
        using MemoryStream file = new();
        model.Save(file);
        using ElasticNetModel loaded = ElasticNetModel.Load(file.ToArray());
        TypedPredictor<House> before = new(model), after = new(loaded);
        Assert.All(houses, house => Assert.Equal(before.Predict(in house), after.Predict(in house)));
    }

    private static House[] Houses(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => House.Any(random))];
    }

    private static double[] Prices(House[] houses) =>
        [.. houses.Select((house, i) => 2 * house.Area + (house.Rooms ?? 2) + (house.Heating == Heating.Gas ? 20 : 0) + (house.District == "district 7" ? 30 : 0) + i % 7)];
}
