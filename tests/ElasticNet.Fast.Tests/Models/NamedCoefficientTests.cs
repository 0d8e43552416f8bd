namespace ElasticNet.Fast.Tests.Models;

/// <summary>Coefficients with their names: those that are not 0, and all.</summary>
public class NamedCoefficientTests
{
    private static readonly double[,] s_x = { { 1, 2, 0 }, { 2, 1, 0 }, { 3, 4, 0 }, { 4, 3, 0 }, { 5, 5, 0 }, { 6, 2, 0 } };
    private static readonly double[] s_y = [3.1, 3.9, 8.2, 8.8, 11.1, 9.7];

    private static ElasticNetModel Fit(params string[] names) => ElasticNetEstimator.Fit(s_x, s_y, 0.1, options: new() { FeatureNames = names });

    [Fact]
    public void They_are_enumerated_with_names_and_values()
    {
        using ElasticNetModel model = Fit("area", "rooms", "constant");
        NamedCoefficient[] found = [.. model.Coefficients];
        Assert.Equal(["area", "rooms"], found.Select(coefficient => coefficient.Name));
        Assert.Equal([0, 1], found.Select(coefficient => coefficient.Feature));
        Assert.Equal(model.Values.ToArray(), found.Select(coefficient => coefficient.Value));
        Assert.Equal(["area", "rooms", "constant"], model.Coefficients.All.Select(coefficient => coefficient.Name));
        Assert.Equal(model.Coefficients.ToArray(), model.Coefficients.All.Select(coefficient => coefficient.Value));
        Assert.Equal(model.Values[1], model.Coefficients["rooms"]);
        Assert.Equal(0, model.Coefficients["constant"]);
    }

    [Fact]
    public void Without_names_they_are_called_by_their_place()
    {
        using ElasticNetModel model = Fit();
        Assert.Equal(["x0", "x1"], model.Coefficients.Select(coefficient => coefficient.Name));
        Assert.Equal(model.Values[0], model.Coefficients["x0"]);
    }

    [Fact]
    public void Those_of_a_path_have_names_too()
    {
        RegularizationPath path = ElasticNetEstimator.Path(s_x, s_y, options: new() { FeatureNames = ["area", "rooms", "constant"], LambdaCount = 5 });
        Assert.Empty(path[0].Coefficients);
        Assert.Equal("area", path[^1].Coefficients.First().Name);
        using ElasticNetModel kept = Fit("area", "rooms", "constant").WithPath(path);
        using ElasticNetModel loaded = ElasticNetModel.Load(kept.ToArray());
        Assert.Equal(path[^1].Coefficients, loaded.Path![^1].Coefficients);
    }

    [Theory]
    [InlineData("Rooms", "did you mean 'rooms'?")]
    [InlineData("aera", "did you mean 'area'?")]
    [InlineData("constants", "did you mean 'constant'?")]
    public void An_unknown_name_is_refused_with_the_nearest(string name, string hint)
    {
        using ElasticNetModel model = Fit("area", "rooms", "constant");
        string message = Assert.Throws<ArgumentException>(() => model.Coefficients[name]).Message;
        Assert.StartsWith($"'name' ({name}) must be one of the 3 features", message, StringComparison.Ordinal);
        Assert.Contains(hint, message, StringComparison.Ordinal);
        Assert.DoesNotContain("did you mean", Assert.Throws<ArgumentException>(() => model.Coefficients["zip code"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_stand_first_in_words()
    {
        using ElasticNetModel model = Fit("area", "rooms", "constant");
        Assert.Matches(@"^2 of 3 not 0: (area|rooms) = \d\.\d+, (area|rooms) = \d\.\d+$", model.Coefficients.ToString());
    }
}
