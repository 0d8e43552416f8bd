using ElasticNet.Fast.Cli.Verify;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>
/// Data on which rounding in double arithmetic is larger than what is to be decided. Each claimed gap is held against the proof in double-double
/// arithmetic that shares nothing with the solvers.
/// </summary>
public class ProofTests
{
    [Theory]
    [InlineData(Layout.ColumnMajor, false)]
    [InlineData(Layout.RowMajor, false)]
    [InlineData(Layout.StridedRows, false)]
    [InlineData(Layout.ColumnMajor, true)]
    [InlineData(Layout.RowMajor, true)]
    public void Columns_near_a_million_without_an_intercept(Layout layout, bool isSingle)
    {
        double[,] x = { { 1000000.7, 999998.5, 999998.6 }, { 1000001.3, 999998.9, 999999.6 }, { 1000001.1, 999998.5, 999999.9 } };
        Problem problem = new(x, [0.6, -1.7, 1.2], new() { Intercept = false, Standardize = false }) { Layout = layout };
        PlainVerdict found = Check((isSingle ? problem.AsSingle() : problem).Fit(0.001, 1), 1e-12);
        if (!isSingle)
            Assert.Equal(0.296915, found.Objective, 1e-6);
        Check((problem with { Options = problem.Options with { UpperBounds = new[] { 50.0 } } }).Fit(0.001, 1), 1e-12);
        Check((problem with { Options = problem.Options with { PenaltyFactors = new[] { 1.0, 0, 1 } } }).Fit(0.001, 1), 1e-12);
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    [InlineData(1e-7)]
    [InlineData(1e-8)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    [InlineData(1e-13)]
    public void Nearly_equal_columns(double e)
    {
        const int Rows = 30;
        double[,] x = new double[Rows, 2], honest = new double[Rows, 2];
        double[] y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            double c = Math.Cos(7 * i + 1), s = Math.Sin(i + 1.0);
            (x[i, 0], x[i, 1], honest[i, 0]) = (s, s + e * c, s);
            honest[i, 1] = (x[i, 1] - s) / e; // The difference is exact.
            y[i] = s + c + 0.1 * Math.Sin(3.3 * i * i);
        }

        double attainable = new Problem(honest, y, new()).Fit(0, 1).Fit.DevianceRatio;
        Assert.Equal(0.9964, attainable, 1e-4);
        foreach (Layout layout in (Layout[])[Layout.ColumnMajor, Layout.RowMajor])
        {
            Solution solution = new Problem(x, y, new()) { Layout = layout }.Fit(0, 1);
            double found = DevianceRatio(Judge(solution));
            Assert.InRange(attainable - found, -1e-9, e >= 1e-9 ? 1e-9 : solution.Fit.RelativeGap + 1e-9);
            Assert.Equal(found, solution.Fit.DevianceRatio, 1e-12);
        }
    }

    [Theory]
    [InlineData(2, 0.338413)]
    [InlineData(3, 0.363078)]
    [InlineData(4, 0.857434)]
    [InlineData(5, 0.858709)]
    public void Powers_of_a_year(int degree, double devianceRatio)
    {
        Problem problem = Years(40, degree, 1, (i, _) => 0.1 * i + 3 * Math.Sin(i / 4.0) + Math.Cos(11.0 * i));
        foreach (Layout layout in (Layout[])[Layout.ColumnMajor, Layout.RowMajor])
        {
            Solution solution = (problem with { Layout = layout }).Fit(0, 1);
            Assert.InRange(solution.Fit.RelativeGap, 0, 1e-12);
            Assert.Equal(devianceRatio, DevianceRatio(Judge(solution)), 2e-6);
            Assert.Equal(devianceRatio, solution.Fit.DevianceRatio, 2e-6);
        }
    }

    [Fact]
    public void Powers_of_a_year_without_a_penalty_beside_bounded_columns_with_one()
    {
        Problem years = Years(40, 3, 1, (i, _) => 0.1 * i + 3 * Math.Sin(i / 4.0) + Math.Cos(11.0 * i));
        double[,] x = With(years.X, 4);
        ElasticNetOptions options = new() { PenaltyFactors = new[] { 0.0, 0, 0, 1, 1, 1, 1 }, UpperBounds = new[] { 1e9, 1e9, 1e9, 0.2, 0.2, 1, 1 } };
        foreach (double lambda in (double[])[1, 0.1, 0.001])
            Check(new Problem(x, years.Y, options).Fit(lambda, 0.7), 1e-12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-6)]
    [InlineData(0.01)]
    public void Tall_data_whose_moments_cannot_tell(double lambda)
    {
        Problem years = Years(5000, 3, 0.008, (i, year) => Math.Sin(year / 3) + 0.1 * Math.Cos(11.0 * i));
        Check(new Problem(With(years.X, 5), years.Y, new()).Fit(lambda, 1), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-15)]
    [InlineData(1e-20)]
    [InlineData(1e-30)]
    [InlineData(1e-100)]
    [InlineData(1e-200)]
    public void Small_units_raise_no_alarm(double unit)
    {
        const int Rows = 30, Columns = 8;
        double[,] x = new double[Rows, Columns];
        double[] y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = Math.Sin(1.3 * (i + 1) * (j + 1) + j);
            y[i] = unit * (x[i, 0] + 0.3 * Math.Cos(3.0 * i));
        }

        Problem problem = new(x, y, new() { LambdaCount = 30 });
        foreach (PathPoint point in problem.Path(0.5))
        {
            Assert.InRange(point.RelativeGap, 0, 1e-12);
            if (unit >= 1e-100) // The check's own squares vanish below.
                Check(Solution.Of(problem, point), 1e-12);
        }
    }

    private static PlainVerdict Check(Solution solution, double most)
    {
        PlainVerdict found = Judge(solution);
        Assert.InRange(solution.Fit.RelativeGap, 0, most);
        Assert.InRange(found.RelativeGap, 0, solution.Fit.RelativeGap + 1e-12);
        return found;
    }

    private static PlainVerdict Judge(Solution solution)
    {
        (Problem problem, ElasticNetFit fit, double[] beta) = solution;
        ElasticNetOptions options = problem.Options;
        double[][] columns = [.. Enumerable.Range(0, problem.Columns).Select(j => Enumerable.Range(0, problem.Rows).Select(i => problem.X[i, j]).ToArray())];
        PlainProof proof = new(columns, problem.Y, null, [.. problem.Y.Select(_ => 1.0)], options.Intercept);
        return proof.Judge(beta, fit.Intercept, new(fit.Lambda, fit.L1Ratio)
        {
            Standardize = options.Standardize,
            Factors = options.PenaltyFactors.IsEmpty ? null : options.PenaltyFactors.ToArray(),
            Upper = options.UpperBounds.Count switch { 0 => null, 1 => [.. columns.Select(_ => options.UpperBounds.Span[0])], _ => options.UpperBounds.ToArray() },
        }, 1e-15);
    }

    private static double DevianceRatio(PlainVerdict verdict) => 1 - verdict.Objective / verdict.HalfNull;

    private static Problem Years(int rows, int degree, double step, Func<int, double, double> target)
    {
        double[,] x = new double[rows, degree];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double year = 1985 + step * i;
            for (int j = 0; j < degree; j++)
                x[i, j] = Math.Pow(year, j + 1);
            y[i] = target(i, year);
        }

        return new(x, y, new());
    }

    // The same with columns that wander, as measurements do.
    private static double[,] With(double[,] x, int more)
    {
        (int n, int p) = (x.GetLength(0), x.GetLength(1));
        double[,] all = new double[n, p + more];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p + more; j++)
                all[i, j] = j < p ? x[i, j] : Math.Sin(1.7 * (i + 1) * (j + 1)) + (i == 0 ? 0 : 0.8 * all[i - 1, j]);
        }

        return all;
    }
}
