using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>Explanations of Cox models add up.</summary>
public class SurvivalExplanationTests
{
    [Fact]
    public void Parts_add_up_to_the_deviance_explained_and_contributions_to_predictions()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            using ElasticNetModel model = ElasticNetEstimator.Fit(sample.X, sample.Target, 0.02, sample.L1Ratio, sample.Options);
            ModelExplanation found = ModelExplanation.Of(model, sample.X, sample.Target, sample.Options);
            Assert.Equal(model.Indices.Length, found.Features.Count);
            Assert.Equal(model.Fit.DevianceRatio, found.Features.Sum(feature => feature.DevianceContribution), 1e-7);
            double[] row = [.. Enumerable.Range(0, sample.X.GetLength(1)).Select(j => sample.X[0, j])];
            Assert.Equal(model.OnLinkScale.Predict(row, 0), found.Baseline + found.Contributions(row).Sum(), 1e-9);
            Assert.All(found.Features, feature => Assert.True(double.IsNaN(feature.StandardizedCoefficient)));
        }
    }
}
