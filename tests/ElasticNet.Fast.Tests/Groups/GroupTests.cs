using ElasticNet.Fast.Tests.Properties;
using ElasticNet.Fast.Tests.Survival;

namespace ElasticNet.Fast.Tests.Groups;

/// <summary>Groups of features: agreement with what is known otherwise.</summary>
public class GroupTests
{
    private static readonly FeatureGroup[] s_pairs = [new([0, 1]), new([2, 3]), new([4, 5])];

    /// <summary>Group lasso of a plain proximal gradient method, run to the end.</summary>
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.4, 1.0)]
    [InlineData(0.0, 0.6)]
    [InlineData(0.7, 0.3)]
    public void Agrees_with_a_plain_proximal_gradient(double mixing, double l1Ratio)
    {
        Problem problem = Draw(60, 6, seed: 3) is var drawn ? drawn with { Options = drawn.Options with { FeatureGroups = s_pairs, GroupMixing = mixing } } : null!;
        foreach (double lambda in new[] { 0.5, 0.1, 0.01 })
        {
            Solution solution = problem.Fit(lambda, l1Ratio);
            double[] plain = ProximalGradient(problem, lambda, l1Ratio);
            for (int j = 0; j < plain.Length; j++)
                Assert.Equal(plain[j], solution.Coefficients[j], 1e-9);
            Assert.InRange(solution.Fit.RelativeGap, 0, 1e-12);
        }
    }

    [Theory]
    [InlineData(60, 8)]
    [InlineData(20, 40)]
    public void Groups_of_one_are_no_groups(int n, int p)
    {
        Problem problem = Draw(n, p, seed: 5);
        FeatureGroup[] singles = [.. Enumerable.Range(0, p).Select(j => new FeatureGroup([j]))];
        Problem grouped = problem with { Options = problem.Options with { FeatureGroups = singles, GroupMixing = 0.3 } };
        RegularizationPath expected = problem.Path(0.9), path = grouped.Path(0.9);
        Assert.Equal(expected.Select(point => point.Lambda), path.Select(point => point.Lambda));
        Assert.All(expected.Zip(path), pair => Assert.Equal(pair.First.Coefficients.ToArray(), pair.Second.Coefficients.ToArray()));
    }

    [Fact]
    public void Mixing_of_one_is_no_group()
    {
        Problem problem = Draw(50, 6, seed: 6);
        Problem grouped = problem with { Options = problem.Options with { FeatureGroups = s_pairs, GroupMixing = 1 } };
        Assert.Equal(problem.Fit(0.05, 0.8).Coefficients, grouped.Fit(0.05, 0.8).Coefficients);
    }

    /// <summary>A group of one with a factor is a column with a penalty factor, which the solver of groups and the one of columns both know.</summary>
    [Theory]
    [InlineData("gaussian")]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void A_factor_of_a_group_of_one_is_a_penalty_factor(string family)
    {
        Problem problem = Draw(50, 12, seed: 8, family);
        Problem grouped = problem with { Options = problem.Options with { FeatureGroups = [.. Enumerable.Range(0, 12).Select(j => new FeatureGroup([j]) { Factor = 0.5 + (0.25 * j) })] } };
        Problem factored = problem with { Options = problem.Options with { PenaltyFactors = [.. Enumerable.Range(0, 12).Select(j => 0.5 + (0.25 * j))] } };
        RegularizationPath expected = factored.Path(1), path = grouped.Path(1);
        Assert.Equal(expected.LambdaMax, path.LambdaMax, 1e-12);
        for (int k = 0; k < path.Count; k++)
            Agreement.Same(Solution.Of(factored, expected[k]), Solution.Of(factored, path[k]));
    }

    [Fact]
    public void At_lambda_max_one_group_is_about_to_enter()
    {
        Problem problem = Draw(80, 6, seed: 9) is var drawn ? drawn with { Options = drawn.Options with { FeatureGroups = s_pairs } } : null!;
        double lambdaMax = problem.Path(1).LambdaMax;
        Assert.All(problem.Fit(lambdaMax, 1).Coefficients, value => Assert.Equal(0, value));
        Assert.Equal(2, problem.Fit(lambdaMax * 0.999, 1).Fit.NonZeroCount);
    }

    /// <summary>Every level of a factor beside an intercept: the columns of the group depend on each other.</summary>
    [Theory]
    [InlineData("gaussian")]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void Complete_blocks_of_levels(string family)
    {
        Problem drawn = Draw(120, 9, seed: 11, family);
        Random random = new(4);
        for (int i = 0; i < drawn.Rows; i++)
        {
            int first = random.Next(4), second = random.Next(3);
            for (int j = 0; j < 7; j++)
                drawn.X[i, j] = j < 4 ? (j == first ? 1 : 0) : (j - 4 == second ? 1 : 0);
        }

        Problem problem = drawn with { Options = drawn.Options with { FeatureGroups = [new([0, 1, 2, 3]), new([4, 5, 6])], LambdaCount = 40 } };
        foreach (PathPoint point in problem.Path(1))
        {
            Assert.InRange(point.Fit.RelativeGap, 0, 1e-11);
            Assert.InRange(new GroupOptimality(problem, point.Fit, point.Coefficients.ToArray()).KktResidual, 0, 1e-10);
        }
    }

    /// <summary>The same columns in two groups, once with the same factor and once dearer: the cheaper has it all.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(1.0001)]
    [InlineData(1.3)]
    public void Copies_of_a_group(double factor)
    {
        Problem drawn = Draw(40, 6, seed: 12);
        for (int i = 0; i < drawn.Rows; i++)
            (drawn.X[i, 2], drawn.X[i, 3]) = (drawn.X[i, 0], drawn.X[i, 1]);
        Problem problem = drawn with { Options = drawn.Options with { FeatureGroups = [new([0, 1]) { Factor = 1 }, new([2, 3]) { Factor = factor }], LambdaCount = 40 } };
        foreach (PathPoint point in problem.Path(1))
        {
            Assert.InRange(point.Fit.RelativeGap, 0, 1e-11);
            Assert.InRange(new GroupOptimality(problem, point.Fit, point.Coefficients.ToArray()).KktResidual, 0, 1e-10);
            if (factor > 1)
                Assert.All(point.Coefficients.Indices.ToArray(), j => Assert.False(j is 2 or 3));
        }
    }

    /// <summary>How much fitted values move with their responses, by differences.</summary>
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.3, 1.0)]
    [InlineData(0.0, 0.7)]
    public void Degrees_of_freedom_are_the_divergence(double mixing, double l1Ratio)
    {
        Problem problem = Draw(40, 6, seed: 14) is var drawn ? drawn with { Options = drawn.Options with { FeatureGroups = s_pairs, GroupMixing = mixing } } : null!;
        const double lambda = 0.1, step = 1e-5;
        Solution solution = problem.Fit(lambda, l1Ratio);
        double divergence = 0;
        for (int i = 0; i < problem.Rows; i++)
        {
            double[] up = [.. problem.Y], down = [.. problem.Y];
            up[i] += step;
            down[i] -= step;
            divergence += ((problem with { Y = up }).Fit(lambda, l1Ratio).Predict(i) - (problem with { Y = down }).Fit(lambda, l1Ratio).Predict(i)) / (2 * step);
        }

        Assert.Equal(divergence, solution.Fit.DegreesOfFreedom, 1e-5);
    }

    /// <summary>Columns without a penalty that depend on each other, beside groups: their part of the fit is unique, and proven.</summary>
    [Theory]
    [InlineData("gaussian")]
    [InlineData("binomial")]
    public void Copies_of_columns_without_a_penalty(string family)
    {
        Problem drawn = Draw(60, 6, seed: 13, family);
        for (int i = 0; i < drawn.Rows; i++)
            drawn.X[i, 5] = 2 * drawn.X[i, 4];
        Problem problem = drawn with { Options = drawn.Options with { FeatureGroups = [new([0, 1]), new([2, 3])], PenaltyFactors = [1, 1, 1, 1, 0, 0] } };
        foreach (PathPoint point in problem.Path(1))
        {
            Assert.InRange(point.Fit.RelativeGap, 0, 1e-9);
            Assert.InRange(new GroupOptimality(problem, point.Fit, point.Coefficients.ToArray()).KktResidual, 0, 1e-10);
        }
    }

    /// <summary>Columns that are stacked on their way through the engine.</summary>
    [Fact]
    public void Stacked_columns_are_consecutive_groups()
    {
        Problem problem = Draw(50, 12, seed: 19);
        RegularizationPath stacked = (problem with { Options = problem.Options with { StackedColumns = 3 } }).Path(0.9);
        RegularizationPath named = (problem with
        {
            Options = problem.Options with { FeatureGroups = [.. Enumerable.Range(0, 12).Chunk(3).Select(columns => new FeatureGroup(columns) { Factor = 1 })] },
        }).Path(0.9);
        Assert.Equal(named.Select(point => point.Coefficients.ToArray()), stacked.Select(point => point.Coefficients.ToArray()));
    }

    /// <summary>Without an l1 term there is nothing left of a group.</summary>
    [Fact]
    public void Ridge_and_least_squares_know_no_groups()
    {
        Problem problem = Draw(50, 6, seed: 15), grouped = problem with { Options = problem.Options with { FeatureGroups = s_pairs } };
        Assert.Equal(problem.Path(0, 0.3, 0.1).Select(point => point.Coefficients.ToArray()), grouped.Path(0, 0.3, 0.1).Select(point => point.Coefficients.ToArray()));
        RegularizationPath path = grouped.Path(1, 0.3, 0.1, 0);
        Agreement.Same(problem.Fit(0, 1), Solution.Of(problem, path[2]));
        Assert.Equal(FinishMethod.LeastSquares, path[2].Fit.Trace.Finisher);
    }

    [Theory]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void A_path_that_ends_without_a_penalty(string family)
    {
        Problem problem = Draw(80, 6, seed: 16, family), grouped = problem with { Options = problem.Options with { FeatureGroups = s_pairs } };
        Agreement.Same(problem.Fit(0, 1), Solution.Of(problem, grouped.Path(1, 0.1, 0.01, 0)[2]));
    }

    /// <summary>A loss that couples rows.</summary>
    [Fact]
    public void Survival_with_groups()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            SurvivalSample sample = SurvivalSample.Draw(seed);
            int p = sample.X.GetLength(1);
            ElasticNetOptions options = sample.Options with
            {
                FeatureGroups = [.. Enumerable.Range(0, p).Chunk(3).Select(columns => new FeatureGroup(columns))],
                GroupMixing = seed % 2 == 0 ? 0 : 0.4,
                LowerBounds = [],
                UpperBounds = [],
                LambdaCount = 15,
                LambdaMinRatio = 0.01,
            };
            foreach (PathPoint point in ElasticNetEstimator.Path(sample.X, sample.Target, Math.Max(sample.L1Ratio, 0.2), options))
                Assert.InRange(point.Fit.RelativeGap, 0, 1e-9);
        }
    }

    /// <summary>Each fold is the path on a copy of its training rows.</summary>
    [Theory]
    [InlineData("gaussian", 60)]
    [InlineData("gaussian", 12)]
    [InlineData("binomial", 60)]
    public void A_fold_is_a_fit_on_the_other_rows(string family, int n)
    {
        int[] ids = [.. Enumerable.Range(0, n).Select(i => i % 3)];
        Problem drawn = Draw(n, 6, seed: 17, family);
        Problem problem = drawn with { Options = drawn.Options with { FeatureGroups = s_pairs, Lambdas = new[] { 0.3, 0.1, 0.02 }, FoldPlan = FoldPlan.Given(ids) } };
        CrossValidationResult result = problem.CrossValidate();
        double[] errors = new double[3];
        for (int fold = 0; fold < 3; fold++)
        {
            int[] rows = [.. Enumerable.Range(0, n).Where(i => ids[i] != fold)], held = [.. Enumerable.Range(0, n).Where(i => ids[i] == fold)];
            RegularizationPath path = (problem with { Options = problem.Options with { FoldPlan = null } }).Subset(rows).Path(1);
            for (int k = 0; k < 3; k++)
            {
                Solution solution = Solution.Of(problem, path[k]);
                errors[k] += held.Sum(i => Error(family, problem.Y[i], solution.Predict(i))) / n;
            }
        }

        Assert.Equal(errors, result.Curves[0].Points.Select(point => point.Mean), new Close(1e-9));
    }

    [Fact]
    public void Levels_of_a_category_are_in_or_out_together()
    {
        (FeatureTable table, double[] y) = Shops();
        ElasticNetOptions options = new() { GroupLevels = true, LambdaCount = 30 };
        RegularizationPath path = ElasticNetEstimator.Path(table, y, 1, options);
        Preparation preparation = path.Preparation!;
        int[][] levels = [.. preparation.FeatureNames.Index().Where(name => name.Item != "area").GroupBy(name => name.Item[..4], name => name.Index).Select(group => group.ToArray())];
        Assert.Equal(2, levels.Length);
        foreach (PathPoint point in path)
        {
            double[] coefficients = point.Coefficients.ToArray();
            Assert.All(levels, group => Assert.Single(group.Select(j => coefficients[j] != 0).Distinct()));
            Assert.InRange(point.Fit.RelativeGap, 0, 1e-11);
        }

        // The same groups of the features that were prepared beforehand, and named by raw column.
        double[] features = new double[table.Rows * preparation.FeatureNames.Count];
        preparation.Transform(table, features);
        ElasticNetOptions given = new() { FeatureGroups = [.. levels.Select(group => new FeatureGroup(group))], LambdaCount = 30 };
        RegularizationPath prepared = ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(features, table.Rows, preparation.FeatureNames.Count), y, 1, given);
        RegularizationPath named = ElasticNetEstimator.Path(table, y, 1, new() { FeatureGroups = [new([1]) { Name = "shop" }, new([2])], LambdaCount = 30 });
        for (int k = 0; k < path.Count; k++)
        {
            Assert.Equal(prepared[k].Coefficients.ToArray(), path[k].Coefficients.ToArray(), new Close(1e-10));
            Assert.Equal(path[k].Coefficients.ToArray(), named[k].Coefficients.ToArray());
        }

        CrossValidationResult chosen = ElasticNetEstimator.CrossValidate(table, y, options);
        Assert.True(chosen.Model.Fit.IsExact);
    }

    /// <summary>What rests on the penalty of single columns says so.</summary>
    [Fact]
    public void Verbs_that_know_no_groups_refuse_them()
    {
        Problem problem = Draw(40, 6, seed: 18);
        ElasticNetOptions options = problem.Options with { FeatureGroups = s_pairs };
        BadInput.Refusal.OfArgument(() => _ = new Fast.Inference.ElasticNetInference(problem.X, problem.Y, options), "FeatureGroups", "inference");
    }

    /// <summary>Criteria take the degrees of freedom that the path has, and say nothing of rows left out.</summary>
    [Fact]
    public void Criteria_are_of_the_path()
    {
        Problem problem = Draw(60, 6, seed: 18);
        ElasticNetOptions options = problem.Options with { FeatureGroups = s_pairs, LambdaCount = 12, DegreesOfFreedom = true };
        foreach (Family family in new[] { Family.Gaussian, Family.Poisson })
        {
            double[] y = family == Family.Gaussian ? problem.Y : Array.ConvertAll(problem.Y, value => Math.Round(Math.Min(20, Math.Exp(0.3 * value))));
            RegularizationPath path = ElasticNetEstimator.Path(problem.X, y, 0.7, options with { Family = family });
            PathCriteria found = ElasticNetEstimator.Criteria(problem.X, y, 0.7, options with { Family = family, DegreesOfFreedom = null });
            for (int k = 0; k < path.Count; k++)
            {
                Assert.Equal(path[k].Fit.DegreesOfFreedom, found.Points[k].DegreesOfFreedom, 1e-9);
                Assert.Equal(found.Points[k].Aic + (Math.Log(problem.Rows) - 2) * found.Points[k].DegreesOfFreedom, found.Points[k].Bic, 1e-8 * (1 + Math.Abs(found.Points[k].Bic)));
                Assert.True(double.IsNaN(found.Points[k].Alo));
            }

            Assert.Contains("Alo is undefined with groups", Assert.Throws<InvalidOperationException>(() => found.Best(Criterion.Alo)).Message, StringComparison.Ordinal);
            Assert.NotEmpty(ElasticNetEstimator.Select(problem.X, y, options with { Family = family, Folds = 3 }).Sets);
        }
    }

    private static double Error(string family, double y, double eta) => family == "gaussian"
        ? (y - eta) * (y - eta)
        : 2 * (Math.Log(1 + Math.Exp(eta)) - y * eta);

    private static (FeatureTable Table, double[] Y) Shops()
    {
        Random random = new(20);
        double[] area = new double[90], y = new double[90];
        string[] shop = new string[90], kind = new string[90];
        for (int i = 0; i < y.Length; i++)
        {
            area[i] = random.NextDouble();
            shop[i] = $"shop {random.Next(6)}";
            kind[i] = $"kind {random.Next(3)}";
            y[i] = area[i] + (shop[i][^1] - '0') * 0.3 + (kind[i][^1] == '1' ? 0.4 : 0) + 0.5 * random.NextDouble();
        }

        return (FeatureTable.FromColumns(("area", area), ("shop", shop), ("kind", kind)), y);
    }

    internal static Problem Draw(int n, int p, int seed, string family = "gaussian")
    {
        Random random = new(seed);
        double[,] x = new double[n, p];
        double[] y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double eta = 0, common = ProblemFactory.Normal(random);
            for (int j = 0; j < p; j++)
            {
                x[i, j] = ProblemFactory.Normal(random) + 0.5 * common;
                eta += j % 3 == 0 ? 0.8 * x[i, j] : j % 3 == 1 ? -0.3 * x[i, j] : 0;
            }

            y[i] = family switch
            {
                "binomial" => random.NextDouble() < 1 / (1 + Math.Exp(-0.7 * eta)) ? 1 : 0,
                "poisson" => Math.Floor(Math.Exp(0.3 * eta) + random.NextDouble()),
                _ => 2 + eta + ProblemFactory.Normal(random),
            };
        }

        Family loss = family switch { "binomial" => Family.Binomial, "poisson" => Family.Poisson, _ => Family.Gaussian };
        return new Problem(x, y, new ElasticNetOptions { Family = loss, MaxDegreeOfParallelism = 1, LambdaCount = 30 });
    }

    /// <summary>Squared error, standardised columns, groups of two with factor √2, by steps of 1/L.</summary>
    private static double[] ProximalGradient(Problem problem, double lambda, double l1Ratio)
    {
        (int n, int p) = (problem.Rows, problem.Columns);
        ScaledProblem scaled = new(problem.X, problem.Y, problem.Options, lambda, l1Ratio);
        double[] centered = scaled.Centered(scaled.Target), beta = new double[p];
        double[][] columns = [.. scaled.Columns.Select((column, j) => scaled.Centered(column).Select(value => value / scaled.Sd[j]).ToArray())];
        double tau = problem.Options.GroupMixing, l1 = lambda * l1Ratio, l2 = lambda * (1 - l1Ratio), step = 1.0 / (p + l2);
        for (int round = 0; round < 20_000; round++)
        {
            double[] residual = [.. centered];
            for (int j = 0; j < p; j++)
            {
                for (int i = 0; i < n; i++)
                    residual[i] -= columns[j][i] * beta[j];
            }

            double[] next = [.. beta.Select((value, j) => value + step * (scaled.Dot(columns[j], residual) - l2 * value))];
            next = [.. next.Select(value => Math.Sign(value) * Math.Max(Math.Abs(value) - step * l1 * tau, 0))];
            for (int g = 0; g < p; g += 2)
            {
                double norm = Math.Sqrt(next[g] * next[g] + next[g + 1] * next[g + 1]), shrink = norm == 0 ? 0 : Math.Max(1 - step * l1 * (1 - tau) * Math.Sqrt(2) / norm, 0);
                (next[g], next[g + 1]) = (shrink * next[g], shrink * next[g + 1]);
            }

            double moved = next.Zip(beta, (a, b) => Math.Abs(a - b)).Max();
            beta = next;
            if (moved < 1e-15)
                break;
        }

        return [.. beta.Select((value, j) => Math.ScaleB(value / scaled.Sd[j], -scaled.Exponent[j]))];
    }

    private sealed class Close(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Abs(x));

        public int GetHashCode(double value) => 0;
    }
}
