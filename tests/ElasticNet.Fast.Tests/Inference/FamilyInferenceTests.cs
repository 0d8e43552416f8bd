using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Intervals and tests of families other than the Gaussian: against maximum likelihood, and by how often they cover.</summary>
public class FamilyInferenceTests
{
    /// <summary>Six events in forty rows: some folds of a half of them have none, and features may separate three.</summary>
    [Fact]
    public void Halves_that_cannot_be_fitted_are_counted_and_said()
    {
        Random random = new(3);
        double[,] x = new double[40, 3];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++)
        {
            y[i] = i % 7 == 0 ? 1 : 0;
            for (int j = 0; j < 3; j++)
                x[i, j] = random.NextDouble() + (j == 0 ? y[i] : 0);
        }

        InferenceResult result = new ElasticNetInference(x, y, new() { Family = Family.Binomial, Folds = 10 }).MultiSplit(new() { Splits = 20 });
        Assert.Equal(20, result.Splits);
        Assert.InRange(result.UnfittedSplits, 1, 20);
        Assert.Contains(FormattableString.Invariant($"in {result.UnfittedSplits} of 20 splits a half could not be fitted"), result.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, new ElasticNetInference(x, y).Debiased().Splits);
    }

    private static readonly double[] s_truth = [0.8, 0, -0.6, 0, 0, 0.5, 0, 0];

    public static TheoryData<string> Names => [.. FamilyDraws.Families.Select(family => family.ToString()).Distinct()];

    /// <summary>Next to no penalty, on columns and nodes, leaves one Newton step from the minimum: estimates and errors are Wald's.</summary>
    [Theory]
    [InlineData("binomial", true)]
    [InlineData("binomial", false)]
    [InlineData("poisson", true)]
    public void Without_a_penalty_the_debiased_fit_is_maximum_likelihood(string name, bool intercept)
    {
        Family family = Of(name);
        (double[,] x, double[] y) = Sample(family, 200, 3);
        double[] weights = [.. y.Select((_, i) => 1.0 + i % 3)], offset = [.. y.Select((_, i) => 0.1 * (i % 5))];
        ElasticNetOptions options = new() { Family = family, Intercept = intercept };
        Target target = new(y) { Weights = weights, Offset = offset };
        ClassicalTable table = LeastSquares.Fit(x, target, options);
        InferenceResult debiased = new ElasticNetInference(x, target, options).Debiased(new() { Lambda = 1e-9, NodeLambda = 1e-9 });
        foreach (CoefficientInference row in debiased.Coefficients)
        {
            ClassicalCoefficient wald = table.Coefficients.Single(line => line.Feature == row.Feature);
            Assert.Equal(wald.Estimate, row.Estimate, 1e-6);
            Assert.Equal(wald.StandardError, row.StandardError, 1e-6);
            Assert.Equal(wald.PValue, row.PValue, 1e-5);
        }
    }

    [Theory]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void Debiased_intervals_cover(string name)
    {
        Family family = Of(name);
        int covered = 0, total = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            (double[,] x, double[] y) = Sample(family, 300, 100 + seed);
            InferenceResult result = new ElasticNetInference(x, y, new() { Family = family, LambdaCount = 30 }).Debiased(new() { Level = 0.9 });
            foreach (CoefficientInference row in result.Coefficients)
            {
                covered += row.Lower <= s_truth[row.Feature] && s_truth[row.Feature] <= row.Upper ? 1 : 0;
                total++;
            }
        }

        // 480 intervals: a standard deviation of 0.014.
        Assert.InRange((double)covered / total, 0.85, 0.95);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bootstrap_and_splits_take_every_family(string name)
    {
        Family family = Of(name);
        (double[,] x, double[] y) = Sample(family, 160, 5);
        ElasticNetInference inference = new(x, y, new() { Family = family, LambdaCount = 20, Folds = 4 });
        InferenceResult bootstrap = inference.Bootstrap(new() { Lambda = 0.01, Resamples = 100 });
        Assert.All(bootstrap.Coefficients, row => Assert.InRange(row.Estimate, row.Lower, row.Upper));
        if (family.Name == "huber")
        {
            Assert.Contains("no likelihood", Assert.Throws<NotSupportedException>(() => inference.MultiSplit()).Message, StringComparison.Ordinal);
            return;
        }

        InferenceResult splits = inference.MultiSplit(new() { Splits = 5 });
        Assert.True(splits.Coefficients[0].PValue < 0.2, $"p = {splits.Coefficients[0].PValue}");
        Assert.All(splits.Coefficients, row => Assert.InRange(row.PValue, 0, 1));
    }

    [Fact]
    public void What_has_no_form_is_refused_by_name()
    {
        (double[,] x, double[] y) = Sample(Family.Gamma, 60, 5);
        ElasticNetInference gamma = new(x, y, new() { Family = Family.Gamma });
        Assert.Contains("gamma", Assert.Throws<NotSupportedException>(() => gamma.Debiased()).Message, StringComparison.Ordinal);
        Assert.Contains("gamma", Assert.Throws<NotSupportedException>(() => gamma.PostSelection(0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("LeastSquares.Refit", Assert.Throws<NotSupportedException>(() => gamma.Refit([0], chosenBySameData: false)).Message, StringComparison.Ordinal);
        Assert.Contains("draw rows", Assert.Throws<NotSupportedException>(() => gamma.Bootstrap(new() { Lambda = 0.1, Bootstrap = BootstrapKind.Residual })).Message, StringComparison.Ordinal);
        (x, y) = Sample(Family.Binomial, 60, 5);
        ElasticNetInference binomial = new(x, y, new() { Family = Family.Binomial });
        Assert.Contains("NoiseDeviation", Assert.Throws<ArgumentException>(() => binomial.Debiased(new() { Lambda = 0.1, NoiseDeviation = 1 })).Message, StringComparison.Ordinal);
    }

    /// <summary>A resample without an event is drawn again; where the few events are left out together BCa says so.</summary>
    [Fact]
    public void Rare_events()
    {
        double[,] x = new double[40, 1];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++)
            x[i, 0] = i * 7 % 40;
        (y[3], y[20]) = (1, 1);
        ElasticNetInference inference = new(x, y, new() { Family = Family.Binomial });
        Assert.All(inference.Bootstrap(new() { Lambda = 0.01, Resamples = 200 }).Coefficients, row => Assert.True(double.IsFinite(row.Lower) && double.IsFinite(row.Upper)));
        y[20] = 0;
        InferenceOptions one = new() { Lambda = 0.01, Resamples = 200 };
        Assert.Contains("percentile", Assert.Throws<InvalidOperationException>(() => new ElasticNetInference(x, y, new() { Family = Family.Binomial }).Bootstrap(one)).Message, StringComparison.Ordinal);
        Assert.Single(new ElasticNetInference(x, y, new() { Family = Family.Binomial }).Bootstrap(one with { Interval = BootstrapInterval.Percentile }).Coefficients);
    }

    private static Family Of(string name) => FamilyDraws.Families.First(family => family.ToString() == name);

    private static (double[,] X, double[] Y) Sample(Family family, int n, int seed)
    {
        Random random = new(seed);
        double[,] x = new double[n, s_truth.Length];
        double[] y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double eta = 0.3;
            for (int j = 0; j < s_truth.Length; j++)
            {
                x[i, j] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                eta += s_truth[j] * x[i, j];
            }

            y[i] = FamilyDraws.Draw(family, eta, isInside: false, random);
        }

        return (x, y);
    }
}
