using System.Text.Json;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>Agreement with glmnet, with <c>survival::coxph</c> and with solutions in long double, by the rule in NOTICE.md.</summary>
public class SurvivalGoldenTests
{
    /// <summary>glmnet's own solutions are off the optimum by this much of the deviance.</summary>
    private const double DevianceOfGlmnet = 2e-8;

    public static TheoryData<string> All => new(SurvivalGolden.Names);

    public static TheoryData<string> Unpenalised => new(SurvivalGolden.Names.Where(name => new SurvivalGolden(name).Has("unpenalised")));

    [Fact]
    public void Every_case_is_there() => Assert.Equal(19, SurvivalGolden.Names.Count());

    [Theory]
    [MemberData(nameof(All))]
    public void Solutions_agree(string name)
    {
        SurvivalGolden golden = new(name);
        RegularizationPath path = ElasticNetEstimator.Path(golden.X, golden.Target, golden.L1Ratio, golden.Options with { Lambdas = golden.Lambdas });
        foreach (JsonElement fit in golden.Fits)
        {
            double lambda = fit.GetProperty("lambda").GetDouble();
            PathPoint ours = Assert.Single(path, point => point.Lambda == lambda);
            Assert.InRange(golden.Difference(ours.Coefficients.ToArray(), SurvivalGolden.Numbers(fit, "coef")), 0, golden.Tolerance);
            Assert.InRange(ours.Fit.RelativeGap, 0, 1e-12);
            Assert.Equal(0, ours.Intercept);
            if (fit.TryGetProperty("df", out JsonElement count))
                Assert.Equal(count.GetInt32(), ours.Fit.NonZeroCount);
            if (fit.TryGetProperty("dev_ratio", out JsonElement ratio))
                Assert.Equal(ratio.GetDouble(), ours.Fit.DevianceRatio, golden.IsGlmnet ? DevianceOfGlmnet : 1e-12);
        }

        if (golden.Has("lambda_max"))
            Assert.Equal(1, path.LambdaMax / golden["lambda_max"].GetDouble(), 1e-12);
    }

    /// <summary>A single fit, which has no path to lean on, finds the same solution.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Single_fits_agree(string name)
    {
        SurvivalGolden golden = new(name);
        foreach (JsonElement fit in golden.Fits)
        {
            using ElasticNetModel ours = ElasticNetEstimator.Fit(golden.X, golden.Target, fit.GetProperty("lambda").GetDouble(), golden.L1Ratio, golden.Options);
            Assert.InRange(golden.Difference(ours.Coefficients.ToArray(), SurvivalGolden.Numbers(fit, "coef")), 0, golden.Tolerance);
            Assert.InRange(ours.Fit.RelativeGap, 0, 1e-12);
        }
    }

    /// <summary>At λ = 0 it is <c>coxph</c>.</summary>
    [Theory]
    [MemberData(nameof(Unpenalised))]
    public void Fits_without_a_penalty_agree(string name)
    {
        SurvivalGolden golden = new(name);
        using ElasticNetModel ours = ElasticNetEstimator.Fit(
            golden.X, golden.Target, lambda: 0, l1Ratio: 1, golden.Options with { LowerBounds = [], UpperBounds = [] });
        Assert.InRange(golden.Difference(ours.Coefficients.ToArray(), SurvivalGolden.Numbers(golden["unpenalised"], "coef")), 0, golden.Tolerance);
        Assert.InRange(ours.Fit.RelativeGap, 0, 1e-12);
    }

    [Fact]
    public void Cross_validation_agrees_with_glmnets()
    {
        SurvivalGolden golden = new("cox.lasso");
        JsonElement cv = golden["cv"];
        int[] folds = [.. cv.GetProperty("foldid").EnumerateArray().Select(one => one.GetInt32() - 1)];
        foreach ((string name, Measure measure) in new[] { ("deviance", Measure.PartialDeviance), ("C", Measure.Concordance) })
        {
            JsonElement curve = cv.GetProperty(name);
            double[] lambdas = SurvivalGolden.Numbers(curve, "lambda"), means = SurvivalGolden.Numbers(curve, "cvm"), errors = SurvivalGolden.Numbers(curve, "cvsd");
            CrossValidationResult ours = ElasticNetEstimator.CrossValidate(
                golden.X, golden.Target with { Folds = FoldPlan.Given(folds) }, golden.Options with { Lambdas = lambdas, Measure = measure, L1Ratios = [1] });
            for (int k = 0; k < lambdas.Length; k++)
            {
                Assert.Equal(1, ours.Best.Points[k].Mean / means[k], 1e-6);
                Assert.Equal(1, ours.Best.Points[k].StandardError / errors[k], 1e-5);
            }
        }
    }
}
