using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Methods against each other and against plain computations.</summary>
public class InferenceTests
{
    /// <summary>With λ → 0 nothing is shrunk and nothing is left of a column's partners: the debiased fit is least squares.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_penalties_the_debiased_fit_is_least_squares(bool weighted)
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 8, seed: 1);
        ElasticNetOptions options = new() { Weights = weighted ? Enumerable.Range(0, 60).Select(i => (double)(i % 4)).ToArray() : default };
        ElasticNetInference inference = new(x, y, options);
        InferenceResult plain = inference.Refit([0, 1, 2, 3, 4, 5, 6, 7], chosenBySameData: false);
        InferenceResult debiased = inference.Debiased(new() { Lambda = 1e-9, NodeLambda = 1e-9 });
        Assert.False(plain.IsNaiveAfterSelection);
        Assert.Equal(weighted ? 45 : 60, inference.Rows);
        for (int j = 0; j < 8; j++)
        {
            Assert.Equal(1, debiased.Coefficients[j].Estimate / plain.Coefficients[j + 1].Estimate, 1e-6);
            Assert.Equal(1, debiased.Coefficients[j].StandardError / plain.Coefficients[j + 1].StandardError, 1e-6);
        }
    }

    /// <summary>z is as orthogonal to the other columns as its λ says, and exactly that to those it uses.</summary>
    [Fact]
    public unsafe void Nodewise_residuals_are_optimal()
    {
        (double[,] x, double[] y) = RandomData.Linear(30, 50, seed: 2);
        using NodewiseRegressions nodes = new(InferenceSample.Of(CountedTable.Of(x, y, new())));
        using ExactSolver solver = new();
        using RestrictedProblem problem = new();
        double[] z = new double[30];
        foreach (int j in new[] { 0, 17, 49 })
        {
            nodes.Residual(j, 0.2, solver, problem, z);
            int tight = 0;
            fixed (double* left = z)
            {
                for (int k = 0; k < 50; k++)
                {
                    double product = Math.Abs(Kernel.Dot(left, nodes.Column(k), 30));
                    if (k == j)
                        continue;
                    Assert.True(product <= 0.2 + 1e-12, $"{product}");
                    tight += product > 0.2 - 1e-12 ? 1 : 0;
                }
            }

            Assert.InRange(tight, 1, 29);
        }
    }

    /// <summary>A weight of 2 is the row twice, where degrees of freedom are not counted.</summary>
    [Fact]
    public void Rows_of_weight_0_count_nowhere()
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 6, seed: 4);
        double[,] part = new double[30, 6];
        for (int i = 0; i < 30; i++)
        {
            for (int j = 0; j < 6; j++)
                part[i, j] = x[i, j];
        }

        double[] weights = [.. Enumerable.Range(0, 40).Select(i => i < 30 ? 1.0 : 0)];
        InferenceOptions options = new() { Lambda = 0.1 };
        foreach (Func<ElasticNetInference, InferenceResult> method in Methods(options))
        {
            InferenceResult all = method(new(x, y, new() { Weights = weights })), some = method(new(part, y.AsSpan(0, 30)));
            Assert.Equal(some.Coefficients.Count, all.Coefficients.Count);
            for (int k = 0; k < some.Coefficients.Count; k++)
            {
                Assert.Equal(some.Coefficients[k].Lower, all.Coefficients[k].Lower, 1e-9);
                Assert.Equal(some.Coefficients[k].PValue, all.Coefficients[k].PValue, 1e-9);
            }
        }
    }

    [Fact]
    public void Results_are_the_same_for_any_number_of_threads_and_follow_the_seed()
    {
        (double[,] x, double[] y) = RandomData.Linear(50, 10, seed: 5);
        foreach (Func<ElasticNetInference, InferenceResult> method in Methods(new() { Seed = 7 }).Concat(Methods(new() { Bootstrap = BootstrapKind.Residual })))
        {
            InferenceResult one = method(new(x, y, new() { MaxDegreeOfParallelism = 1 })), four = method(new(x, y, new() { MaxDegreeOfParallelism = 4 }));
            Assert.Equal(one.Coefficients, four.Coefficients);
        }

        ElasticNetInference inference = new(x, y);
        Assert.NotEqual(inference.MultiSplit(new() { Splits = 1, Seed = 1 }).Coefficients, inference.MultiSplit(new() { Splits = 1, Seed = 2 }).Coefficients);
        Assert.Equal(2UL, inference.Bootstrap(new() { Resamples = 100, Seed = 2, Lambda = 0.1 }).Seed);
    }

    [Fact]
    public void Strong_features_are_found_and_noise_is_not()
    {
        (double[,] x, double[] y) = RandomData.Linear(120, 30, seed: 6);
        ElasticNetInference inference = new(x, y);
        foreach (InferenceResult result in new[] { inference.Debiased(), inference.MultiSplit() })
        {
            Assert.All(Enumerable.Range(0, 3), j => Assert.InRange(result.Coefficients[j].AdjustedPValue, 0, 0.01));
            Assert.All(Enumerable.Range(3, 27), j => Assert.InRange(result.Coefficients[j].AdjustedPValue, 0.01, 1));
            Assert.All(new[] { 1, -0.7, 0.4 }.Index(), truth => Assert.InRange(truth.Item, result.Coefficients[truth.Index].Lower, result.Coefficients[truth.Index].Upper));
        }
    }

    /// <summary>One split is its own p-value times what it tests; many are never less than the rule of the median allows.</summary>
    [Fact]
    public void Splits_are_aggregated_by_the_rule()
    {
        SplitAggregate one = new(1), four = new(4);
        SplitEstimate found = new(2, 1, 10, 3);
        one.Add(found);
        Assert.Equal(1, one.PValue(0, familywise: true) / (3 * one.PValue(0, familywise: false)), 1e-12);
        Assert.Equal(1, one.PValue(2, familywise: false));
        for (int k = 0; k < 2; k++)
            four.Add(found);
        // Sorted p, p, 1, 1: the least of p·4/1, p·4/2, 1·4/3, 1 is 2p, and (1 − log 0.05) times that.
        double p = one.PValue(0, familywise: false);
        Assert.Equal((1 - Math.Log(0.05)) * 2 * p, four.PValue(0, familywise: false), 1e-12);
        (double lower, double upper) = four.Interval(0.9);
        Assert.Equal(0.1, four.PValue(lower, familywise: false), 1e-9);
        Assert.Equal(0.1, four.PValue(upper, familywise: false), 1e-9);
        Assert.Equal(4 - upper, lower, 1e-9);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), new SplitAggregate(4).Interval(0.9));
    }

    [Fact]
    public void Bootstrap_quantiles()
    {
        double[] sorted = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];
        (double lower, double upper) = BootstrapIntervals.Percentile(sorted, 0.9);
        Assert.Equal(0.05, lower, 1e-12);
        Assert.Equal(0.95, upper, 1e-12);
        // No bias and no skewness: BCa is the percentile interval.
        (lower, upper) = BootstrapIntervals.BiasCorrected(sorted, 0.5, [1, 2, 3], 0.9, out string? collapse);
        Assert.Null(collapse);
        Assert.Equal(0.05, lower, 1e-12);
        Assert.Equal(0.95, upper, 1e-12);
        // Most resamples above the estimate: both ends move down.
        (double low, double high) = BootstrapIntervals.BiasCorrected(sorted, 0.4, [1, 2, 3], 0.9, out collapse);
        Assert.Null(collapse);
        Assert.True(low < lower && high < upper);
    }

    /// <summary>What lies beside the estimate cannot be corrected for its bias: no point is an interval.</summary>
    [Theory]
    [InlineData(2.0, 0)]
    [InlineData(-1.0, 0)]
    [InlineData(0.995, 0)]
    [InlineData(0.5, 1e9)]
    public void BCa_that_collapses_says_so(double estimate, double outlier)
    {
        double[] sorted = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)], leftOut = outlier > 0 ? [.. Enumerable.Repeat(0.0, 400), -outlier] : [1, 2, 3];
        (double lower, double upper) = BootstrapIntervals.BiasCorrected(sorted, estimate, leftOut, 0.95, out string? collapse);
        Assert.True(lower < upper);
        if (collapse is null)
            Assert.True(estimate is > 0 and < 1);
        else
            Assert.True(lower <= Math.Min(estimate, 0.025) + 1e-12 && upper >= Math.Max(estimate, 0.975) - 1e-12);
        if (estimate is < 0 or > 1)
            Assert.Contains("one side", collapse);
    }

    /// <summary>Six rows for five features: the resamples lie beside the estimates.</summary>
    [Fact]
    public void A_bootstrap_of_few_rows_has_no_intervals_of_width_0()
    {
        double[,] x =
        {
            { -1.738266398496882, -1.3366427931811324, -1.361106708564987, -0.35161713127840977, -2.3125815796967033 },
            { -0.18889719608460778, -0.957229228096346, 0.8936001849299788, 0.956847237579234, 1.3922582291390866 },
            { 0.7674701130947078, -0.053029778757267734, 0.8597939889439096, 1.5054811563838433, -0.6535945334170485 },
            { 0.610351145830187, -0.042673827710852374, 1.4400167254152394, -0.8368950200968434, -0.3015466095655266 },
            { 0.36233859316943917, 0.25811026702099754, -1.6394479624476481, 0.360155232237386, -0.11849769951697288 },
            { -0.23974784920156203, -0.15530166200229314, 0.21897170507821917, -1.8163956614546406, 1.5524665679968663 },
        };
        double[] y = [-2.8292200039696316, 1.6580166715385318, -0.20985517068532467, -0.016644738246238466, -0.056859775598521456, 0.44202010125912783];
        InferenceResult result = new ElasticNetInference(x, y, new() { Folds = 3 }).Bootstrap();
        foreach (CoefficientInference found in result.Coefficients)
        {
            Assert.True(found.Lower < found.Upper, $"{found}");
            Assert.True(found.Upper - found.Lower >= found.StandardError, $"{found}");
            Assert.InRange(found.Estimate, found.Lower, found.Upper);
        }

        Assert.Contains("resamples lie on one side of the estimate", result.ToString());
    }

    [Fact]
    public void A_bootstrap_of_what_never_enters_is_0()
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 4, seed: 8);
        InferenceResult result = new ElasticNetInference(x, y).Bootstrap(new() { Lambda = 100, Resamples = 100 });
        Assert.All(result.Coefficients, found => Assert.Equal((0, 0, 0), (found.Estimate, found.Lower, found.Upper)));
        Assert.All(result.Coefficients, found => Assert.Contains("all resamples are equal", found.Note));
        Assert.All(result.Coefficients, found => Assert.True(double.IsNaN(found.PValue)));
    }

    [Fact]
    public void Raw_columns_are_prepared_and_named()
    {
        double[] a = [.. Enumerable.Range(0, 40).Select(i => i % 7 == 0 ? double.NaN : Math.Sin(i))];
        double[] b = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? 0.0 : 1)];
        FeatureTable table = new([InputColumn.Number("a"), InputColumn.Category("b", ["u", "v"])], a.Concat(b).ToArray(), 40);
        double[] y = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i) + 0.1 * Math.Cos(7 * i))];
        ElasticNetInference inference = new(table, y, new() { Preparation = new() { Imputation = ImputationMethod.Mean } });
        InferenceResult result = inference.Debiased(new() { Lambda = 0.05 });
        Assert.Equal(inference.FeatureCount, result.Coefficients.Count);
        Assert.Equal("a", result.Coefficients[0].Name);
        Assert.Contains("as if they had been observed", result.Assumptions);
        Assert.Contains("seed", inference.MultiSplit().ToString());
    }

    private static IEnumerable<Func<ElasticNetInference, InferenceResult>> Methods(InferenceOptions options) =>
    [
        inference => inference.Debiased(options),
        inference => inference.PostSelection(0.1, options),
        inference => inference.Bootstrap(options with { Resamples = 100 }),
        inference => inference.MultiSplit(options with { Splits = 5 }),
    ];
}
