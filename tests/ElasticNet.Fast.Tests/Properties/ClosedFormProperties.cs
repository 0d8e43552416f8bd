using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Properties;

/// <summary>Where the solution is a formula, it is that formula's.</summary>
[Reproducible]
public class ClosedFormProperties
{
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void Ridge_is_its_closed_form(ProblemSpec spec)
    {
        spec = spec with { L1Ratio = 0, Bounds = false, ExtremeScales = false, ZeroFactors = false, LambdaFraction = Math.Max(spec.LambdaFraction, 1e-2) };
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        lambda *= 1e-3; // λ_max at ρ = 0 is that of ρ = 1e-3.
        Solution solution = problem.Fit(lambda, 0);
        double[] expected = new NormalEquations(problem, Enumerable.Range(0, spec.Columns), lambda).Solve(spec.Columns);
        Agreement.Same(solution with { Coefficients = expected }, solution);
    }

    /// <summary>λ = 0: the normal equations hold, and of all solutions this is the one of minimum norm.</summary>
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void Lambda_zero_is_least_squares_of_minimum_norm(ProblemSpec spec)
    {
        spec = spec with { Bounds = false, ExtremeScales = false, Factors = false, ZeroFactors = false };
        (Problem problem, _) = ProblemFactory.Create(spec);
        Solution solution = problem.Fit(0, spec.L1Ratio);
        Agreement.Certified(solution);
        NormalEquations equations = new(problem, Enumerable.Range(0, spec.Columns), 0);
        if (!equations.RankIsClear)
            return;
        double[] expected = equations.Solve(spec.Columns);
        Assert.True(
            equations.SquaredNorm(solution.Coefficients) <= equations.SquaredNorm(expected) * (1 + 1e-7) + 1e-20,
            $"norm² {equations.SquaredNorm(solution.Coefficients):r}, the least is {equations.SquaredNorm(expected):r}");
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void Lambda_zero_respects_bounds(ProblemSpec spec)
    {
        (Problem problem, _) = ProblemFactory.Create(spec with { Bounds = true });
        Agreement.Certified(problem.Fit(0, spec.L1Ratio));
    }

    /// <summary>intercept + tr[X_S (X_SᵀWX_S + λ₂)⁻¹ X_SᵀW] over the coefficients that are free to move.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 200)]
    public void Degrees_of_freedom_are_the_trace(ProblemSpec spec)
    {
        // With unequal factors the ridge term differs by column and the trace is no function of one spectrum.
        (Problem problem, double lambda) = ProblemFactory.Create(spec with { Factors = false, ZeroFactors = false });
        Solution solution = problem.Fit(lambda, spec.L1Ratio);
        double Bound(ListOf<double> bounds, int j, double none) => bounds.IsEmpty ? none : bounds.Span[j];
        int[] support = [.. Enumerable.Range(0, spec.Columns).Where(j => solution.Coefficients[j] != 0
            && solution.Coefficients[j] > Bound(problem.Options.LowerBounds, j, double.NegativeInfinity)
            && solution.Coefficients[j] < Bound(problem.Options.UpperBounds, j, double.PositiveInfinity))];
        double ridge = lambda * (1 - spec.L1Ratio);
        double expected = (spec.Intercept ? 1 : 0) + new NormalEquations(problem, support, ridge).Trace(ridge);
        Assert.Equal(expected, solution.Fit.DegreesOfFreedom, 1e-8);
    }
}
