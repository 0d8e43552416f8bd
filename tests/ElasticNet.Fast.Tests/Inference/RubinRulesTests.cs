namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Rubin's rules against the formulas written out, their limits, and what is refused.</summary>
public class RubinRulesTests
{
    [Fact]
    public void Written_out()
    {
        // θ̄ = 2, W = 0.5, B = ((−0.5)² + 0.5² + 0²)/2 = 0.25, T = 0.5 + 4/3·0.25 = 5/6, λ = (1/3)/(5/6) = 0.4.
        PooledEstimate pooled = RubinRules.Pool([1.5, 2.5, 2], [0.4, 0.5, 0.6], completeDegreesOfFreedom: 17);
        Assert.Equal(2, pooled.Estimate, 1e-15);
        Assert.Equal(0.5, pooled.WithinVariance, 1e-15);
        Assert.Equal(0.25, pooled.BetweenVariance, 1e-15);
        Assert.Equal(5.0 / 6, pooled.TotalVariance, 1e-15);
        Assert.Equal(0.4, pooled.MissingShare, 1e-15);
        // ν = 2/0.16 = 12.5, ν_obs = 18/20·17·0.6 = 9.18.
        Assert.Equal(1 / (1 / 12.5 + 1 / 9.18), pooled.DegreesOfFreedom, 1e-12);
        Assert.Equal(12.5, RubinRules.Pool([1.5, 2.5, 2], [0.4, 0.5, 0.6]).DegreesOfFreedom, 1e-12);
    }

    [Fact]
    public void Imputations_that_agree_leave_what_there_was()
    {
        PooledEstimate pooled = RubinRules.Pool([3, 3], [0.25, 0.25], completeDegreesOfFreedom: 10);
        Assert.Equal((3, 0.25, 0.0, 0.25, 0.0), (pooled.Estimate, pooled.WithinVariance, pooled.BetweenVariance, pooled.TotalVariance, pooled.MissingShare));
        Assert.Equal(11.0 / 13 * 10, pooled.DegreesOfFreedom, 1e-12);
        Assert.Equal(double.PositiveInfinity, RubinRules.Pool([3, 3], [0.25, 0.25]).DegreesOfFreedom);
    }

    /// <summary>t of 12.5 and of infinitely many degrees of freedom, by their quantiles from tables.</summary>
    [Fact]
    public void Intervals_are_Students()
    {
        PooledEstimate normal = RubinRules.Pool([1, 1], [4, 4]);
        (double lower, double upper) = normal.Interval(0.95);
        Assert.Equal(1 - 2 * 1.959963984540054, lower, 1e-9);
        Assert.Equal(1 + 2 * 1.959963984540054, upper, 1e-9);
        Assert.Equal(0.6170750774519738, normal.PValue, 1e-9);
        // 2 degrees of freedom of B, next to no W: t of 2 has its 97.5 % at 4.30265.
        PooledEstimate wild = RubinRules.Pool([-1, 0, 1], [1e-12, 1e-12, 1e-12]);
        Assert.Equal(2, wild.DegreesOfFreedom, 1e-9);
        Assert.Equal(4.302652729911275 * Math.Sqrt(4.0 / 3), wild.Interval().Upper, 1e-6);
    }

    [Fact]
    public void Results_are_pooled_coefficient_by_coefficient()
    {
        InferenceResult[] each = [.. Enumerable.Range(0, 3).Select(Refit)];
        InferenceResult pooled = RubinRules.Pool(each);
        Assert.Contains("pooled over 3 imputations by Rubin's rules", pooled.Method, StringComparison.Ordinal);
        Assert.False(pooled.IsNaiveAfterSelection);
        Assert.Equal(each[0].Coefficients.Select(c => c.Name), pooled.Coefficients.Select(c => c.Name));
        for (int j = 0; j < pooled.Coefficients.Count; j++)
        {
            PooledEstimate expected = RubinRules.Pool(
                [.. each.Select(result => result.Coefficients[j].Estimate)], [.. each.Select(result => Math.Pow(result.Coefficients[j].StandardError, 2))], 30 - 3);
            Assert.Equal(expected.Estimate, pooled.Coefficients[j].Estimate, 1e-12);
            Assert.Equal(expected.StandardError, pooled.Coefficients[j].StandardError, 1e-12);
            Assert.Equal(expected.Interval(0.95).Upper, pooled.Coefficients[j].Upper, 1e-9);
            Assert.Equal(expected.PValue, pooled.Coefficients[j].PValue, 1e-9);
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Refused(() => RubinRules.Pool([1], [1]), "'estimates' (length 1) must be at least 2");
        Refused(() => RubinRules.Pool([1, 2], [1]), "'variances' (length 1) must have one variance for each of the 2 estimates");
        Refused(() => RubinRules.Pool([1, 2], [1, 0]), "'variances' must be positive and finite, but number 1 (counted from 0) of 2 is 0");
        Refused(() => RubinRules.Pool([1, double.NaN], [1, 1]), "'estimates' must be finite, but number 1");
        Refused(() => RubinRules.Pool([1, 2], [1, 1], 0), "'completeDegreesOfFreedom' (0) must be positive");
        Refused(() => RubinRules.Pool([Refit(0)]), "'imputations' (length 1) must be at least 2");
        Refused(() => RubinRules.Pool([Refit(0), Refit(1, [0])]), "number 1 (counted from 0) differs from the first in method, level, adjustment or features", "select once, on all tables together");
        Refused(() => new PooledEstimate(0, 1, 1, 2, 3, 0.5).Interval(1), "'level' (1) must be in (0, 1)");

        static void Refused(Action call, params string[] parts) => BadInput.Refusal.OfArgument(call, parts);
    }

    private static InferenceResult Refit(int seed) => Refit(seed, [0, 1]);

    private static InferenceResult Refit(int seed, int[] features)
    {
        Random random = new(seed);
        double[,] x = new double[30, 2];
        double[] y = new double[30];
        for (int i = 0; i < 30; i++)
        {
            (x[i, 0], x[i, 1]) = (random.NextDouble(), random.NextDouble());
            y[i] = x[i, 0] + random.NextDouble();
        }

        return new ElasticNetInference(x, y).Refit(features, chosenBySameData: false);
    }
}
