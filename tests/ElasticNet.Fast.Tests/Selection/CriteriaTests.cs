using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>Criteria along a path, against rows really left out, the engine's degrees of freedom, and the formulas written out.</summary>
public class CriteriaTests
{
    /// <summary>Leaving rows out one by one, with the total penalty and the scales kept: the same curve and the same λ, or its neighbour.</summary>
    [Theory]
    [InlineData("prostate", 1.0)]
    [InlineData("boston", 1.0)]
    [InlineData("swiss", 0.5)]
    [InlineData("quickstart", 0.5)]
    [InlineData("diabetes", 0.7)]
    public void Approximate_leave_one_out_is_near_brute_force(string name, double l1Ratio)
    {
        Problem problem = Scaled(name, new() { LambdaCount = 25, LambdaMinRatio = 1e-3 });
        PathCriteria criteria = Criteria(problem, l1Ratio);
        double[] exact = LeaveOneOut(problem, criteria.Path, l1Ratio);
        double[] near = [.. criteria.Points.Select(point => point.Alo)];

        double correlation = Correlation(exact, near);
        Assert.True(correlation >= 0.999, $"correlation {correlation}");
        Assert.InRange(criteria.Best(Criterion.Alo) - Array.IndexOf(exact, exact.Min()), -1, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ridge_is_exact_with_weights_offset_and_penalty_factors(bool intercept)
    {
        Problem plain = Scaled("swiss", new() { Lambdas = new[] { 1, 0.1, 0.01 }, Intercept = intercept });
        Problem problem = plain with
        {
            Options = plain.Options with
            {
                Weights = Enumerable.Range(0, plain.Rows).Select(i => (double)(i % 4)).ToArray(),
                Offset = Enumerable.Range(0, plain.Rows).Select(i => 0.3 * Math.Sin(i)).ToArray(),
                PenaltyFactors = Enumerable.Range(0, plain.Columns).Select(j => (double)j).ToArray(),
            },
        };
        PathCriteria criteria = Criteria(problem, 0);
        double[] exact = LeaveOneOut(problem, criteria.Path, 0);
        for (int k = 0; k < exact.Length; k++)
            Assert.Equal(1, criteria.Points[k].Alo / exact[k], 1e-9);
    }

    /// <summary>The engine's own degrees of freedom are another route to Σ hᵢ, coefficients at bounds included.</summary>
    [Theory]
    [InlineData(1.0, true)]
    [InlineData(0.5, true)]
    [InlineData(0.5, false)]
    [InlineData(0.0, true)]
    public void Degrees_of_freedom_are_the_engines(double l1Ratio, bool standardize)
    {
        Problem problem = Golden("prostate", new()
        {
            LambdaCount = 30,
            Standardize = standardize,
            UpperBounds = new[] { 0.3 },
            DegreesOfFreedom = true,
        });
        RegularizationPath path = problem.Path(l1Ratio);
        PathCriteria criteria = Criteria(problem, l1Ratio);
        for (int k = 0; k < path.Count; k++)
        {
            Assert.Equal(path[k].Fit.DegreesOfFreedom, criteria.Points[k].DegreesOfFreedom, 1e-8);
            Assert.Equal(criteria.Points[k].DegreesOfFreedom, criteria.Path[k].Fit.DegreesOfFreedom);
        }
    }

    [Fact]
    public void Criteria_are_their_formulas()
    {
        Problem problem = Golden("prostate", new() { LambdaCount = 20 });
        PathCriteria criteria = Criteria(problem, 1, gamma: 1);
        double n = problem.Rows;
        for (int k = 0; k < criteria.Points.Count; k++)
        {
            CriteriaPoint point = criteria.Points[k];
            Solution solution = Solution.Of(problem, criteria.Path[k]);
            double rss = Enumerable.Range(0, problem.Rows).Sum(i => Math.Pow(problem.Y[i] - solution.Predict(i), 2));
            int size = criteria.Path[k].Coefficients.Count;
            double df = 1 + size, subsets = 1;
            for (int i = 0; i < size; i++)
                subsets = subsets * (problem.Columns - i) / (i + 1);
            double likelihood = n * Math.Log(rss / n);
            Assert.Equal(likelihood + 2 * df, point.Aic, 1e-8);
            Assert.Equal(likelihood + 2 * df + 2 * df * (df + 1) / (n - df - 1), point.Aicc, 1e-8);
            Assert.Equal(likelihood + df * Math.Log(n), point.Bic, 1e-8);
            Assert.Equal(likelihood + df * Math.Log(n) + 2 * Math.Log(subsets), point.Ebic, 1e-8);
            Assert.Equal(rss / n / Math.Pow(1 - df / n, 2), point.Gcv, 1e-8);
        }

        foreach (Criterion criterion in Enum.GetValues<Criterion>())
        {
            int best = criteria.Best(criterion);
            Assert.Equal(criteria.Points.Min(point => point[criterion]), criteria.Points[best][criterion]);
            Assert.Equal(criteria.Lambda(criterion), criteria.Model(criterion).Fit.Lambda);
        }
    }

    [Fact]
    public void Floats_and_prepared_columns_have_the_engines_degrees_of_freedom()
    {
        Problem plain = Golden("swiss", new() { LambdaCount = 20, DegreesOfFreedom = true }).AsSingle();
        Problem prepared = plain with { Options = plain.Options with { Preparation = new() } };
        foreach (Problem problem in new[] { plain, prepared })
        {
            PathCriteria criteria = ElasticNetEstimator.Criteria(
                new Table<float>(problem.X, problem.Layout).Features, problem.Y, 0.5, problem.Options);
            RegularizationPath path = problem.Path(0.5);
            Assert.Equal(path.Count, criteria.Points.Count);
            for (int k = 0; k < path.Count; k++)
                Assert.Equal(path[k].Fit.DegreesOfFreedom, criteria.Points[k].DegreesOfFreedom, 1e-8);
            Assert.Equal(problem.Options.Preparation is null, criteria.Model(Criterion.Bic).Preparation is null);
        }
    }

    [Fact]
    public void One_row_is_refused_with_what_would_work()
    {
        Problem problem = new(new double[,] { { 1, 2 } }, [3], new());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Criteria(problem, 1).Best(Criterion.Bic));
        Assert.Contains("1 rows", error.Message);
        Assert.Contains("more rows", error.Message);
    }

    [Fact]
    public void A_gamma_outside_its_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Criteria(Golden("swiss", new()), 1, gamma: 1.5));

    private static PathCriteria Criteria(Problem problem, double l1Ratio, double gamma = 0.5) =>
        ElasticNetEstimator.Criteria(new Table<double>(problem.X, problem.Layout).Features, problem.Y, l1Ratio, problem.Options, gamma);

    /// <summary>A row leaves by weight 0; λ/(1 − wᵢ) keeps the total penalty.</summary>
    private static double[] LeaveOneOut(Problem problem, RegularizationPath path, double l1Ratio)
    {
        double[] errors = new double[path.Count];
        double[] weights = problem.Options.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, problem.Rows)] : problem.Options.Weights.ToArray();
        double sum = weights.Sum();
        for (int i = 0; i < problem.Rows; i++)
        {
            if (weights[i] == 0)
                continue;
            double[] without = [.. weights];
            without[i] = 0;
            double share = weights[i] / sum;
            Problem rest = problem with { Options = problem.Options with { Weights = without } };
            RegularizationPath left = rest.Path(l1Ratio, [.. path.Select(point => point.Lambda / (1 - share))]);
            for (int k = 0; k < errors.Length; k++)
                errors[k] += share * Math.Pow(problem.Y[i] - Solution.Of(rest, left[k]).Predict(i), 2);
        }

        return errors;
    }

    private static Problem Golden(string name, ElasticNetOptions options)
    {
        string file = Path.Combine(GoldenFile.Folder, "data", name);
        return new(CsvTable.Read(file + ".x.csv"), CsvTable.ReadColumn(file + ".y.csv"), options);
    }

    /// <summary>Columns of deviation 1 and no further standardisation, so that a row that leaves changes no scale.</summary>
    private static Problem Scaled(string name, ElasticNetOptions options)
    {
        Problem problem = Golden(name, options with { Standardize = false });
        for (int j = 0; j < problem.Columns; j++)
        {
            double[] column = [.. Enumerable.Range(0, problem.Rows).Select(i => problem.X[i, j])];
            double mean = column.Average(), deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
            for (int i = 0; i < problem.Rows; i++)
                problem.X[i, j] = (column[i] - mean) / deviation;
        }

        return problem;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double both = a.Zip(b, (s, t) => (s - meanA) * (t - meanB)).Sum();
        return both / Math.Sqrt(a.Sum(s => (s - meanA) * (s - meanA)) * b.Sum(t => (t - meanB) * (t - meanB)));
    }
}
