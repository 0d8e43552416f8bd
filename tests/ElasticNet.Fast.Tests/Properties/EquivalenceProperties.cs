using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Properties;

/// <summary>Two ways to write down one problem have the same solution.</summary>
[Reproducible]
public class EquivalenceProperties
{
    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void A_row_twice_is_a_row_of_weight_two(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        int[] order = [.. Enumerable.Range(0, spec.Rows).SelectMany(i => i % 3 == 0 ? new[] { i, i } : [i])];
        double[] weights = [.. Enumerable.Range(0, spec.Rows).Select(i => (i % 3 == 0 ? 2 : 1) * Weight(problem, i))];
        Problem weighted = problem with { Options = problem.Options with { Weights = weights } };
        BothWays(problem.Subset(order), weighted, lambda, spec.L1Ratio);
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void Only_ratios_of_weights_matter(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec with { Weights = true });
        double factor = spec.Seed % 2 == 0 ? 1e-200 : 3e200;
        double[] weights = [.. Enumerable.Range(0, spec.Rows).Select(i => factor * Weight(problem, i))];
        BothWays(problem, problem with { Options = problem.Options with { Weights = weights } }, lambda, spec.L1Ratio);
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void A_row_of_weight_zero_is_no_row(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec with { Weights = true, ZeroWeights = true, Rows = spec.Rows + 3 });
        int[] kept = [.. Enumerable.Range(0, problem.Rows).Where(i => Weight(problem, i) > 0)];
        BothWays(problem, problem.Subset(kept), lambda, spec.L1Ratio);
        RegularizationPath whole = Short(problem).Path(spec.L1Ratio);
        RegularizationPath part = Short(problem.Subset(kept)).Path(spec.L1Ratio);
        Assert.Equal(kept.Length, whole.Rows);
        Assert.Equal(part.Rows, whole.Rows);
        Assert.Equal(part.Count, whole.Count);
        for (int k = 0; k < part.Count; k++)
            Assert.Equal(part[k].Lambda, whole[k].Lambda, 1e-12 * part[k].Lambda);
    }

    /// <summary>As many free columns as rows fit perfectly, the worse their condition the larger their coefficients: what is left is rounding, and no λ_max.</summary>
    [Theory]
    [InlineData(497346533, 6, 39, 0.3, 0.06606934480075961)]
    [InlineData(483166006, 3, 17, 1, 0.06025595860743578)]
    public void A_perfect_fit_without_penalty_leaves_nothing_to_select(int seed, int rows, int columns, double l1Ratio, double fraction)
    {
        ProblemSpec spec = new() { Seed = seed, Rows = rows, Columns = columns, L1Ratio = l1Ratio, LambdaFraction = fraction, Factors = true, ZeroFactors = true };
        A_row_of_weight_zero_is_no_row(spec);
        (Problem problem, _) = ProblemFactory.Create(spec with { Weights = true, ZeroWeights = true, Rows = spec.Rows + 3 });
        RegularizationPath path = Short(problem).Path(l1Ratio);
        Assert.Equal((0.0, 1), (path.LambdaMax, path.Count));
        Assert.Equal(1, path[0].Fit.DevianceRatio, 1e-12);
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void Columns_may_come_in_any_order(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        int[] order = [.. Enumerable.Range(0, spec.Columns)];
        new Random(spec.Seed).Shuffle(order);
        Problem permuted = Permute(problem, order);
        Solution solution = permuted.Fit(lambda, spec.L1Ratio);
        double[] back = new double[spec.Columns];
        for (int j = 0; j < order.Length; j++)
            back[order[j]] = solution.Coefficients[j];
        Agreement.Solves(problem, solution with { Coefficients = back });
    }

    [Property(Arbitrary = [typeof(ProblemSpecs)], MaxTest = 200)]
    public void An_excluded_feature_is_one_bounded_to_zero(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec with { Exclusions = true });
        double[] Bounds(ListOf<double> bounds, double none) =>
            [.. Enumerable.Range(0, spec.Columns).Select(j => problem.Options.ExcludedFeatures.Span.Contains(j) ? 0 : bounds.IsEmpty ? none : bounds.Span[j])];
        Problem bounded = problem with
        {
            Options = problem.Options with
            {
                ExcludedFeatures = default,
                LowerBounds = Bounds(problem.Options.LowerBounds, double.NegativeInfinity),
                UpperBounds = Bounds(problem.Options.UpperBounds, double.PositiveInfinity),
            },
        };
        BothWays(problem, bounded, lambda, spec.L1Ratio);
    }

    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 200)]
    public void A_path_point_is_a_fit(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        RegularizationPath path = problem.Path(spec.L1Ratio, 2 * lambda, lambda, lambda / 3);
        foreach (PathPoint point in path)
            Agreement.Same(problem.Fit(point.Lambda, spec.L1Ratio), Solution.Of(problem, point));
    }

    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 100)]
    public void The_layout_does_not_matter(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        Solution expected = problem.Fit(lambda, spec.L1Ratio);
        foreach (Layout layout in Enum.GetValues<Layout>())
            Agreement.Same(expected, (problem with { Layout = layout }).Fit(lambda, spec.L1Ratio), 1e-11);
    }

    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 100)]
    public void Float_storage_is_the_same_arithmetic(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec with { IsSingle = true });
        Agreement.Same(problem.AsDouble().Fit(lambda, spec.L1Ratio), problem.Fit(lambda, spec.L1Ratio), 1e-12);
    }

    [Property(Arbitrary = [typeof(RegularSpecs)], MaxTest = 100)]
    public void The_order_of_lambdas_does_not_matter_and_duplicates_go(ProblemSpec spec)
    {
        (Problem problem, double lambda) = ProblemFactory.Create(spec);
        RegularizationPath sorted = problem.Path(spec.L1Ratio, 3 * lambda, lambda, lambda / 2);
        RegularizationPath shuffled = problem.Path(spec.L1Ratio, lambda, lambda / 2, 3 * lambda, lambda);
        Assert.Equal(sorted.Select(point => point.Lambda), shuffled.Select(point => point.Lambda));
        Assert.Equal(sorted.Select(point => point.Intercept), shuffled.Select(point => point.Intercept));
        foreach ((PathPoint a, PathPoint b) in sorted.Zip(shuffled))
            Assert.Equal(a.Coefficients.ToArray(), b.Coefficients.ToArray());
    }

    private static void BothWays(Problem a, Problem b, double lambda, double l1Ratio)
    {
        Agreement.Solves(b, a.Fit(lambda, l1Ratio));
        Agreement.Solves(a, b.Fit(lambda, l1Ratio));
    }

    private static Problem Short(Problem problem) => problem with { Options = problem.Options with { LambdaCount = 5 } };

    private static double Weight(Problem problem, int row) => problem.Options.Weights.IsEmpty ? 1 : problem.Options.Weights.Span[row];

    private static Problem Permute(Problem problem, int[] order)
    {
        double[,] x = new double[problem.Rows, problem.Columns];
        for (int i = 0; i < problem.Rows; i++)
        {
            for (int j = 0; j < order.Length; j++)
                x[i, j] = problem.X[i, order[j]];
        }

        double[] Pick(ListOf<double> values) => values.IsEmpty ? [] : [.. order.Select(j => values.Span[j])];
        ElasticNetOptions options = problem.Options with
        {
            PenaltyFactors = Pick(problem.Options.PenaltyFactors),
            LowerBounds = Pick(problem.Options.LowerBounds),
            UpperBounds = Pick(problem.Options.UpperBounds),
            ExcludedFeatures = problem.Options.ExcludedFeatures.ToArray().Select(j => Array.IndexOf(order, j)).ToArray(),
        };
        return problem with { X = x, Options = options };
    }
}
