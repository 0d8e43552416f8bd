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

    [Fact]
    public void What_cannot_be_assessed_is_refused_by_name()
    {
        AssessmentGolden golden = AssessmentGolden.Veteran(isEfron: true, isTraining: true);
        using ElasticNetModel model = golden.Fit(), gaussian = ElasticNetEstimator.Fit(golden.X, golden.Time, 1);
        Assert.Contains("ModelAssessment assesses it", Assert.Throws<NotSupportedException>(() => SurvivalAssessment.Of(gaussian, golden.X, golden.Target)).Message, StringComparison.Ordinal);
        Assert.Contains("SurvivalAssessment", Assert.Throws<NotSupportedException>(() => model.Score(golden.X, golden.Target)).Message, StringComparison.Ordinal);
        Assert.Contains("must be a survival target", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(model, golden.X, golden.Time)).Message, StringComparison.Ordinal);
        Assert.Contains("'times' (0) must be positive", Assert.Throws<ArgumentOutOfRangeException>(() => SurvivalAssessment.Of(model, golden.X, golden.Target, [0])).Message, StringComparison.Ordinal);
        Assert.Contains("not be named twice", Assert.Throws<ArgumentOutOfRangeException>(() => SurvivalAssessment.Of(model, golden.X, golden.Target, [3, 3])).Message, StringComparison.Ordinal);
        int n = golden.Time.Length;
        Assert.Contains("all 92 rows are censored", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(model, golden.X, Target.Survival(golden.Time, new bool[n]))).Message, StringComparison.Ordinal);
        double[] broken = [.. golden.Time.Select((time, i) => i == 4 ? 0 : time)];
        Assert.Contains("row 4 (counted from 0) has 0", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(model, golden.X, Target.Survival(broken, golden.Events))).Message, StringComparison.Ordinal);
        double[] eta = new double[n];
        eta[7] = double.NaN;
        Assert.Contains("Row 7 (counted from 0) has no prediction", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(Family.Cox, null, eta, golden.Target)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(Family.Cox, null, [1, 2], golden.Target));
        Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(Family.Cox, null, new double[n], golden.Target).By(["a"]));
        // A weight of 0 takes the row out.
        double[] weights = [.. golden.Time.Select((_, i) => i == 7 ? 0.0 : 1)];
        Assert.Equal(n - 1, SurvivalAssessment.Of(Family.Cox, null, eta, golden.Target with { Weights = weights }).Rows);
        Assert.Contains("negative", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(Family.Cox, null, new double[n], golden.Target with { Weights = [.. weights.Select(w => -w)] })).Message, StringComparison.Ordinal);

        AssessmentGolden late = AssessmentGolden.Late(isEfron: true);
        using ElasticNetModel inStrata = late.Fit();
        Assert.Contains("'strata' must be given: the model has 3 of them", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(inStrata, late.X, Target.Survival(late.Time, late.Events))).Message, StringComparison.Ordinal);
        Assert.Contains("is in '7', whose baseline hazard it does not know", Assert.Throws<ArgumentException>(() => SurvivalAssessment.Of(inStrata, late.X, Target.Survival(late.Time, late.Events, [], [.. late.Strata.Select(stratum => stratum == 2 ? 7 : stratum)]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_not_a_number_and_said()
    {
        AssessmentGolden golden = AssessmentGolden.Veteran(isEfron: true, isTraining: true);
        using ElasticNetModel model = golden.Fit();
        double[] eta = [.. golden.Time.Select((time, i) => -time / 100 + (golden.Events[i] ? 1e-4 : 0))];
        SurvivalAssessment bare = SurvivalAssessment.Of(Family.Cox, null, eta, golden.Target, [100, 1e6]);
        Assert.True(double.IsNaN(bare.AtTimes[0].Brier) && double.IsNaN(bare.IntegratedBrier) && double.IsNaN(bare.ExpectedEvents));
        Assert.Equal(1, bare.Concordance);
        Assert.Equal(1, bare.AtTimes[0].Auc);
        Assert.True(double.IsNaN(bare.AtTimes[1].Auc), "nobody is watched so long");
        Assert.Contains("every event has the larger", bare.Note, StringComparison.Ordinal);
        Assert.Contains("none: the model has no baseline hazard", bare.ToString(), StringComparison.Ordinal);
        SurvivalAssessment flat = SurvivalAssessment.Of(Family.Cox, null, new double[eta.Length], golden.Target);
        Assert.Equal((0.5, 0.5, 0.0), (flat.Concordance, flat.AtTimes[0].Auc, flat.DevianceExplained));
        Assert.Equal("all relative hazards are the same", flat.Note);
        Assert.Single(flat.Groups);
        // One alone, and everybody at once.
        SurvivalAssessment one = SurvivalAssessment.Of(Family.Cox, null, [0.3], Target.Survival([2], [true]));
        Assert.True(double.IsNaN(one.Concordance) && double.IsNaN(one.DevianceExplained) && double.IsNaN(one.AtTimes[0].Auc));
        Assert.Contains("not defined", one.ToString(), StringComparison.Ordinal);
        Assert.True(double.IsNaN(SurvivalAssessment.Of(Family.CoxBreslow, null, [0.3, 1, 2], Target.Survival([2, 2, 2], [true, true, true])).Concordance));
        // A constant more changes nothing that is an order.
        SurvivalAssessment moved = SurvivalAssessment.Of(Family.Cox, null, [.. eta.Select(value => value + 300)], golden.Target, [100]);
        Assert.Equal((bare.Deviance, bare.Concordance), (moved.Deviance, moved.Concordance), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-10 && a.Item2 == b.Item2);
    }

    private static EqualityComparer<double> Within(double tolerance) =>
        EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a)), _ => 0);
}
