using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests;

public class ModelExplanationTests
{
    public static TheoryData<string> Variants => ["plain", "weights", "offset", "no intercept", "ridge"];

    private static ElasticNetOptions Options(string variant) => variant switch
    {
        "weights" => new() { Weights = Enumerable.Range(0, 60).Select(i => (double)(i % 3)).ToArray() },
        "offset" => new() { Offset = Enumerable.Range(0, 60).Select(i => Math.Sin(i)).ToArray() },
        "no intercept" => new() { Intercept = false },
        _ => new(),
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Parts_of_the_deviance_add_up_to_its_ratio(string variant)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 12, seed: 1);
        ElasticNetOptions options = Options(variant);
        ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.1, variant == "ridge" ? 0 : 0.8, options);
        ModelExplanation explanation = ModelExplanation.Of(model, x, y, options);
        Assert.Equal(model.Indices.Length, explanation.Features.Count);
        Assert.Equal(model.Fit.DevianceRatio, explanation.Features.Sum(feature => feature.DevianceContribution), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Contributions_add_up_to_the_prediction(string variant)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 12, seed: 2);
        ElasticNetOptions options = Options(variant);
        ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.1, variant == "ridge" ? 0 : 0.8, options);
        ModelExplanation explanation = ModelExplanation.Of(model, x, y, options);
        double[] row = [.. Enumerable.Range(0, 12).Select(j => x[7, j])];
        double prediction = model.Provenance.HasOffset ? model.Predict(row, 0) : model.Predict(row);
        Assert.Equal(prediction, explanation.Baseline + explanation.Contributions(row).Sum(), 1e-10);
    }

    [Fact]
    public void What_rounds_to_nothing_has_no_sign()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 12, seed: 3);
        double[] target = [.. y.Select((value, i) => 1e6 * x[i, 0] + value)];
        string text = ModelExplanation.Of(ElasticNetEstimator.Fit(x, target, 1e-9), x, target).ToString();
        Assert.Contains(" 0.0000 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("-0.0000 ", text, StringComparison.Ordinal);
    }

    /// <summary>Units by plain sums; order of entry by the path.</summary>
    [Fact]
    public void Units_and_entries_are_those_of_plain_computations()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 12, seed: 3);
        ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.05, 1);
        ModelExplanation explanation = ModelExplanation.Of(model, x, y);
        RegularizationPath path = ElasticNetEstimator.Path(x, y, 1);
        double strongest = double.PositiveInfinity;
        foreach (FeatureExplanation feature in explanation.Features)
        {
            int j = feature.Feature;
            double[] column = [.. Enumerable.Range(0, 60).Select(i => x[i, j]).Order()];
            double mean = column.Average(), deviation = Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
            double meanY = y.Average(), deviationY = Math.Sqrt(y.Average(v => (v - meanY) * (v - meanY)));
            double Quartile(double share) => column[(int)(share * 59)] + (share * 59 - (int)(share * 59)) * (column[(int)(share * 59) + 1] - column[(int)(share * 59)]);
            Assert.Equal(feature.Coefficient * deviation, feature.EffectPerDeviation, 1e-12);
            Assert.Equal(feature.Coefficient * deviation / deviationY, feature.StandardizedCoefficient, 1e-12);
            Assert.Equal(feature.Coefficient * (Quartile(0.75) - Quartile(0.25)), feature.EffectPerQuartiles, 1e-12);
            PathPoint entry = path.First(point => point.Coefficients.Indices.Contains(j));
            Assert.Equal(entry.Lambda, feature.EntryLambda);
            int before = path.TakeWhile(point => point.Lambda > entry.Lambda).SelectMany(point => point.Coefficients.Indices.ToArray()).Distinct().Count();
            Assert.Equal(before + 1, feature.EntryRank);
            Assert.True(Math.Abs(feature.EffectPerDeviation) <= strongest);
            strongest = Math.Abs(feature.EffectPerDeviation);
        }
    }

    /// <summary>A model that has its path is explained by it: none is fitted, so a short one is all that is known.</summary>
    [Fact]
    public void A_path_that_the_model_keeps_is_not_fitted_again()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 12, seed: 3);
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.05, 1);
        RegularizationPath whole = ElasticNetEstimator.Path(x, y, 1), part = ElasticNetEstimator.Path(x, y, 1, new() { Lambdas = new[] { 0.3, 0.05 } });
        using ElasticNetModel kept = model.WithPath(whole), cut = model.WithPath(part), other = model.WithPath(ElasticNetEstimator.Path(x, y, 0.5));
        ModelExplanation expected = ModelExplanation.Of(model, x, y);
        Assert.Equal(expected.Features, ModelExplanation.Of(kept, x, y).Features);
        Assert.Equal(expected.Features, ModelExplanation.Of(other, x, y).Features);
        Assert.All(ModelExplanation.Of(cut, x, y).Features, feature => Assert.Contains(feature.EntryLambda, new[] { 0.3, 0.05 }));
    }

    /// <summary>A copy of a column shares its effect: all to one under the lasso, half and half under ridge.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    public void Groups_tell_how_an_effect_is_shared(double l1Ratio)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 6, seed: 4);
        for (int i = 0; i < 60; i++)
            x[i, 4] = -2 * x[i, 0] + 1;
        ModelExplanation explanation = ModelExplanation.Of(ElasticNetEstimator.Fit(x, y, 0.1, l1Ratio), x, y, null, groupCorrelation: 0.95);
        CorrelatedGroup group = Assert.Single(explanation.Groups);
        Assert.Equal([0, 4], group.Features.ToArray());
        Assert.Equal(1, group.Shares.ToArray().Sum(), 1e-12);
        Assert.Equal(l1Ratio == 0 ? 0.5 : 1, group.Shares.ToArray().Max(), 1e-9);
        Assert.Contains("correlated by 0.95 or more", explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_columns_are_explained_as_prepared()
    {
        double[] a = [.. Enumerable.Range(0, 40).Select(i => i % 7 == 0 ? double.NaN : Math.Sin(i))];
        double[] b = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 0.0 : 1)];
        FeatureTable table = new([InputColumn.Number("a"), InputColumn.Category("b", ["u", "v"])], a.Concat(b).ToArray(), 40);
        double[] y = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i) + i % 3)];
        ElasticNetOptions options = new() { Preparation = new() { Imputation = ImputationMethod.Mean, Scaling = ScalingMethod.Standard } };
        ElasticNetModel model = ElasticNetEstimator.Fit(table, y, 0.01, 1, options);
        ModelExplanation explanation = ModelExplanation.Of(model, table, y, options);
        Assert.Equal(model.Fit.DevianceRatio, explanation.Features.Sum(feature => feature.DevianceContribution), 1e-10);
        double[] features = new double[model.FeatureCount];
        model.Preparation!.Transform([a[5], b[5]], features);
        Assert.Equal(model.Predict([a[5], b[5]]), explanation.Baseline + explanation.Contributions(features).Sum(), 1e-10);
        Assert.All(explanation.Features, feature => Assert.True(feature.EntryRank > 0));
    }

    [Fact]
    public void Json_holds_what_the_object_holds()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 5, seed: 5);
        ModelExplanation explanation = ModelExplanation.Of(ElasticNetEstimator.Fit(x, y, 0.05, 1), x, y);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
            explanation.WriteJson(writer);
        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(explanation.Features.Select(f => f.EffectPerDeviation), json.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("effectPerDeviation").GetDouble()));
        Assert.Equal(explanation.Baseline, json.RootElement.GetProperty("baseline").GetDouble());
    }

    [Fact]
    public void Nothing_selected_and_bad_input()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 5, seed: 6);
        ElasticNetModel empty = ElasticNetEstimator.Fit(x, y, 1e6);
        ModelExplanation explanation = ModelExplanation.Of(empty, x, y);
        Assert.Empty(explanation.Features);
        Assert.Equal(empty.Intercept, explanation.Baseline);
        Assert.Contains("(3 columns) must have the 5", Assert.Throws<ArgumentException>(() => ModelExplanation.Of(empty, new double[60, 3], y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelExplanation.Of(empty, x, y, null, 0));
        Assert.Throws<ArgumentException>(() => explanation.Contributions([1]));
    }
}
