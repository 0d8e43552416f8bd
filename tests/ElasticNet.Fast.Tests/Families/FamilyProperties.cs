using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Tests.Properties;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>Every solution of every kind of problem of a family is optimal, by the plain proof, and its gap covers what is left.</summary>
[Reproducible]
public class FamilyProperties
{
    private const double Tolerance = 1e-10;

    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 600)]
    public void A_fit_is_optimal(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec);
        Certified(problem.Fit(lambda, spec.L1Ratio));
    }

    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 200)]
    public void A_path_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec);
        double[] lambdas = [.. Enumerable.Range(0, 10).Select(k => lambda * Math.Pow(0.6, k))];
        RegularizationPath path = problem.Path(spec.L1Ratio, lambdas);
        Assert.Equal(lambdas, path.Select(point => point.Lambda));
        foreach (PathPoint point in path)
            Certified(Solution.Of(problem, point));
    }

    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 150)]
    public void The_automatic_path_is_optimal_everywhere(ProblemSpec spec)
    {
        (Problem problem, _) = FamilyFactory.Create(spec);
        problem = problem with { Options = problem.Options with { LambdaCount = 15, LambdaMinRatio = 1e-3 } };
        foreach (PathPoint point in problem.Path(spec.L1Ratio))
            Certified(Solution.Of(problem, point));
    }

    /// <summary>No other solution that is known, from a path or a fit from cold or with the columns turned round, lies further below than the gap says.</summary>
    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 200)]
    public void A_reported_gap_covers_the_distance_to_the_best_that_is_known(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec, ExactObjective.Families[spec.Seed / 2 % ExactObjective.Families.Length]);
        RegularizationPath path = problem.Path(spec.L1Ratio, 3 * lambda, lambda, 0.5 * lambda, 0.1 * lambda);
        double nullLoss = new FamilyProblem(problem.X, problem.Y, problem.Options, lambda, spec.L1Ratio).NullLoss;
        foreach (PathPoint point in path)
        {
            Solution[] known = [Solution.Of(problem, point), problem.Fit(point.Lambda, spec.L1Ratio), (problem with { Layout = Layout.Sparse }).Fit(point.Lambda, spec.L1Ratio)];
            decimal[] objectives = [.. known.Select(ExactObjective.Of)];
            decimal best = objectives.Min();
            for (int k = 0; k < known.Length; k++)
            {
                decimal above = objectives[k] - best, reported = ExactObjective.Exactly(known[k].Fit.RelativeGap) * ExactObjective.Exactly(nullLoss);
                Assert.True(above <= reported + 1e-26m, $"solution {k} lies {above:e2} above, its gap says {reported:e2}");
            }
        }
    }

    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 150)]
    public void Integer_weights_are_repeated_rows(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec with { Weights = false, ZeroWeights = false });
        Random random = new(spec.Seed);
        int[] times = [.. problem.Y.Select((_, i) => i == 0 ? 1 : random.Next(4))];
        Problem weighted = problem with { Options = problem.Options with { Weights = Array.ConvertAll(times, value => (double)value) } };
        Problem repeated = problem.Subset([.. times.Index().SelectMany(row => Enumerable.Repeat(row.Index, row.Item))]);
        if (IsOneSided(repeated))
        {
            Assert.Throws<ArgumentException>(() => weighted.Fit(lambda, spec.L1Ratio));
            return;
        }

        Certified(weighted.Fit(lambda, spec.L1Ratio) with { Problem = repeated }, isReported: false);
        Certified(repeated.Fit(lambda, spec.L1Ratio) with { Problem = weighted }, isReported: false);
    }

    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 150)]
    public void The_layout_does_not_matter(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec);
        foreach (Layout layout in Enum.GetValues<Layout>())
            Certified((problem with { Layout = layout }).Fit(lambda, spec.L1Ratio));
    }

    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 100)]
    public void Coefficients_do_not_depend_on_storage_or_on_the_path(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec with { LambdaFraction = Math.Max(spec.LambdaFraction, 0.01) });
        RegularizationPath path = problem.Path(spec.L1Ratio, 2 * lambda, lambda, lambda / 3);
        foreach (PathPoint point in path)
        {
            Solution expected = Solution.Of(problem, point);
            Same(expected, problem.Fit(point.Lambda, spec.L1Ratio));
            Same(expected, (problem with { Layout = Layout.Sparse }).Fit(point.Lambda, spec.L1Ratio));
            Same(expected, (problem with { Layout = Layout.ColumnMajor }).Fit(point.Lambda, spec.L1Ratio));
        }
    }

    /// <summary>At λ_max every penalised coefficient is 0, just below it one is not.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 150)]
    public void Lambda_max_is_the_least_that_zeroes_everything(ProblemSpec spec)
    {
        spec = spec with { L1Ratio = Math.Max(spec.L1Ratio, 0.3), Bounds = false, Exclusions = false };
        (Problem problem, _) = FamilyFactory.Create(spec);
        double lambdaMax = (problem with { Options = problem.Options with { LambdaCount = 2 } }).Path(spec.L1Ratio).LambdaMax;
        int[] penalized = [.. Enumerable.Range(0, spec.Columns).Where(j => problem.Options.PenaltyFactors.IsEmpty || problem.Options.PenaltyFactors.Span[j] > 0)];
        if (penalized.Length == 0 || lambdaMax == 0)
            return;
        Solution above = problem.Fit(lambdaMax * (1 + 1e-9), spec.L1Ratio), below = problem.Fit(lambdaMax * (1 - 1e-6), spec.L1Ratio);
        Assert.All(penalized, j => Assert.Equal(0, above.Coefficients[j]));
        Assert.Contains(penalized, j => below.Coefficients[j] != 0);
    }

    [Property(Arbitrary = [typeof(FamilySpecs)], MaxTest = 150)]
    public void The_deviance_ratio_is_what_it_says(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec);
        Solution solution = problem.Fit(lambda, spec.L1Ratio);
        Optimality loss = Optimality.Of(problem.X, problem.Y, problem.Options, 0, 1, solution.Fit.Intercept, solution.Coefficients);
        Assert.Equal(loss.NullLoss <= 1e-14 ? solution.Fit.DevianceRatio : 1 - loss.Objective / loss.NullLoss, solution.Fit.DevianceRatio, 1e-10);
    }

    /// <summary>The deviance of each fold is that of the path on a copy of its training rows.</summary>
    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 60)]
    public void A_fold_is_a_fit_on_the_other_rows(ProblemSpec spec)
    {
        (Problem problem, double lambda) = FamilyFactory.Create(spec with { LambdaFraction = Math.Max(spec.LambdaFraction, 0.01) });
        double[] lambdas = [2 * lambda, lambda, 0.4 * lambda];
        int[] ids = [.. Enumerable.Range(0, problem.Rows).Select(i => i % 3)];
        Problem[] training = [.. Enumerable.Range(0, 3).Select(fold => problem.Subset([.. Enumerable.Range(0, ids.Length).Where(i => ids[i] != fold)]))];
        if (training.Any(IsOneSided))
            return;
        CrossValidationResult result = (problem with
        {
            Options = problem.Options with { FoldPlan = FoldPlan.Given(ids), Lambdas = lambdas, L1Ratios = new[] { spec.L1Ratio }, Measure = Measure.Deviance },
        }).CrossValidate();
        PlainLoss loss = PlainLoss.Of(problem.Options.Family);
        for (int fold = 0; fold < 3; fold++)
        {
            RegularizationPath path = training[fold].Path(spec.L1Ratio, lambdas);
            for (int k = 0; k < lambdas.Length; k++)
            {
                Solution solution = Solution.Of(problem, path[k]);
                (double sum, double total) = (0, 0);
                for (int i = fold; i < ids.Length; i += 3)
                {
                    double weight = problem.Options.Weights.IsEmpty ? 1 : problem.Options.Weights.Span[i];
                    sum += weight * 2 * loss.Above(problem.Y[i], solution.Predict(i));
                    total += weight;
                }

                double expected = sum / total, actual = result.Best.FoldErrors.ToArray()[fold, k];
                Assert.True(Math.Abs(actual - expected) <= 1e-8 * (1 + expected), $"fold {fold}, λ #{k}: {actual:r} instead of {expected:r}");
            }
        }
    }

    /// <summary>What is left of a row's loss is less than the rounding of the terms that it is the difference of.</summary>
    [Fact]
    public void A_row_that_is_fitted_to_rounding_ends_exactly() => A_path_is_optimal_everywhere(
        new() { Seed = 863346012, Rows = 1, Columns = 1, L1Ratio = 1, LambdaFraction = 0.02754228703338166, Intercept = false, Standardize = false });

    /// <summary>Rounding lets a copy of an unpenalised column into the factor of those that there are.</summary>
    [Fact]
    public void Copies_without_a_penalty_do_not_spoil_the_proof() => The_automatic_path_is_optimal_everywhere(new()
    {
        Seed = 451603571,
        Rows = 35,
        Columns = 27,
        L1Ratio = 0.3,
        LambdaFraction = 0.05128613839913648,
        Degenerate = true,
        Factors = true,
        ZeroFactors = true,
        Exclusions = true,
        Layout = Layout.Sparse,
    });

    /// <summary>A row's slope is 3.7e-318, and no share of it is another number.</summary>
    [Fact]
    public void A_slope_without_digits_does_not_spoil_the_proof() => A_path_is_optimal_everywhere(new()
    {
        Seed = 320573592,
        Rows = 12,
        Columns = 38,
        L1Ratio = 1,
        LambdaFraction = 0.2691534803926916,
        Intercept = false,
        Standardize = false,
        Offset = true,
        Exclusions = true,
    });

    private static bool IsOneSided(Problem problem) => problem.Options.Intercept && FamilyDraws.IsOneSided(
        problem.Options.Family, problem.Y.Where((_, i) => problem.Options.Weights.IsEmpty || problem.Options.Weights.Span[i] > 0));

    private static void Same(Solution expected, Solution actual)
    {
        ScaledProblem scaled = new(expected.Problem.X, expected.Problem.Y, expected.Problem.Options, 0, 1);
        double Effect(double coefficient, int j) => Math.Abs(Math.ScaleB(coefficient, scaled.Exponent[j])) * scaled.Norm[j];
        double largest = Math.Max(1, Enumerable.Range(0, scaled.Sd.Length).Max(j => Effect(expected.Coefficients[j], j)));
        for (int j = 0; j < scaled.Sd.Length; j++)
        {
            double difference = Effect(actual.Coefficients[j] - expected.Coefficients[j], j);
            Assert.True(difference <= 1e-8 * largest, $"β[{j}] = {actual.Coefficients[j]:r} instead of {expected.Coefficients[j]:r} ({difference / largest:e2})");
        }
    }

    private static void Certified(Solution solution, bool isReported = true)
    {
        Optimality check = solution.Check();
        string what = $"{solution.Problem.Options.Family}, {solution.Problem.Rows} × {solution.Problem.Columns}, λ = {solution.Fit.Lambda:r}";
        // What rounding leaves of unpenalised columns is charged with the norm of their inverse, and with all coefficients: the claim is weaker than the solution.
        // So is Huber's: the dual of a row beyond δ lies at the end of its range, where rounding costs its first power over λ.
        double claimed = solution.Problem.Options.PenaltyFactors.Span.Contains(0) ? 1e-8 : solution.Problem.Options.Family.Name == "huber" ? 1e-9 : Tolerance;
        Assert.True(!isReported || (solution.Fit.RelativeGap >= 0 && solution.Fit.RelativeGap <= claimed), $"{what}: reports a gap of {solution.Fit.RelativeGap:e2} (plain: {check.RelativeGap:e2}, conditions {check.KktResidual:e2})");
        Assert.True(check.RelativeGap <= Tolerance, $"{what}: has a gap of {check.RelativeGap:e2} (reported: {solution.Fit.RelativeGap:e2})");
        Assert.True(check.KktResidual <= Tolerance, $"{what}: violates the optimality conditions by {check.KktResidual:e2} (reported gap: {solution.Fit.RelativeGap:e2})");
        Assert.Equal(solution.Coefficients.Count(value => value != 0), solution.Fit.NonZeroCount);
    }
}
