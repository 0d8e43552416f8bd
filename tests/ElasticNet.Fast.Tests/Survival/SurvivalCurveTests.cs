using System.Text.Json;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>Baseline hazards and the curves made from them: as other tools have them, from the file alone, and never rising.</summary>
public class SurvivalCurveTests
{
    public static TheoryData<string> WithBaseline => new(SurvivalGolden.Names.Where(name => new SurvivalGolden(name).Has("baseline")));

    [Theory]
    [MemberData(nameof(WithBaseline))]
    public void Baselines_and_curves_agree(string name)
    {
        SurvivalGolden golden = new(name);
        JsonElement baseline = golden["baseline"], curves = golden["survival"];
        int[] rows = [.. curves.GetProperty("rows").EnumerateArray().Select(one => one.GetInt32())];
        double[] times = SurvivalGolden.Numbers(curves, "times");
        for (int k = 0; k < golden.Fits.Length; k++)
        {
            using ElasticNetModel fitted = ElasticNetEstimator.Fit(golden.X, golden.Target, golden.Lambdas[k], golden.L1Ratio, golden.Options);
            using ElasticNetModel model = ElasticNetModel.Load(fitted.ToArray());
            JsonElement[] strata = [.. baseline.GetProperty("strata").EnumerateArray()];
            Assert.Equal(strata.Length, model.Baseline!.Strata.Count);
            foreach (JsonElement stratum in strata)
            {
                int at = Math.Max(model.Baseline.IndexOf(stratum.GetProperty("stratum").ToString()), 0);
                Assert.Equal(SurvivalGolden.Numbers(stratum, "times"), model.Baseline.Strata[at].Times.ToArray());
                double[] expected = [.. stratum.GetProperty("cumulative_hazard")[k].EnumerateArray().Select(one => one.GetDouble())];
                double[] actual = model.Baseline.Strata[at].CumulativeHazard.ToArray();
                for (int t = 0; t < expected.Length; t++)
                    Assert.Equal(1, actual[t] / expected[t], 1e-8);
            }

            double[] survival = new double[times.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                double[] row = [.. Enumerable.Range(0, golden.X.GetLength(1)).Select(j => golden.X[rows[i], j])];
                int stratum = golden.Strata.Length == 0 ? 0 : model.Baseline.IndexOf($"{golden.Strata[rows[i]]}");
                if (golden.Has("offset"))
                    model.PredictSurvival(row, golden.Target.Offset[rows[i]], times, survival, stratum);
                else
                    model.PredictSurvival(row, times, survival, stratum);
                for (int t = 0; t < times.Length; t++)
                    Assert.Equal(curves.GetProperty("values")[k][i][t].GetDouble(), survival[t], 1e-8);
            }
        }
    }

    [Fact]
    public void Curves_fall_and_are_those_of_the_plain_formula()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            using ElasticNetModel model = ElasticNetEstimator.Fit(sample.X, sample.Target, 0.05, sample.L1Ratio, sample.Options);
            double[] eta = sample.Eta(model.Coefficients.ToArray());
            PlainPartialLikelihood plain = new(sample);
            foreach (BaselineStratum stratum in model.Baseline!.Strata)
            {
                double hazard = 0;
                (double Time, double Gain)[] steps = [.. plain.Hazard(eta, int.Parse(stratum.Name))];
                Assert.Equal(steps.Select(step => step.Time), stratum.Times.ToArray());
                for (int k = 0; k < steps.Length; k++)
                {
                    hazard += steps[k].Gain;
                    Assert.Equal(1, stratum.CumulativeHazard.Span[k] / (hazard * Math.Exp(model.Baseline.Center)), 1e-9);
                }
            }

            double[] times = [0, .. sample.Time.Order(), 1e9], survival = new double[times.Length];
            int n = sample.Time.Length;
            for (int i = 0; i < n; i++)
            {
                int stratum = model.Baseline.IndexOf($"{sample.Strata[i]}");
                if (stratum < 0)
                    continue; // no row of it counts
                model.PredictSurvival([.. Enumerable.Range(0, sample.X.GetLength(1)).Select(j => sample.X[i, j])], sample.Offset[i], times, survival, stratum);
                Assert.Equal(1, survival[0]);
                for (int t = 1; t < survival.Length; t++)
                    Assert.InRange(survival[t], 0, survival[t - 1]);
            }
        }
    }

    [Fact]
    public void A_cross_validated_model_has_its_baseline_and_tables_predict_as_rows_do()
    {
        SurvivalGolden golden = new("veteranst.efron.strata.lasso");
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(golden.X, golden.Target, golden.Options with { Folds = 5 });
        Assert.Equal(Measure.PartialDeviance, result.Measure);
        using ElasticNetModel model = ElasticNetModel.Load(result.Model.ToArray()), fitted = ElasticNetEstimator.Fit(golden.X, golden.Target, result.LambdaMin, 1, golden.Options);
        Assert.False(model.Provenance.Intercept);
        for (int s = 0; s < 4; s++)
        {
            double[] expected = fitted.Baseline!.Strata[s].CumulativeHazard.ToArray(), actual = model.Baseline!.Strata[s].CumulativeHazard.ToArray();
            for (int t = 0; t < expected.Length; t++)
                Assert.Equal(1, actual[t] / expected[t], 1e-9);
        }

        int n = golden.Time.Length;
        double[] times = [20, 100], table = new double[2 * n], one = new double[2];
        int[] strata = Array.ConvertAll(golden.Strata, stratum => model.Baseline!.IndexOf($"{stratum}"));
        model.PredictSurvival(golden.X, times, table, strata);
        double[] risks = model.Predict(golden.X);
        for (int i = 0; i < n; i++)
        {
            double[] row = [.. Enumerable.Range(0, golden.X.GetLength(1)).Select(j => golden.X[i, j])];
            model.PredictSurvival(row, times, one, strata[i]);
            Assert.Equal(one, table[(2 * i)..(2 * i + 2)]);
            Assert.Equal(1, risks[i] / Math.Exp(Enumerable.Range(0, row.Length).Sum(j => row[j] * model.Coefficients[j])), 1e-12);
        }
    }

    [Fact]
    public void Curves_are_refused_where_there_are_none()
    {
        double[,] x = { { 1 }, { 2 }, { 4 }, { 3 } };
        using ElasticNetModel gaussian = ElasticNetEstimator.Fit(x, [1, 2, 3, 4], 0.1);
        Assert.Null(gaussian.Baseline);
        Assert.Contains("has no survival curves", Assert.Throws<NotSupportedException>(() => gaussian.PredictSurvival([1.0], [1.0], new double[1])).Message, StringComparison.Ordinal);
        using ElasticNetModel cox = ElasticNetEstimator.Fit(x, Target.Survival([1, 2, 3, 4], [true, true, false, true], [], [0, 0, 1, 1], ["a", "b"]), 0.1, 0.5, new() { Family = Family.Cox });
        Assert.Equal(["a", "b"], cox.Baseline!.Strata.Select(stratum => stratum.Name));
        Assert.Throws<ArgumentOutOfRangeException>(() => cox.PredictSurvival([1.0], [1.0], new double[1], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => cox.PredictSurvival([1.0], [double.NaN], new double[1]));
        Assert.Throws<ArgumentException>(() => cox.PredictSurvival([1.0], [1.0], new double[2]));
        Assert.Throws<ArgumentException>(() => cox.PredictSurvival(x, [1.0], new double[4]));
        Assert.Throws<ArgumentException>(() => cox.PredictSurvival(x, [1.0], new double[4], [0, 0, 0]));
    }

    // Two strata of two times and none, "a" and "bcd": 16 + 8 + 8 + 16 + 16 + 4 = 68 bytes.
    [Theory]
    [InlineData(0, 0, "'strata' (0) must be 1 or more")]
    [InlineData(0, -1, "'strata' (4294967295) must be at most 2147483647")]
    [InlineData(0, int.MaxValue, "section 'BASE'")]
    [InlineData(4, 9, "must have 41 bytes left at 32")]
    [InlineData(16, 3, "must have 52 bytes left at 32")]
    [InlineData(16, -1, "bytes left at 32")]
    [InlineData(24, 7, "the end of stratum 0 (7) must be in [0, 4]")]
    [InlineData(64, -1, "must be UTF-8")]
    public void Each_violation_has_its_message(int at, int value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("BASE", payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Theory]
    [InlineData(8, double.NaN, "'center' of the baseline (NaN) must be finite")]
    [InlineData(32, 0, "'time' 0 of stratum 'a' (0) must be finite and above 0")]
    [InlineData(40, 1, "'time' 1 of stratum 'a' (1) must be finite and above 1")]
    [InlineData(40, double.PositiveInfinity, "must be finite and above 1")]
    [InlineData(48, -0.1, "'hazard' 0 of stratum 'a' (-0.1) must be finite and 0 or more")]
    [InlineData(56, 0.1, "'hazard' 1 of stratum 'a' (0.1) must be finite and 0.25 or more")]
    [InlineData(56, double.NaN, "'hazard' 1 of stratum 'a' (NaN)")]
    public void Numbers_are_held_to_the_rules(int at, double value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("BASE", payload => BitConverter.TryWriteBytes(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void A_reader_may_skip_the_baseline_and_none_is_cut_short()
    {
        RawModel file = RawModel.Parse(Bytes());
        Assert.Equal(0u, file.Sections[file.IndexOf("BASE")].Flags);
        for (int shorter = 0; shorter < 68; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("BASE", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("BASE", payload => [.. payload, 0]));
        file.Sections.RemoveAt(file.IndexOf("BASE"));
        using ElasticNetModel without = ElasticNetModel.Load(file.ToBytes()), with = ElasticNetModel.Load(Bytes());
        Assert.Equal(with.Predict([1.0, 2, 3]), without.Predict([1.0, 2, 3]));
        Assert.Contains("no baseline hazard", Assert.Throws<NotSupportedException>(() => without.PredictSurvival([1.0, 2, 3], [1.0], new double[1])).Message, StringComparison.Ordinal);
        Assert.Equal(Bytes(), with.ToArray());
    }

    private static byte[] Bytes()
    {
        using ElasticNetModel model = new(FamilyPredictTests.Content(Family.Cox, 3, 3, hasOffset: false) with { Baseline = new(0.5, [new("a", [1, 2], [0.25, 0.75]), new("bcd", [], [])]) });
        return model.ToArray();
    }

    private static string Refuse(RawModel file) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(file.ToBytes())).Message;
}
