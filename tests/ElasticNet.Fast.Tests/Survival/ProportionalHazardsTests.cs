using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>The test of proportional hazards: as cox.zph has it, and right about data that are known.</summary>
public class ProportionalHazardsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_that_of_R(bool isEfron)
    {
        AssessmentGolden golden = AssessmentGolden.Veteran(isEfron, isTraining: true);
        using ElasticNetModel model = golden.Fit();
        ProportionalHazardsTest test = Compare(golden, model, HazardTimeScale.KaplanMeier, "zph", "km");
        Compare(golden, model, HazardTimeScale.Identity, "zph", "identity");
        Compare(golden, model, HazardTimeScale.Logarithm, "zph", "log");
        CompareResiduals(golden, test);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_that_of_R_with_late_entry_strata_and_weights(bool isEfron)
    {
        AssessmentGolden golden = AssessmentGolden.Late(isEfron);
        using ElasticNetModel model = golden.Fit();
        Compare(golden, model, HazardTimeScale.Identity, "zph", "identity");
        Compare(golden, model, HazardTimeScale.Logarithm, "zph", "log");
        AssessmentGolden plain = AssessmentGolden.Late(isEfron, inStrata: false);
        using ElasticNetModel single = plain.Fit();
        Compare(plain, single, HazardTimeScale.KaplanMeier, "plain", "zph", "km");
        Compare(plain, single, HazardTimeScale.Identity, "plain", "zph", "identity");
    }

    /// <summary>An effect that turns round in the middle is found, one that stays is not, and a copy has no coefficient of its own.</summary>
    [Fact]
    public void Effects_that_change_are_found()
    {
        Random random = new(5);
        int n = 1500;
        double[,] x = new double[n, 4];
        double[] time = new double[n];
        bool[] events = new bool[n];
        for (int i = 0; i < n; i++)
        {
            (x[i, 0], x[i, 1], x[i, 3]) = (random.Next(2), random.NextDouble(), 1);
            x[i, 2] = 3 - 2 * x[i, 0];
            // Up to 1 the first has four times the hazard, then a quarter; the second e times all along.
            double rate = Math.Exp(x[i, 1]), exposure = -Math.Log(1 - random.NextDouble()) / rate, early = x[i, 0] == 1 ? 2 : 0.5, later = x[i, 0] == 1 ? 0.5 : 2;
            time[i] = Math.Min(exposure < early * 0.3 ? exposure / early : 0.3 + (exposure - early * 0.3) / later, 2);
            events[i] = time[i] < 2;
        }

        Target y = Target.Survival(time, events);
        // A penalty of the ridge keeps all of them.
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.01, 0.05, new() { Family = Family.Cox, FeatureNames = ["turns", "stays", "copy", "one"] });
        Assert.Equal([0, 1, 2], model.Indices.ToArray());
        foreach (HazardTimeScale scale in Enum.GetValues<HazardTimeScale>())
        {
            ProportionalHazardsTest test = ProportionalHazardsTest.Of(model, x, y, scale);
            Assert.Equal(["copy"], test.LeftOut);
            Assert.Equal(["turns", "stays"], test.Lines.Select(line => line.Name));
            Assert.InRange(test.Lines[0].PValue, 0, 1e-10);
            Assert.InRange(test.Lines[1].PValue, 0.01, 1);
            Assert.InRange(test.PValue, 0, 1e-8);
            Assert.Contains("turns", test.ToString(), StringComparison.Ordinal);
            Assert.Contains("left out, because others tell the same: copy", test.ToString(), StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionalHazardsTest.Of(model, x, Target.Survival(time, events)).SchoenfeldResiduals(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProportionalHazardsTest.Of(model, x, Target.Survival(time, events), (HazardTimeScale)9));
    }

    [Fact]
    public void What_cannot_be_tested_is_refused_by_name()
    {
        double[,] x = { { 6, 0.3 }, { 5, -1 }, { 4, 0.2 }, { 3, 1 }, { 2, -0.7 }, { 1, 0.1 } };
        double[] time = [1, 2, 3, 4, 5, 6];
        bool[] events = [true, true, false, true, false, true];
        Target y = Target.Survival(time, events);
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.01, 1, new() { Family = Family.Cox }), gaussian = ElasticNetEstimator.Fit(x, time, 0.1);
        Assert.Contains("monotone likelihood", Assert.Throws<ArgumentException>(() => ProportionalHazardsTest.Of(model, x, Target.Survival(time, events))).Message, StringComparison.Ordinal);
        Assert.Contains("is of Cox models", Assert.Throws<NotSupportedException>(() => ProportionalHazardsTest.Of(gaussian, x, Target.Survival(time, events))).Message, StringComparison.Ordinal);
        x[3, 0] = double.NaN;
        Assert.Contains("row 3 (counted from 0) has NaN as 'x0'", Assert.Throws<ArgumentException>(() => ProportionalHazardsTest.Of(model, x, Target.Survival(time, events))).Message, StringComparison.Ordinal);
        // Nothing selected, nothing to test.
        using ElasticNetModel none = ElasticNetEstimator.Fit(x, Target.Survival(time, events) with { Weights = [1, 1, 1, 0, 1, 1] }, 10, 1, new() { Family = Family.Cox });
        Assert.Empty(ProportionalHazardsTest.Of(none, x, Target.Survival(time, events)).Lines);
    }

    private static ProportionalHazardsTest Compare(AssessmentGolden golden, ElasticNetModel model, HazardTimeScale scale, params string[] place)
    {
        ProportionalHazardsTest test = ProportionalHazardsTest.Of(model, golden.X, golden.Target, scale);
        double[] statistics = golden.Numbers([.. place, "chisq"]), values = golden.Numbers([.. place, "p"]);
        for (int k = 0; k < test.Lines.Count; k++)
        {
            Assert.Equal(statistics[k], test.Lines[k].ChiSquare, 1e-6 * Math.Max(1, statistics[k]));
            Assert.Equal(values[k], test.Lines[k].PValue, 1e-7);
        }

        Assert.Equal(test.Lines.Count + 1, statistics.Length);
        Assert.Equal(statistics[^1], test.ChiSquare, 1e-6 * statistics[^1]);
        Assert.Equal(values[^1], test.PValue, 1e-7);
        return test;
    }

    // R has them event after event, the features of each together, one column after the other.
    private static void CompareResiduals(AssessmentGolden golden, ProportionalHazardsTest test)
    {
        double[] plain = golden.Numbers("schoenfeld"), scaled = golden.Numbers("scaledschoenfeld");
        int events = test.EventRows.Length;
        Assert.Equal(events * test.Lines.Count, plain.Length);
        for (int k = 0; k < test.Lines.Count; k++)
        {
            for (int e = 0; e < events; e++)
            {
                Assert.Equal(plain[k * events + e], test.SchoenfeldResiduals(k).Span[e], 1e-6);
                Assert.Equal(scaled[k * events + e], test.ScaledSchoenfeldResiduals(k).Span[e], 1e-6);
            }
        }
    }
}
