using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Properties;

/// <summary>Every solution of every kind of problem is optimal, by the plain checker.</summary>
[Reproducible]
public class OptimalityProperties
{
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 1000)]
    public void A_fit_is_optimal(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        Agreement.Certified(problem.Fit(lambda, spec.L1Ratio));
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 300)]
    public void A_path_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        double[] lambdas = [.. Enumerable.Range(0, 12).Select(k => lambda * Math.Pow(0.6, k))];
        RegularizationPath path = problem.Path(spec.L1Ratio, lambdas);
        Assert.Equal(lambdas, path.Select(point => point.Lambda));
        foreach (PathPoint point in path)
            Agreement.Certified(Solution.Of(problem, point));
    }

    /// <summary>Where nobody asks for the trace, one factor serves many λ.</summary>
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 300)]
    public void A_path_without_degrees_of_freedom_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        foreach (PathPoint point in problem.Path(spec.L1Ratio, [.. Enumerable.Range(0, 15).Select(k => lambda * Math.Pow(0.85, k))]))
        {
            Agreement.Certified(Solution.Of(problem, point));
            Assert.Equal(spec.L1Ratio < 1, double.IsNaN(point.Fit.DegreesOfFreedom));
        }
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 150)]
    public void The_automatic_path_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, _) = ProblemFactory.Create(spec);
        problem = problem with { Options = problem.Options with { LambdaCount = 20, DegreesOfFreedom = true } };
        RegularizationPath path = problem.Path(spec.L1Ratio);
        foreach (PathPoint point in path)
        {
            Agreement.Certified(Solution.Of(problem, point));
            Assert.False(double.IsNaN(point.Fit.DegreesOfFreedom));
        }
    }

    /// <summary>The violation is reported in units of λ_max, which say something where columns are standardised.</summary>
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void The_reported_violation_is_small(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec with { Standardize = true });
        foreach (PathPoint point in problem.Path(spec.L1Ratio, lambda, lambda / 4))
            Assert.InRange(point.Fit.KktResidual, 0, 1e-9);
    }

    /// <summary>A smaller λ never fits worse.</summary>
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void The_deviance_ratio_rises_along_a_path(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        double last = double.NegativeInfinity;
        foreach (PathPoint point in problem.Path(spec.L1Ratio, [.. Enumerable.Range(0, 10).Select(k => lambda * Math.Pow(0.5, k))]))
        {
            Assert.True(point.Fit.DevianceRatio >= last - 1e-12, $"{last:r} at a larger λ, now {point.Fit.DevianceRatio:r}");
            last = point.Fit.DevianceRatio;
        }
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 300)]
    public void The_deviance_ratio_is_what_it_says(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        Solution solution = problem.Fit(lambda, spec.L1Ratio);
        ScaledProblem scaled = new(problem.X, problem.Y, problem.Options, 0, 1);
        // With λ = 0 the objective is the loss alone.
        double loss = Optimality.Of(problem.X, problem.Y, problem.Options, 0, 1, solution.Fit.Intercept, solution.Coefficients).Objective;
        double expected = scaled.NullNorm == 0 ? 0 : 1 - 2 * loss / (scaled.NullNorm * scaled.NullNorm);
        Assert.Equal(expected, solution.Fit.DevianceRatio, 1e-12);
    }

    /// <summary>At λ_max every penalised coefficient is 0, just below it one is not.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 200)]
    public void Lambda_max_is_the_least_that_zeroes_everything(ProblemSpec spec)
    {
        spec = spec with { L1Ratio = Math.Max(spec.L1Ratio, 0.3), Bounds = false, Exclusions = false };
        (Problem problem, _) = ProblemFactory.Create(spec);
        double lambdaMax = (problem with { Options = problem.Options with { LambdaCount = 2 } }).Path(spec.L1Ratio).LambdaMax;
        int[] penalized = [.. Enumerable.Range(0, spec.Columns).Where(j => problem.Options.PenaltyFactors.IsEmpty || problem.Options.PenaltyFactors.Span[j] > 0)];
        if (penalized.Length == 0)
        {
            return;
        }

        Solution above = problem.Fit(lambdaMax * (1 + 1e-9), spec.L1Ratio);
        Solution below = problem.Fit(lambdaMax * (1 - 1e-6), spec.L1Ratio);
        Assert.All(penalized, j => Assert.Equal(0, above.Coefficients[j]));
        Assert.Contains(penalized, j => below.Coefficients[j] != 0);
    }
}
