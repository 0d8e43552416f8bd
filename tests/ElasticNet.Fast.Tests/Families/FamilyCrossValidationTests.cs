using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>Cross-validation curves of families agree with cv.glmnet, and so do both choices of λ.</summary>
public class FamilyCrossValidationTests
{
    /// <summary>glmnet's mean squared error of a binomial model sums over both classes, which makes it twice the Brier score.</summary>
    private static readonly (string Part, Measure Measure, double Factor, Family? Only)[] s_measures =
    [
        ("deviance", Measure.Deviance, 1, null),
        ("class", Measure.Misclassification, 1, null),
        ("auc", Measure.Auc, 1, null),
        ("mse", Measure.MeanSquaredError, 1, Family.Poisson),
        ("mse", Measure.MeanSquaredError, 2, Family.Binomial),
        ("mse", Measure.Brier, 2, Family.Binomial),
    ];

    public static TheoryData<string> All => GoldenTheory.FamiliesCrossValidated;

    [Theory]
    [MemberData(nameof(All))]
    public void Curves_and_choices_agree(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        int[] folds = golden.File.CvPart<int[]>("foldid")!;
        int compared = 0;
        foreach ((string part, Measure measure, double factor, Family? only) in s_measures)
        {
            if ((only is not null && only != golden.Problem.Options.Family) || golden.Curve(part) is not { } expected)
                continue;
            ElasticNetOptions options = golden.Problem.Options with { Lambdas = golden.Lambdas, L1Ratios = new double[] { golden.L1Ratio }, Measure = measure };
            CrossValidationResult result = ElasticNetEstimator.CrossValidate(golden.Problem.X, new Target(golden.Problem.Y) { Folds = FoldPlan.Given(folds) }, options);
            compared++;
            for (int k = 0; k < golden.Lambdas.Length; k++)
            {
                CrossValidationPoint point = result.Best.Points[k];
                Assert.True(Math.Abs(factor * point.Mean - expected.Cvm[k]) <= 1e-6 * expected.Cvm[k], $"{part}, λ #{k}: mean {factor * point.Mean:r} instead of {expected.Cvm[k]:r}.");
                Assert.True(Math.Abs(factor * point.StandardError - expected.Cvsd[k]) <= 1e-6 * expected.Cvm[k], $"{part}, λ #{k}: standard error {factor * point.StandardError:r} instead of {expected.Cvsd[k]:r}.");
            }

            Assert.Equal(expected.LambdaMin, result.LambdaMin, 1e-9 * expected.LambdaMin);
            Assert.Equal(expected.Lambda1Se, result.Lambda1Se, 1e-9 * expected.Lambda1Se);
        }

        Assert.True(compared > 1);
    }
}
