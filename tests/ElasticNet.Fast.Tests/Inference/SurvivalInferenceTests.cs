using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Inference of Cox: the bootstrap of rows has a form, what else there is says that it has none.</summary>
public class SurvivalInferenceTests
{
    private const int Rows = 60;
    private static readonly (double[,] X, double[] Y) s_data = RandomData.Linear(Rows, 3, seed: 9);
    private static readonly double[] s_time = [.. s_data.Y.Select((value, i) => Math.Exp(-0.3 * value) * (1 + (i * 7 % 5)))];
    private static readonly bool[] s_events = [.. Enumerable.Range(0, Rows).Select(i => i % 3 != 0)];
    private static readonly int[] s_strata = [.. Enumerable.Range(0, Rows).Select(i => i % 2)];

    [Fact]
    public void Rows_are_drawn_with_their_times()
    {
        // A row that does not count is not there: neither its time nor its features are looked at.
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => i == 5 ? 0.0 : 1)], time = [.. s_time];
        time[5] = double.NaN;
        Target Given() => Target.Survival(time, s_events, default, s_strata) with { Weights = weights };
        ElasticNetOptions options = new() { Family = Family.Cox, MaxDegreeOfParallelism = 1 };
        InferenceOptions bootstrap = new() { Lambda = 0.02, Resamples = 200, Seed = 3 };
        InferenceResult result = new ElasticNetInference(s_data.X, Given(), options).Bootstrap(bootstrap);
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_data.X, Given(), 0.02, 1, options);
        for (int j = 0; j < 3; j++)
        {
            CoefficientInference row = result.Coefficients[j];
            Assert.Equal(model.Coefficients[j], row.Estimate, 1e-9);
            Assert.InRange(row.StandardError, 0.01, 1);
            Assert.True(row.Lower < row.Upper);
        }

        InferenceResult threads = new ElasticNetInference(s_data.X, Given(), options with { MaxDegreeOfParallelism = 3 }).Bootstrap(bootstrap);
        Assert.Equal(result.Coefficients.Select(row => (row.Lower, row.Upper)), threads.Coefficients.Select(row => (row.Lower, row.Upper)));
        // The first feature has the effect that the data were made with, in its size.
        Assert.True(result.Coefficients[0].Lower > 0);
    }

    [Fact]
    public void What_has_no_form_says_so()
    {
        ElasticNetInference inference = new(s_data.X, Target.Survival(s_time, s_events), new() { Family = Family.Cox });
        foreach (Action method in (Action[])[
            () => inference.Debiased(), () => inference.MultiSplit(), () => inference.PostSelection(0.1), () => inference.Refit([0], chosenBySameData: true),
            () => inference.Bootstrap(new() { Bootstrap = BootstrapKind.Residual, Lambda = 0.1 })])
            Assert.Contains("has no form for Family.Cox", Assert.Throws<NotSupportedException>(method).Message, StringComparison.Ordinal);
        int[] codes = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];
        Assert.Contains("Inference is not offered for the family multinomial", Assert.Throws<NotSupportedException>(() => new ElasticNetInference(s_data.X, Target.Classes(codes, ["a", "b", "c"]), new() { Family = Family.Multinomial })).Message, StringComparison.Ordinal);
    }
}
