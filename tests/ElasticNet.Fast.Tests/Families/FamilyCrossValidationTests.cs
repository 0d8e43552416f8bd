using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>
/// Cross-validation curves of families agree with cv.glmnet, and so do both choices of λ. Where glmnet measures something else (NOTICE.md), its
/// curve is compared with that, computed from paths on copies of the training rows.
/// </summary>
public class FamilyCrossValidationTests
{
    /// <summary>glmnet keeps probabilities this far from 0 and 1 in its deviance.</summary>
    private const double Clamp = 1e-5;

    /// <summary>glmnet's mean squared error of a binomial model sums over both classes, which makes it twice the Brier score.</summary>
    private static readonly (string Part, Measure Measure, double Factor, Family Family)[] s_measures =
    [
        ("deviance", Measure.Deviance, 1, Family.Binomial),
        ("class", Measure.Misclassification, 1, Family.Binomial),
        ("auc", Measure.Auc, 1, Family.Binomial),
        ("mse", Measure.MeanSquaredError, 2, Family.Binomial),
        ("mse", Measure.Brier, 2, Family.Binomial),
        ("deviance", Measure.Deviance, 1, Family.Poisson),
        ("mse", Measure.MeanSquaredError, 1, Family.Poisson),
    ];

    public static TheoryData<string> All => GoldenTheory.FamiliesCrossValidated;

    [Theory]
    [MemberData(nameof(All))]
    public void Curves_and_choices_agree(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        int[] folds = golden.File.CvPart<int[]>("foldid")!;
        double[][] eta = HeldOut(golden, folds);
        bool isBinomial = golden.Problem.Options.Family == Family.Binomial;
        int compared = 0;
        foreach ((string part, Measure measure, double factor, Family family) in s_measures)
        {
            if (family != golden.Problem.Options.Family || golden.Curve(part) is not { } expected)
                continue;
            ElasticNetOptions options = golden.Problem.Options with { Lambdas = golden.Lambdas, L1Ratios = new[] { golden.L1Ratio }, Measure = measure };
            CrossValidationResult result = ElasticNetEstimator.CrossValidate(golden.Problem.X, new Target(golden.Problem.Y) { Folds = FoldPlan.Given(folds) }, options);
            compared++;
            for (int k = 0; k < golden.Lambdas.Length; k++)
            {
                // Probabilities that double cannot tell from 1, and those of a null model, are in no order but that of rounding.
                if (measure == Measure.Auc && (k == 0 || eta[k].Any(value => 1 / (1 + Math.Exp(-value)) == 1)))
                    continue;
                double mean = factor * result.Best.Points[k].Mean;
                if (measure == Measure.Deviance)
                {
                    Assert.Equal(MeanDeviance(golden, eta[k], 0), mean, 1e-9 * (1 + mean));
                    mean = MeanDeviance(golden, eta[k], isBinomial ? Clamp : 0);
                }

                double allowed = measure == Measure.Auc || measure == Measure.Misclassification ? 1e-6 : 5e-6;
                Assert.True(Math.Abs(mean - expected.Cvm[k]) <= allowed * expected.Cvm[k], $"{measure}, λ #{k}: mean {mean:r} instead of {expected.Cvm[k]:r}.");
                double error = factor * result.Best.Points[k].StandardError;
                if (measure != Measure.Auc && !(measure == Measure.Deviance && isBinomial)) // ranks of rounding; clamped in every fold
                    Assert.True(Math.Abs(error - expected.Cvsd[k]) <= 1e-5 * expected.Cvm[k], $"{measure}, λ #{k}: standard error {error:r} instead of {expected.Cvsd[k]:r}.");
            }

            Assert.Equal(expected.LambdaMin, result.LambdaMin, 1e-9 * expected.LambdaMin);
            Assert.Equal(expected.Lambda1Se, result.Lambda1Se, 1e-9 * expected.Lambda1Se);
        }

        Assert.True(compared > 1);
    }

    /// <summary>The linear predictor of every row, from the path on the other folds' rows; λ × rows.</summary>
    private static double[][] HeldOut(GoldenCase golden, int[] folds)
    {
        double[][] eta = [.. golden.Lambdas.Select(_ => new double[folds.Length])];
        foreach (int fold in folds.Distinct())
        {
            Problem training = golden.Problem.Subset([.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)]);
            foreach ((int k, PathPoint point) in training.Path(golden.L1Ratio, golden.Lambdas).Index())
            {
                if (k % 10 == 9)
                    Assert.InRange(Solution.Of(training, point).Check().RelativeGap, 0, 1e-12);
                Solution solution = Solution.Of(golden.Problem, point);
                for (int i = 0; i < folds.Length; i++)
                    eta[k][i] = folds[i] == fold ? solution.Predict(i) : eta[k][i];
            }
        }

        return eta;
    }

    private static double MeanDeviance(GoldenCase golden, double[] eta, double clamp)
    {
        PlainLoss loss = PlainLoss.Of(golden.Problem.Options.Family);
        double farthest = clamp == 0 ? double.PositiveInfinity : Math.Log((1 - clamp) / clamp);
        return eta.Select((value, i) => 2 * loss.Above(golden.Problem.Y[i], Math.Clamp(value, -farthest, farthest))).Average();
    }
}
