using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>Odd but meaningful data have a defined result.</summary>
public class EdgeCaseTests
{
    public static TheoryData<double, double> Settings => new()
    {
        { 0.05, 1 }, { 0.05, 0.5 }, { 0.05, 0 }, { 0, 1 }, { 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void One_row_is_its_own_mean(double lambda, double l1Ratio)
    {
        Problem problem = Sample.Good(rows: 1);
        Solution solution = problem.Fit(lambda, l1Ratio);
        Assert.Equal(problem.Y[0], solution.Fit.Intercept, 1e-15);
        Assert.All(solution.Coefficients, value => Assert.Equal(0, value));
        Assert.Equal((0.0, 0.0), (solution.Fit.DevianceRatio, solution.Fit.RelativeGap));
        Assert.All(problem.Path(l1Ratio), point => Assert.Empty(point.Coefficients));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void One_column(double lambda, double l1Ratio) => Agreement.Certified(Sample.Good(columns: 1).Fit(lambda, l1Ratio));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Only_constant_columns(double lambda, double l1Ratio)
    {
        Problem problem = Sample.Good();
        for (int i = 0; i < problem.Rows; i++)
        {
            for (int j = 0; j < problem.Columns; j++)
                problem.X[i, j] = 0.1 * j;
        }

        Solution solution = problem.Fit(lambda, l1Ratio);
        Assert.All(solution.Coefficients, value => Assert.Equal(0, value));
        Assert.Equal(problem.Y.Average(), solution.Fit.Intercept, 1e-14);
        Assert.All(problem.Path(l1Ratio), point => Assert.Empty(point.Coefficients));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_constant_target(double lambda, double l1Ratio)
    {
        Problem problem = Sample.Good();
        Array.Fill(problem.Y, 0.1);
        Solution solution = problem.Fit(lambda, l1Ratio);
        Assert.Equal(0.1, solution.Fit.Intercept, 1e-15);
        Assert.All(solution.Coefficients, value => Assert.Equal(0, value, 1e-15));
        Assert.InRange(solution.Fit.RelativeGap, 0, 1e-12);
        Assert.InRange(solution.Fit.DevianceRatio, 0, 1);
        Assert.All(problem.Path(l1Ratio), point => Assert.True(double.IsFinite(point.Lambda)));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_constant_column_among_others(double lambda, double l1Ratio)
    {
        Problem problem = Sample.Good();
        for (int i = 0; i < problem.Rows; i++)
            problem.X[i, 2] = 0.1;
        Solution solution = problem.Fit(lambda, l1Ratio);
        Assert.Equal(0, solution.Coefficients[2]);
        Agreement.Certified(solution);
    }

    /// <summary>Ridge shares a duplicate's effect equally; whatever the lasso does, it is optimal.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void Duplicate_columns(double lambda, double l1Ratio)
    {
        Problem problem = Sample.Good();
        for (int i = 0; i < problem.Rows; i++)
            problem.X[i, 3] = problem.X[i, 0];
        Solution solution = problem.Fit(lambda, l1Ratio);
        Agreement.Certified(solution);
        if (l1Ratio < 1 || lambda == 0)
            Assert.Equal(solution.Coefficients[0], solution.Coefficients[3], 1e-10);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Many_more_columns_than_rows(double lambda, double l1Ratio)
    {
        Problem problem = Sample.Good(rows: 15, columns: 600);
        Agreement.Certified(problem.Fit(lambda, l1Ratio));
        foreach (PathPoint point in (problem with { Options = problem.Options with { LambdaCount = 10 } }).Path(l1Ratio))
            Agreement.Certified(Solution.Of(problem, point));
    }

    /// <summary>From nothing to nearly everything at once, and on to where only rounding is left of the penalty.</summary>
    [Theory]
    [InlineData(60, 50, 1)]
    [InlineData(60, 50, 0.5)]
    [InlineData(30, 400, 1)]
    [InlineData(30, 400, 0.5)]
    [InlineData(300, 20, 1)]
    public void A_grid_of_huge_steps(int rows, int columns, double l1Ratio)
    {
        Problem problem = Sample.Good(rows, columns);
        double largest = problem.Path(l1Ratio)[0].Lambda;
        double[] lambdas = [10 * largest, largest / 1e3, largest / 1e5];
        RegularizationPath path = problem.Path(l1Ratio, lambdas);
        for (int k = 0; k < lambdas.Length; k++)
        {
            Solution solution = Solution.Of(problem, path[k]);
            Agreement.Certified(solution);
            Agreement.Same(problem.Fit(lambdas[k], l1Ratio), solution);
        }
    }

    [Fact]
    public void As_many_folds_as_rows()
    {
        CrossValidationResult result = Sample.With(options => options with { Folds = Sample.Rows, LambdaCount = 5 }).CrossValidate();
        Assert.Equal(Enumerable.Range(0, Sample.Rows), result.FoldIds.ToArray().Order());
    }

    [Fact]
    public void Lambda_zero_ends_a_path()
    {
        Problem problem = Sample.Good();
        RegularizationPath path = problem.Path(1, 0.1, 0.01, 0);
        Assert.Equal(0, path[2].Lambda);
        Agreement.Same(problem.Fit(0, 1), Solution.Of(problem, path[2]));
        Assert.Equal(FinishMethod.LeastSquares, path[2].Trace.Finisher);
    }
}
