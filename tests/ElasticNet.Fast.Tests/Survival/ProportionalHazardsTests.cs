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
