namespace ElasticNet.Fast.Tests.Properties;

/// <summary>The answer is the same, bit for bit, for any number of threads.</summary>
public class ThreadTests
{
    // Large enough that every pass is cut into several pieces.
    public static TheoryData<int, int, bool, Layout> Shapes => new()
    {
        { 12000, 30, false, Layout.RowMajor },
        { 12000, 30, false, Layout.ColumnMajor },
        { 700, 600, false, Layout.ColumnMajor },
        { 700, 600, true, Layout.RowMajor },
        { 150, 3000, false, Layout.ColumnMajor },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Paths_do_not_depend_on_threads(int rows, int columns, bool isSingle, Layout layout)
    {
        Problem problem = Make(rows, columns, isSingle, layout);
        RegularizationPath one = WithThreads(problem, 1).Path(0.9);
        foreach (int threads in new[] { 2, 3, -1 })
        {
            RegularizationPath many = WithThreads(problem, threads).Path(0.9);
            Assert.Equal(one.Select(point => point.Lambda), many.Select(point => point.Lambda));
            foreach ((PathPoint a, PathPoint b) in one.Zip(many))
            {
                Assert.Equal(a.Coefficients.ToArray(), b.Coefficients.ToArray());
                Assert.Equal(a.Fit with { Trace = default }, b.Fit with { Trace = default });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Cross_validation_does_not_depend_on_threads(int rows, int columns, bool isSingle, Layout layout)
    {
        Problem problem = Make(rows, columns, isSingle, layout);
        foreach (int folds in new[] { 3, 7 })
        {
            CrossValidationResult one = WithThreads(problem, 1, folds).CrossValidate();
            foreach (int threads in new[] { 2, 3, -1 })
            {
                CrossValidationResult many = WithThreads(problem, threads, folds).CrossValidate();
                Assert.Equal(one.Best.Points, many.Best.Points);
                Assert.Equal(one.Best.FoldErrors.ToArray(), many.Best.FoldErrors.ToArray());
                Assert.Equal(one.Model.Values.ToArray(), many.Model.Values.ToArray());
            }
        }
    }

    private static Problem Make(int rows, int columns, bool isSingle, Layout layout) => ProblemFactory.Create(new ProblemSpec
    {
        Seed = rows,
        Rows = rows,
        Columns = columns,
        L1Ratio = 1,
        LambdaFraction = 1,
        IsSingle = isSingle,
        Layout = layout,
    }).Problem;

    private static Problem WithThreads(Problem problem, int threads, int folds = 3) =>
        problem with { Options = problem.Options with { MaxDegreeOfParallelism = threads, LambdaCount = 8, LambdaMinRatio = 0.05, Folds = folds } };
}
