using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>Random problems of several classes and responses: optimality by plain code, and two routes to one answer.</summary>
[Reproducible]
public class OutputProperties
{
    [Property(MaxTest = 60)]
    public void Solutions_are_optimal(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed);
        RegularizationPath path = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        foreach (PathPoint point in path)
        {
            Assert.True(point.RelativeGap <= 1e-9, $"{problem}, λ {point.Lambda}: gap {point.RelativeGap}.");
            Assert.True(point.Fit.KktResidual <= 1e-10, $"{problem}, λ {point.Lambda}: residual {point.Fit.KktResidual}.");
            Assert.True(problem.Violation(point) <= 1e-9 * path.LambdaMax + 1e-11, $"{problem}, λ {point.Lambda}: {problem.Violation(point)} by plain sums.");
        }
    }

    /// <summary>No coefficients found by looking around have an objective that lies below what the gap allows.</summary>
    [Property(MaxTest = 40)]
    public void Nothing_near_is_better_than_the_gap_allows(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed);
        RegularizationPath path = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        Random random = new(seed);
        PathPoint point = path[path.Count / 2];
        double[,] numbers = problem.Numbers(point);
        double objective = problem.Objective(numbers, point.Lambda), unit = problem.Objective(new double[problem.Outputs, problem.Columns + 1], 0) + 1;
        for (int trial = 0; trial < 50; trial++)
        {
            double[,] other = (double[,])numbers.Clone();
            for (int k = 0; k < problem.Outputs; k++)
            {
                for (int j = 0; j <= problem.Columns; j++)
                    other[k, j] += problem.MayMove(k, j, other[k, j]) ? Math.Pow(10, -1 - random.Next(6)) * (random.NextDouble() - 0.5) : 0;
            }

            Assert.True(problem.Objective(other, point.Lambda) >= objective - (point.RelativeGap + 1e-13) * unit, $"{problem}, λ {point.Lambda}.");
        }
    }

    [Property(MaxTest = 25)]
    public void Whole_weights_are_repeated_rows(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed) with { HasOffset = false };
        Random random = new(seed);
        int[] counts = [.. Enumerable.Range(0, problem.Rows).Select(_ => random.Next(1, 4))];
        RegularizationPath weighted = ElasticNetEstimator.Path(
            problem.X, problem.Target with { Weights = Array.ConvertAll(counts, count => (double)count) }, problem.L1Ratio, problem.Options);
        OutputProblem repeated = problem.Repeat(counts);
        RegularizationPath plain = ElasticNetEstimator.Path(
            repeated.X, repeated.Target with { Weights = default }, problem.L1Ratio, problem.Options with { Lambdas = [.. weighted.Select(point => point.Lambda)] });
        for (int l = 0; l < plain.Count; l++)
            AssertClose(problem.Numbers(weighted[l]), problem.Numbers(plain[l]), 1e-7, problem.ToString());
    }

    [Property(MaxTest = 25)]
    public void Sparse_and_float_tables_give_what_dense_ones_give(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed).Rounded();
        RegularizationPath dense = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        ElasticNetOptions options = problem.Options with { Lambdas = [.. dense.Select(point => point.Lambda)] };
        float[] singles = new float[problem.Rows * problem.Columns];
        for (int i = 0; i < problem.Rows; i++)
        {
            for (int j = 0; j < problem.Columns; j++)
                singles[j * problem.Rows + i] = (float)problem.X[i, j];
        }

        RegularizationPath single = ElasticNetEstimator.Path(MatrixView.ColumnMajor<float>(singles, problem.Rows, problem.Columns), problem.Target, problem.L1Ratio, options);
        RegularizationPath sparse = ElasticNetEstimator.Path(problem.Sparse(singles), problem.Target, problem.L1Ratio, options);
        for (int l = 0; l < dense.Count; l++)
        {
            AssertClose(problem.Numbers(dense[l]), problem.Numbers(single[l]), 1e-8, problem.ToString());
            AssertClose(problem.Numbers(dense[l]), problem.Numbers(sparse[l]), 1e-8, problem.ToString());
            // Sparse columns that lie thirty deviations from 0 are charged for being centred as a whole.
            Assert.InRange(sparse[l].RelativeGap, 0, 1e-8);
        }
    }

    [Property(MaxTest = 20)]
    public void Two_classes_are_a_logistic_regression_of_half_the_ridge_strength(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed, outputs: 2, isGrouped: false, hasBounds: false) with { HasOffset = false };
        if (!problem.HasClasses)
            return;
        double l1Ratio = problem.L1Ratio;
        RegularizationPath classes = ElasticNetEstimator.Path(problem.X, problem.Target, l1Ratio, problem.Options);
        foreach (PathPoint point in classes)
        {
            // λ′ρ′ = λρ and λ′(1 − ρ′) = λ(1 − ρ)/2.
            double lambda = point.Lambda * (l1Ratio + (1 - l1Ratio) / 2);
            using ElasticNetModel logistic = ElasticNetEstimator.Fit(
                problem.X, problem.Events, lambda, lambda == 0 ? 1 : point.Lambda * l1Ratio / lambda, problem.Options with { Family = Family.Binomial });
            double[,] numbers = problem.Numbers(point);
            Assert.Equal(logistic.Intercept, numbers[1, 0] - numbers[0, 0], 1e-7);
            for (int j = 0; j < problem.Columns; j++)
                Assert.Equal(logistic.Coefficients[j], numbers[1, j + 1] - numbers[0, j + 1], 1e-7);
        }
    }

    [Property(MaxTest = 20)]
    public void Responses_without_groups_are_so_many_lassos_bit_for_bit(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed, isGrouped: false) with { HasOffset = false };
        if (problem.HasClasses)
            return;
        RegularizationPath together = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        double[] lambdas = [.. together.Select(point => point.Lambda)];
        for (int k = 0; k < problem.Outputs; k++)
        {
            RegularizationPath alone = ElasticNetEstimator.Path(
                problem.X, new Target(problem.Response(k)) { Weights = problem.Weights }, problem.L1Ratio, problem.Options with { Family = Family.Gaussian, Lambdas = lambdas });
            for (int l = 0; l < lambdas.Length; l++)
            {
                Assert.Equal(alone[l].Intercept, together[l].Intercepts.Span[k]);
                for (int j = 0; j < problem.Columns; j++)
                    Assert.Equal(alone[l].Coefficients[j], together[l].Coefficients[j, k]);
            }
        }
    }

    /// <summary>Coefficients that the lasso leaves undetermined are the middle ones: nothing depends on the order of the classes.</summary>
    [Property(MaxTest = 20)]
    public void Classes_in_another_order_are_the_same_classes(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed, hasBounds: false) with { HasOffset = false };
        if (!problem.HasClasses)
            return;
        RegularizationPath path = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        RegularizationPath turned = ElasticNetEstimator.Path(problem.X, problem.Turned, problem.L1Ratio, problem.Options);
        for (int l = 0; l < path.Count; l++)
        {
            double[,] one = problem.Numbers(path[l]), other = problem.Numbers(turned[l]);
            for (int k = 0; k < problem.Outputs; k++)
            {
                for (int j = 0; j <= problem.Columns; j++)
                    Assert.True(Math.Abs(one[k, j] - other[problem.Outputs - 1 - k, j]) <= 1e-7 * (1 + Math.Abs(one[k, j])), $"{problem}, λ {path[l].Lambda}, class {k}, {j}: {one[k, j]}, {other[problem.Outputs - 1 - k, j]}.");
            }
        }
    }

    [Property(MaxTest = 15)]
    public void Probabilities_sum_to_1_and_a_fit_is_a_point_of_its_path(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed);
        RegularizationPath path = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        PathPoint point = path[path.Count - 1];
        using ElasticNetModel model = ElasticNetEstimator.Fit(problem.X, problem.Target, point.Lambda, problem.L1Ratio, problem.Options);
        double[] row = new double[problem.Columns], predictions = new double[problem.Outputs], offset = new double[problem.HasOffset ? problem.Outputs : 0];
        for (int k = 0; k < offset.Length; k++)
            offset[k] = problem.Offsets[0, k];
        for (int j = 0; j < row.Length; j++)
            row[j] = problem.X[0, j];
        Assert.Equal(problem.HasOffset, model.Provenance.HasOffset);
        model.Predict(row, predictions, offset);
        if (problem.HasClasses)
            Assert.Equal(1, predictions.Sum(), 1e-14);
        double[,] expected = problem.Numbers(point);
        for (int k = 0; k < problem.Outputs; k++)
        {
            Assert.Equal(expected[k, 0], model.Intercepts[k], 1e-7 * (1 + Math.Abs(expected[k, 0])));
            for (int j = 0; j < problem.Columns; j++)
                Assert.Equal(expected[k, j + 1], model.Coefficients[j, k], 1e-7 * (1 + Math.Abs(expected[k, j + 1])));
        }
    }

    [Property(MaxTest = 40)]
    public void Threads_and_the_problems_before_change_no_bit(int seed)
    {
        OutputProblem problem = OutputProblem.Random(seed), other = OutputProblem.Random(seed + 1);
        using Workspace workspace = new();
        RegularizationPath fresh = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options);
        _ = ElasticNetEstimator.Path(other.X, other.Target, other.L1Ratio, other.Options, workspace);
        _ = ElasticNetEstimator.Path(problem.X, problem.Response(0), 0.5, workspace: workspace);
        RegularizationPath used = ElasticNetEstimator.Path(problem.X, problem.Target, problem.L1Ratio, problem.Options with { MaxDegreeOfParallelism = 3 }, workspace);
        Assert.Equal(fresh.Count, used.Count);
        for (int l = 0; l < fresh.Count; l++)
            Assert.Equal(problem.Numbers(fresh[l]), problem.Numbers(used[l]));
    }

    /// <summary>Random classes of as many features as rows, down to a thousandth of λ_max.</summary>
    [Fact]
    public void Noise_of_three_classes_is_solved_all_the_way()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            double[,] x = new double[20, 20];
            for (int i = 0; i < 20; i++)
            {
                for (int j = 0; j < 20; j++)
                    x[i, j] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            }

            int[] codes = [.. Enumerable.Range(0, 20).Select(i => i < 3 ? i : random.Next(3))];
            foreach (bool isGrouped in new[] { false, true })
            {
                RegularizationPath path = ElasticNetEstimator.Path(
                    x, Target.Classes(codes, ["a", "b", "c"]), 1, new() { Family = Family.Multinomial, LambdaMinRatio = 1e-3, GroupOutputs = isGrouped });
                Assert.Equal(100, path.Count);
                Assert.InRange(path.Max(point => point.RelativeGap), 0, 1e-10);
            }
        }
    }

    private static void AssertClose(double[,] expected, double[,] actual, double tolerance, string problem)
    {
        double size = 1 + expected.Cast<double>().Max(Math.Abs);
        for (int k = 0; k < expected.GetLength(0); k++)
        {
            for (int j = 0; j < expected.GetLength(1); j++)
                Assert.True(Math.Abs(expected[k, j] - actual[k, j]) <= tolerance * size, $"{problem}: {expected[k, j]} and {actual[k, j]} at ({k}, {j}).");
        }
    }
}
