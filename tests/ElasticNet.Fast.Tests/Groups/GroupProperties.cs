using ElasticNet.Fast.Tests.Properties;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Groups;

/// <summary>Every solution with groups of every kind of problem is optimal, by the plain proof.</summary>
[Reproducible]
public class GroupProperties
{
    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 400)]
    public void A_fit_is_optimal(ProblemSpec spec)
    {
        (Problem problem, double lambda) = GroupProblems.Create(spec);
        Certified(problem.Fit(lambda, spec.L1Ratio));
    }

    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 150)]
    public void A_path_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, double lambda) = GroupProblems.Create(spec);
        double[] lambdas = [.. Enumerable.Range(0, 8).Select(k => lambda * Math.Pow(0.6, k))];
        RegularizationPath path = problem.Path(spec.L1Ratio, lambdas);
        Assert.Equal(lambdas, path.Select(point => point.Lambda));
        foreach (PathPoint point in path)
            Certified(Solution.Of(problem, point));
    }

    /// <summary>Rounding puts the dual of a row that is fitted this well beyond the end of its range.</summary>
    [Fact]
    public void A_row_that_is_fitted_to_rounding_does_not_spoil_the_proof() => A_path_is_optimal_everywhere(new()
    {
        Seed = 721336821,
        Rows = 31,
        Columns = 15,
        L1Ratio = 0.05,
        LambdaFraction = 0.001,
        Standardize = false,
        Degenerate = true,
        Exclusions = true,
        Layout = Layout.RowMajor,
    });

    /// <summary>Sweeps let a column in that each step drove out again.</summary>
    [Theory]
    [InlineData(596663710, 8, 40, 0.0015488166189124811, true, false, false)]
    [InlineData(217380394, 3, 38, 0.0019498445997580456, false, true, true)]
    public void Who_is_driven_out_stays_out_until_the_rest_is_solved(int seed, int rows, int columns, double fraction, bool standardize, bool isDegenerate, bool hasWeights) =>
        A_path_is_optimal_everywhere(new()
        {
            Seed = seed,
            Rows = rows,
            Columns = columns,
            L1Ratio = 1,
            LambdaFraction = fraction,
            Intercept = false,
            Standardize = standardize,
            Degenerate = isDegenerate,
            Weights = hasWeights,
            ZeroWeights = hasWeights,
            Factors = hasWeights,
            Exclusions = true,
        });

    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 100)]
    public void The_automatic_path_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, _) = GroupProblems.Create(spec);
        problem = problem with { Options = problem.Options with { LambdaCount = 12, LambdaMinRatio = 1e-3 } };
        foreach (PathPoint point in problem.Path(spec.L1Ratio))
            Certified(Solution.Of(problem, point));
    }

    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 100)]
    public void The_layout_does_not_matter(ProblemSpec spec)
    {
        (Problem problem, double lambda) = GroupProblems.Create(spec);
        foreach (Layout layout in Enum.GetValues<Layout>())
            Certified((problem with { Layout = layout }).Fit(lambda, spec.L1Ratio));
    }

    /// <summary>The residual itself is a dual point, by plain loops, and proves about as much as is reported.</summary>
    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 150)]
    public void The_plain_gap_is_closed(ProblemSpec spec)
    {
        // Of these three losses a residual that is centred once more is a dual point still.
        Family family = (spec.Seed % 3) switch { 0 => Family.Gaussian, 1 => Family.Binomial, _ => Family.Poisson };
        (Problem problem, double lambda) = GroupProblems.Create(spec with { ZeroFactors = false, L1Ratio = 1 }, family);
        Solution solution = problem.Fit(lambda, 1);
        Assert.InRange(new GroupOptimality(problem, solution.Fit, solution.Coefficients).RelativeGap, -1e-12, 1e-9);
    }

    /// <summary>Centring a residual may turn the sign of what is left of a row that is fitted to rounding.</summary>
    [Fact]
    public void A_row_that_is_fitted_to_rounding_does_not_spoil_the_plain_gap() => The_plain_gap_is_closed(new()
    {
        Seed = 317044333,
        Rows = 42,
        Columns = 30,
        L1Ratio = 0.3,
        LambdaFraction = 0.0014791083881682072,
        Intercept = true,
        Standardize = true,
        Layout = Layout.RowMajor,
    });

    /// <summary>No other solution that is known lies further below than the gap says.</summary>
    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 100)]
    public void A_reported_gap_covers_the_distance_to_the_best_that_is_known(ProblemSpec spec)
    {
        (Problem problem, double lambda) = GroupProblems.Create(spec);
        foreach (PathPoint point in problem.Path(spec.L1Ratio, 3 * lambda, lambda, 0.3 * lambda))
        {
            Solution[] known = [Solution.Of(problem, point), problem.Fit(point.Lambda, spec.L1Ratio), (problem with { Layout = Layout.Sparse }).Fit(point.Lambda, spec.L1Ratio)];
            GroupOptimality[] judged = [.. known.Select(one => new GroupOptimality(problem, one.Fit, one.Coefficients))];
            // Of one row and an intercept the loss is the square of rounding.
            double best = judged.Min(one => one.Objective), rounding = 1e-14 * Math.Abs(best) + 1e-30;
            for (int k = 0; k < known.Length; k++)
                Assert.True(judged[k].Objective - best <= known[k].Fit.RelativeGap * judged[k].NullLoss + rounding, $"solution {k} lies {judged[k].Objective - best:e2} above");
        }
    }

    /// <summary>Without mixing a group is in or out as a whole.</summary>
    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 100)]
    public void A_group_is_in_as_a_whole(ProblemSpec spec)
    {
        (Problem problem, double lambda) = GroupProblems.Create(spec with { Degenerate = false });
        problem = problem with { Options = problem.Options with { GroupMixing = 0 } };
        Solution solution = problem.Fit(lambda, spec.L1Ratio);
        foreach ((int[] columns, int nonZero) in new GroupOptimality(problem, solution.Fit, solution.Coefficients).Support)
            Assert.True(nonZero == 0 || nonZero == columns.Length, $"{nonZero} of {columns.Length} columns are in");
    }

    /// <summary>At λ_max every penalised coefficient is 0, just below it one is not.</summary>
    [Property(Arbitrary = [typeof(GroupSpecs)], MaxTest = 100)]
    public void Lambda_max_is_the_least_that_zeroes_everything(ProblemSpec spec)
    {
        spec = spec with { L1Ratio = Math.Max(spec.L1Ratio, 0.3), Exclusions = false, Degenerate = false, Rows = spec.Columns + 12 };
        (Problem problem, _) = GroupProblems.Create(spec);
        double lambdaMax = (problem with { Options = problem.Options with { LambdaCount = 2 } }).Path(spec.L1Ratio).LambdaMax;
        int[] penalized = [.. Enumerable.Range(0, spec.Columns).Where(j => problem.Options.PenaltyFactors.IsEmpty || problem.Options.PenaltyFactors.Span[j] > 0)];
        if (penalized.Length == 0 || lambdaMax == 0)
            return;
        Solution above = problem.Fit(lambdaMax * (1 + 1e-9), spec.L1Ratio), below = problem.Fit(lambdaMax * (1 - 1e-6), spec.L1Ratio);
        Assert.All(penalized, j => Assert.Equal(0, above.Coefficients[j]));
        Assert.Contains(penalized, j => below.Coefficients[j] != 0);
    }

    private static void Certified(Solution solution)
    {
        GroupOptimality check = new(solution.Problem, solution.Fit, solution.Coefficients);
        ElasticNetOptions options = solution.Problem.Options;
        string what = $"{options.Family}, {solution.Problem.Rows} × {solution.Problem.Columns}, λ = {solution.Fit.Lambda:r}, ρ = {solution.Fit.L1Ratio}";
        Assert.True(check.KktResidual <= 1e-9, $"{what}: violates the optimality conditions by {check.KktResidual:e2} (reported gap: {solution.Fit.RelativeGap:e2})");
        // What FamilyProperties says of unpenalised columns and of Huber's loss holds here too.
        double claimed = options.Family == Family.Gaussian && !options.PenaltyFactors.Span.Contains(0) ? 1e-11
            : options.PenaltyFactors.Span.Contains(0) ? 1e-8 : options.Family.Name == "huber" ? 1e-9 : 1e-10;
        Assert.True(solution.Fit.RelativeGap >= 0 && solution.Fit.RelativeGap <= claimed, $"{what}: reports a gap of {solution.Fit.RelativeGap:e2} (conditions {check.KktResidual:e2})");
        Assert.Equal(solution.Coefficients.Count(value => value != 0), solution.Fit.NonZeroCount);
    }
}
