namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Cross-validation curves and choices agree with cv.glmnet and ElasticNetCV.</summary>
public class GoldenCrossValidationTests
{
    public static TheoryData<string> Glmnet => GoldenTheory.GlmnetCrossValidated;

    public static TheoryData<string> Scikit => GoldenTheory.ScikitCrossValidated;

    public static TheoryData<string> GlmnetLasso => GoldenTheory.GlmnetLassoCrossValidated;

    /// <summary>For the lasso the folds of both minimise the same objective; for others see the next test.</summary>
    [Theory]
    [MemberData(nameof(GlmnetLasso))]
    public void Lasso_curves_agree(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        foreach ((string part, Measure measure) in new[] { ("mse", Measure.MeanSquaredError), ("mae", Measure.MeanAbsoluteError) })
        {
            if (golden.Curve(part) is not { } expected)
                continue;
            CrossValidationResult result = CrossValidate(golden, measure);
            Agree(expected, 1, [.. result.Best.Points.Select(point => (point.Mean, point.StandardError))], result.LambdaMin, result.Lambda1Se);
            Assert.Equal(result.Best.Points.Select(point => point.Lambda), golden.Lambdas);
        }
    }

    /// <summary>glmnet's way, fold by fold with paths on subsets of the rows, each with the mixing that its own y asks for.</summary>
    [Theory]
    [MemberData(nameof(Glmnet))]
    public void Curves_from_paths_on_subsets_agree(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        (double Mean, double StandardError)[] curve = FoldPaths.Curve(golden);
        GoldenCurve expected = golden.Curve("mse")!;
        int best = curve.Index().MinBy(point => point.Item.Mean).Index;
        int oneSe = curve.Index().First(point => point.Item.Mean <= curve[best].Mean + curve[best].StandardError).Index;
        Agree(expected, golden.Scale, curve, golden.Lambdas[best], golden.Lambdas[oneSe]);
    }

    [Theory]
    [MemberData(nameof(Scikit))]
    public void Fold_errors_agree(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        CrossValidationResult result = CrossValidate(golden, Measure.MeanSquaredError);
        double[][] expected = golden.File.CvPart<double[][]>("mse_path")!;
        double[,] ours = result.Best.FoldErrors.ToArray();
        Assert.Equal((expected.Length, expected[0].Length), (ours.GetLength(0), ours.GetLength(1)));
        for (int fold = 0; fold < expected.Length; fold++)
        {
            for (int k = 0; k < expected[fold].Length; k++)
                Assert.True(Math.Abs(ours[fold, k] / expected[fold][k] - 1) <= 1e-6, $"fold {fold}, λ #{k}: {ours[fold, k]:r} instead of {expected[fold][k]:r}.");
        }

        double lambdaMin = golden.File.CvPart<double>("lambda_min");
        Assert.Equal(1, PlainMinimum(golden, ours) / lambdaMin, 1e-6);
    }

    /// <summary>scikit-learn averages unweighted folds equally; ours weighs a fold by its rows, so this is done here.</summary>
    private static double PlainMinimum(GoldenCase golden, double[,] errors)
    {
        int[] ids = golden.File.CvPart<int[]>("foldid")!;
        int[] folds = [.. ids.Distinct().Order()];
        double FoldWeight(int fold) => golden.File.Weights is { } w ? ids.Index().Where(id => id.Item == fold).Sum(id => w[id.Index]) : 1;
        return golden.Lambdas[golden.Lambdas.Index().MinBy(lambda => folds.Index().Sum(fold => FoldWeight(fold.Item) * errors[fold.Index, lambda.Index])).Index];
    }

    private static CrossValidationResult CrossValidate(GoldenCase golden, Measure measure) =>
        (golden.Problem with
        {
            Options = golden.Problem.Options with
            {
                FoldPlan = FoldPlan.Given(golden.File.CvPart<int[]>("foldid")),
                Lambdas = golden.Lambdas,
                L1Ratios = new[] { golden.L1Ratio },
                Measure = measure,
            },
        }).CrossValidate();

    private static void Agree(
        GoldenCurve expected, double scale, (double Mean, double StandardError)[] curve, double lambdaMin, double lambda1Se)
    {
        Assert.Equal(expected.Cvm.Length, curve.Length);
        for (int k = 0; k < curve.Length; k++)
        {
            Assert.True(Math.Abs(curve[k].Mean / expected.Cvm[k] - 1) <= 1e-6, $"λ #{k}: mean {curve[k].Mean:r} instead of {expected.Cvm[k]:r}.");
            Assert.True(Math.Abs(curve[k].StandardError / expected.Cvsd[k] - 1) <= 1e-6, $"λ #{k}: standard error {curve[k].StandardError:r} instead of {expected.Cvsd[k]:r}.");
        }

        Assert.Equal(1, lambdaMin / (expected.LambdaMin * scale), 1e-6);
        Assert.Equal(1, lambda1Se / (expected.Lambda1Se * scale), 1e-6);
    }
}
