using System.Text.Json;
using ElasticNet.Fast.Tests.Survival;
using Xunit.Abstractions;

namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>Other people's solutions for several classes and several responses.</summary>
public class OutputGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. OutputGolden.Names];

    public static TheoryData<string> Validated => [.. OutputGolden.Names.Where(name => new OutputGolden(name).Has("cv"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Solutions_agree(string name)
    {
        OutputGolden golden = new(name);
        RegularizationPath path = ElasticNetEstimator.Path(golden.X, golden.Target(), golden.L1Ratio, golden.Options with { Lambdas = golden.Lambdas });
        double worst = 0;
        for (int k = 0; k < path.Count; k++)
        {
            JsonElement fit = golden.Fits[k];
            Assert.InRange(path[k].RelativeGap, 0, 1e-12);
            Assert.InRange(path[k].Fit.KktResidual, 0, 1e-12);
            worst = Math.Max(worst, golden.Difference(path[k].Coefficients, fit.GetProperty("coef")));
            double[] intercepts = SurvivalGolden.Numbers(fit, fit.TryGetProperty("intercept", out _) ? "intercept" : "intercept_centered");
            double size = intercepts.Max(Math.Abs) + 1;
            for (int output = 0; output < intercepts.Length; output++)
                Assert.Equal(intercepts[output], path[k].Intercepts.Span[output], 10 * golden.Tolerance * size);
            if (fit.TryGetProperty("dev_ratio", out JsonElement ratio))
                Assert.Equal(ratio.GetDouble(), path[k].Fit.DevianceRatio, golden.IsGlmnet ? 1e-8 : 1e-12);
            if (fit.TryGetProperty("df", out JsonElement df))
                Assert.Equal(df.GetInt32(), path[k].Fit.NonZeroCount);
        }

        output.WriteLine($"{name}: worst difference {worst:e1}, worst gap {path.Max(point => point.RelativeGap):e1}");
        Assert.InRange(worst, 0, golden.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_agree(string name)
    {
        OutputGolden golden = new(name);
        if (!golden.Has("predict"))
            return;
        JsonElement predict = golden["predict"], response = predict.GetProperty("response");
        int[] rows = [.. predict.GetProperty("rows").EnumerateArray().Select(row => row.GetInt32())];
        double[] lambdas = [.. predict.GetProperty("lambda").EnumerateArray().Select(lambda => lambda.GetDouble())];
        for (int l = 0; l < lambdas.Length; l++)
        {
            using ElasticNetModel model = ElasticNetEstimator.Fit(golden.X, golden.Target(), lambdas[l], golden.L1Ratio, golden.Options);
            double[] row = new double[golden.X.GetLength(1)], predictions = new double[model.Outputs];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = 0; j < row.Length; j++)
                    row[j] = golden.X[rows[i], j];
                model.Predict(row, predictions);
                for (int k = 0; k < predictions.Length; k++)
                    Assert.Equal(response[l][i][k].GetDouble(), predictions[k], 10 * golden.Tolerance * (1 + Math.Abs(predictions[k])));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Validated))]
    public void Cross_validation_curves_agree(string name)
    {
        OutputGolden golden = new(name);
        JsonElement cv = golden["cv"];
        int[] folds = [.. cv.GetProperty("foldid").EnumerateArray().Select(fold => fold.GetInt32())];
        foreach ((string key, Measure measure) in new[] { ("deviance", Measure.Deviance), ("class", Measure.Misclassification), ("mse", Measure.MeanSquaredError) })
        {
            if (!cv.TryGetProperty(key, out JsonElement curve))
                continue;
            double[] lambdas = SurvivalGolden.Numbers(curve, "lambda"), means = SurvivalGolden.Numbers(curve, "cvm"), errors = SurvivalGolden.Numbers(curve, "cvsd");
            CrossValidationResult result = ElasticNetEstimator.CrossValidate(
                golden.X, golden.Target(folds), golden.Options with { L1Ratios = [golden.L1Ratio], Lambdas = lambdas, Measure = measure });
            for (int k = 0; k < lambdas.Length; k++)
            {
                CrossValidationPoint point = result.Best.Points[k];
                output.WriteLine($"{name} {key} {k}: {means[k]} {point.Mean} {errors[k]} {point.StandardError}");
                Assert.Equal(means[k], point.Mean, 5e-6 * means[k]);
                Assert.Equal(errors[k], point.StandardError, 1e-5 * means[k]);
            }

            Assert.Equal(curve.GetProperty("lambda_min").GetDouble(), result.LambdaMin, 1e-9);
            Assert.Equal(curve.GetProperty("lambda_1se").GetDouble(), result.Lambda1Se, 1e-9);
        }
    }
}
