using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>Assessments of survival: as R's survival has them, as the definitions say by plain loops, and defined where little is known.</summary>
public class SurvivalAssessmentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Held_out_rows_are_assessed_as_R_does(bool isEfron)
    {
        AssessmentGolden training = AssessmentGolden.Veteran(isEfron, isTraining: true), held = AssessmentGolden.Veteran(isEfron, isTraining: false);
        using ElasticNetModel model = training.Fit();
        double[] golden = training.Numbers("coefficients");
        for (int j = 0; j < golden.Length; j++)
            Assert.Equal(golden[j], model.Coefficients[j], 1e-7);
        double[] times = training.Numbers("times");
        SurvivalAssessment found = SurvivalAssessment.Of(model, held.X, held.Target, times);
        Assert.Equal(training.Number("harrell"), found.Concordance, 1e-12);
        Assert.Equal(training.Number("unoTo200"), found.UnoConcordance, 1e-9);
        Assert.Equal(training.Number("slope"), found.Slope, 1e-6);
        Assert.Equal(training.Number("expected"), found.ExpectedEvents, 1e-5);
        double[] brier = training.Numbers("brier"), reference = training.Numbers("nullBrier"), auc = training.Numbers("auc");
        for (int k = 0; k < times.Length; k++)
        {
            Assert.Equal(1, training.Numbers("weight")[k], 1e-12);
            Assert.Equal(brier[k], found.AtTimes[k].Brier, 1e-7);
            Assert.Equal(reference[k], found.AtTimes[k].NullBrier, 1e-12);
            Assert.Equal(auc[k], found.AtTimes[k].Auc, 1e-12);
        }

        KaplanMeier curve = KaplanMeier.Of(held.Target);
        Assert.Equal(training.Numbers("kaplanMeier", "surv"), times.Select(curve.At), Within(1e-12));
        Assert.Equal(training.Numbers("kaplanMeier", "stderr"), times.Select(curve.StandardErrorAt), Within(1e-12));
        // Partial likelihoods differ from the deviances by what a model that foresees all has.
        double[] likelihood = training.Numbers("loglik");
        Assert.Equal(2 * (training.Number("loglikAtOne") - likelihood[0]), (found.NullDeviance - found.Deviance) * found.EventWeight, 1e-6);
        Assert.Equal(training.Number("uno"), SurvivalAssessment.Of(model, held.X, held.Target).UnoConcordance, 1e-9);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Residuals_are_those_of_R(bool isEfron, bool isLate)
    {
        AssessmentGolden golden = isLate ? AssessmentGolden.Late(isEfron) : AssessmentGolden.Veteran(isEfron, isTraining: true);
        using ElasticNetModel model = golden.Fit();
        SurvivalAssessment found = SurvivalAssessment.Of(model, golden.X, golden.Target);
        Assert.Equal(golden.Numbers("martingale"), found.MartingaleResiduals(), Within(1e-7));
        Assert.Equal(golden.Numbers("deviance"), found.DevianceResiduals(), Within(1e-7));
        if (!isLate)
            return;
        Assert.Equal(golden.Number("harrell"), found.Concordance, 1e-12);
        KaplanMeier curve = KaplanMeier.Of(golden.Target);
        double[] times = golden.Numbers("kaplanMeier", "times");
        Assert.Equal(golden.Numbers("kaplanMeier", "surv"), times.Select(curve.At), Within(1e-12));
        Assert.Equal(golden.Numbers("kaplanMeier", "stderr"), times.Select(curve.StandardErrorAt), Within(1e-12));
    }

    private static EqualityComparer<double> Within(double tolerance) =>
        EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a)), _ => 0);
}
