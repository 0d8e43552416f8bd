using ElasticNet.Fast.Cli.Verify;
namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Agreement with glmnet and scikit-learn along whole paths, by the rule in NOTICE.md.</summary>
public class GoldenPathTests
{
    public static TheoryData<string> WithFits => GoldenTheory.WithFits;

    public static TheoryData<string> Glmnet => GoldenTheory.Glmnet;

    public static TheoryData<string> WithDeviances => GoldenTheory.WithDeviances;

    [Fact]
    public void Every_case_is_there() => Assert.Equal(81, GoldenFile.Names.Count());

    [Theory]
    [MemberData(nameof(WithFits))]
    public void Coefficients_agree(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        foreach (GoldenFit fit in solved.Case.File.Fits)
        {
            Solution ours = solved.Double[fit.Index];
            double difference = solved.Case.Difference(ours.Coefficients, fit.Coef);
            Assert.True(difference <= solved.Case.Tolerance, $"λ #{fit.Index}: coefficients differ by {difference:e2}.");
            Assert.Equal(fit.Df, ours.Fit.NonZeroCount);
            Assert.Equal(ours.Coefficients.Count(value => value != 0), ours.Fit.NonZeroCount);
        }
    }

    [Theory]
    [MemberData(nameof(WithFits))]
    public void Intercepts_agree(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        double spread = Spread(solved.Case);
        foreach (GoldenFit fit in solved.Case.File.Fits)
        {
            double ours = solved.Double[fit.Index].Fit.Intercept;
            double allowed = solved.Case.Tolerance * Math.Max(Math.Abs(fit.Intercept), spread);
            Assert.True(Math.Abs(ours - fit.Intercept) <= allowed, $"λ #{fit.Index}: intercept {ours:r} instead of {fit.Intercept:r}.");
        }
    }

    [Theory]
    [MemberData(nameof(WithFits))]
    public void Objectives_are_not_above(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        foreach (GoldenFit fit in solved.Case.File.Fits)
        {
            Solution ours = solved.Double[fit.Index];
            Optimality mine = ours.Check();
            Optimality theirs = (ours with { Fit = ours.Fit with { Intercept = fit.Intercept }, Coefficients = fit.Coef }).Check();
            double above = (mine.Objective - theirs.Objective) / mine.NullLoss;
            Assert.True(above <= 1e-12, $"λ #{fit.Index}: objective {above:e2} null losses above the golden one.");
        }
    }

    [Theory]
    [MemberData(nameof(WithFits))]
    public void Predictions_agree(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        double allowed = solved.Case.Tolerance * Spread(solved.Case);
        for (int k = 0; k < solved.Case.File.Fits.Length; k++)
        {
            GoldenFit fit = solved.Case.File.Fits[k];
            int[] rows = solved.Case.File.Predict?.Rows ?? [.. Enumerable.Range(0, (fit.PredictFirst5 ?? fit.PredictProbaFirst5)!.Length)];
            for (int i = 0; i < rows.Length; i++)
            {
                double golden = solved.Case.File.Predict?.Response[i][k] ?? (fit.PredictFirst5 ?? fit.PredictProbaFirst5)![i];
                double ours = Mean(solved.Case, solved.Double[fit.Index].Predict(rows[i]));
                Assert.True(Math.Abs(ours - golden) <= Math.Max(allowed, solved.Case.Tolerance * Math.Abs(golden)), $"λ #{fit.Index}, row {rows[i]}: predicted {ours:r} instead of {golden:r}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(WithDeviances))]
    public void Deviance_ratios_agree(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        GoldenFile file = solved.Case.File;
        double[] golden = file.DevRatioPath ?? [.. file.Fits.Select(fit => fit.DevRatio!.Value)];
        Assert.Equal(file.LambdaPath.Length, golden.Length);
        for (int k = 0; k < golden.Length; k++)
        {
            double ours = solved.Double[k].Fit.DevianceRatio;
            Assert.True(Math.Abs(ours - golden[k]) <= 1e-8, $"λ #{k}: deviance ratio {ours:r} instead of {golden[k]:r}.");
        }
    }

    /// <summary>
    /// The number of non-zeros all along the path. A coefficient that is on its way in or out (at most 1e-6 of the
    /// largest) may count or not: there the other tool's own error decides.
    /// </summary>
    [Theory]
    [MemberData(nameof(Glmnet))]
    public void Non_zero_counts_agree(string name)
    {
        GoldenSolutions solved = GoldenSolutions.Of(name);
        int[] golden = solved.Case.File.DfPath!;
        for (int k = 0; k < golden.Length; k++)
        {
            Solution ours = solved.Double[k];
            double[] effects = [.. ours.Coefficients.Select((value, j) => Math.Abs(value) * solved.Case.Sd[j])];
            int sure = effects.Count(effect => effect > 1e-6 * effects.Max());
            int entering = ScaledGradient.CountNearThreshold(ours, 1e-6);
            Assert.InRange(golden[k], sure, ours.Fit.NonZeroCount + entering);
        }
    }

    /// <summary>A single fit, which has no path to lean on, finds the same solution.</summary>
    [Theory]
    [MemberData(nameof(WithFits))]
    public void Single_fits_agree(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        foreach (GoldenFit fit in golden.File.Fits)
        {
            Solution ours = golden.Problem.Fit(golden.Lambdas[fit.Index], golden.L1Ratio);
            double difference = golden.Difference(ours.Coefficients, fit.Coef);
            Assert.True(difference <= golden.Tolerance, $"λ #{fit.Index}: coefficients differ by {difference:e2}.");
            Assert.InRange(ours.Fit.RelativeGap, 0, golden.Claim);
        }
    }

    /// <summary>What we take for glmnet's scaling of the ridge term is what was measured on glmnet.</summary>
    [Theory]
    [MemberData(nameof(Glmnet))]
    public void Ridge_scale_is_the_measured_one(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        if (golden.File.Alpha == 1)
        {
            Assert.Equal(1, golden.Scale);
            return;
        }

        double expected = golden.File.Alpha + (1 - golden.File.Alpha) * golden.File.RidgeScale!.Value;
        Assert.Equal(1, golden.Scale / expected, 1e-9);
    }

    /// <summary>The mean response, by the definition of the link.</summary>
    private static double Mean(GoldenCase golden, double eta) =>
        golden.Problem.Options.Family == Family.Gaussian ? eta : PlainLoss.Of(golden.Problem.Options.Family).Mean(eta);

    private static double Spread(GoldenCase golden) =>
        new ScaledProblem(golden.Problem.X, golden.Problem.Y, ElasticNetOptions.Default, 0, 1).NullNorm;
}
