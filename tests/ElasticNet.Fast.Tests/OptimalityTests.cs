using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests;

/// <summary>The plain checker itself: it accepts other people's solutions and never understates a distance.</summary>
public class OptimalityTests
{
    public static TheoryData<string> WithFits => GoldenTheory.WithFits;

    [Theory]
    [MemberData(nameof(WithFits))]
    public void Golden_solutions_are_nearly_optimal(string name)
    {
        GoldenCase golden = new(name);
        foreach (GoldenFit fit in golden.File.Fits)
        {
            Optimality check = Check(golden, fit, fit.Coef);
            Assert.InRange(check.RelativeGap, 0, 1e-7);
            Assert.InRange(check.KktResidual, 0, 1e-7);
        }
    }

    /// <summary>Weak duality: the gap is at least what the objective lies above a better point.</summary>
    [Theory]
    [MemberData(nameof(WithFits))]
    public void Gap_is_at_least_the_suboptimality(string name)
    {
        GoldenCase golden = new(name);
        Random random = new(1);
        foreach (GoldenFit fit in golden.File.Fits)
        {
            Optimality best = Check(golden, fit, fit.Coef);
            for (double size = 1e-4; size < 2; size *= 10)
            {
                // Shrinking towards 0 keeps bounds and exclusions.
                double[] perturbed = [.. fit.Coef.Select(value => value * (1 - size * random.NextDouble() / 2))];
                Optimality worse = Check(golden, fit, perturbed);
                Assert.True(worse.Objective >= best.Objective * (1 - 1e-9), "A golden solution is not optimal.");
                Assert.True(worse.RelativeGap >= (worse.Objective - best.Objective) / best.NullLoss - 1e-12, $"The gap {worse.RelativeGap:e6} understates the suboptimality {(worse.Objective - best.Objective) / best.NullLoss:e6} at λ #{fit.Index}, size {size}.");
            }
        }
    }

    private static Optimality Check(GoldenCase golden, GoldenFit fit, double[] coefficients) =>
        new Solution(
            golden.Problem,
            new ElasticNetFit { Lambda = golden.Lambdas[fit.Index], L1Ratio = golden.L1Ratio, Intercept = fit.Intercept },
            coefficients).Check();
}
