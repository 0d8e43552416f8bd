namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>A fold whose training rows have the reference level alone has no feature: it predicts their mean.</summary>
public class EmptyFoldTests
{
    private static readonly double[] s_target = [1, 2, 4, 3, 6, 9, 8, 5];

    [Theory]
    [InlineData(null, "mse")]
    [InlineData(ScalingMethod.Standard, "mse")]
    [InlineData(ScalingMethod.Robust, "mae")]
    public void Predicts_the_mean(ScalingMethod? scaling, string name)
    {
        Measure measure = Family.Gaussian.Measures.Single(known => known.Name == name);
        FeatureTable x = new([InputColumn.Category("c", ["a", "b"])], new double[] { 0, 0, 0, 0, 1, 0, 1, 1 }, 8);
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(x, s_target, new()
        {
            Preparation = new() { Reference = ReferenceLevel.First, Scaling = scaling },
            FoldPlan = FoldPlan.Given([0, 0, 0, 0, 1, 1, 1, 1]),
            Lambdas = new[] { 0.1, 0.01 },
            L1Ratios = new[] { 0.5, 1 },
            Measure = measure,
        });

        // The training rows of fold 1 are those of fold 0.
        double mean = s_target[..4].Average();
        double expected = s_target[4..].Average(y => measure == Measure.MeanSquaredError ? (y - mean) * (y - mean) : Math.Abs(y - mean));
        foreach (CrossValidationCurve curve in result.Curves)
        {
            for (int k = 0; k < curve.Points.Count; k++)
                Assert.Equal(expected, curve.FoldErrors.ToArray()[1, k], 1e-12);
        }

        Assert.Equal(["c=b"], result.Model.FeatureNames);
    }

    [Fact]
    public void Without_an_intercept_predicts_0()
    {
        FeatureTable x = new([InputColumn.Category("c", ["a", "b"])], new double[] { 0, 0, 0, 0, 1, 0, 1, 1 }, 8);
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(x, s_target, new()
        {
            Preparation = new() { Reference = ReferenceLevel.First },
            FoldPlan = FoldPlan.Given([0, 0, 0, 0, 1, 1, 1, 1]),
            LambdaCount = 5,
            Intercept = false,
        });
        Assert.Equal(s_target[4..].Average(y => y * y), result.Curves[0].FoldErrors.ToArray()[1, 0], 1e-12);
    }
}
