using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>Cross-validation in memory that is kept: the same bits as in memory of its own, whatever was there before.</summary>
public sealed class CrossValidationWorkspaceTests : IDisposable
{
    private readonly Workspace _used = new();

    public void Dispose() => _used.Dispose();

    /// <summary>Tall, square and wide data in turn, from double and float, in other numbers of folds: moments, with and without, and groups.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_used_workspace_gives_the_same_bits(int threads)
    {
        (int Rows, int Columns, int Folds)[] shapes = [(200, 10, 3), (30, 60, 3), (60, 40, 8), (60, 40, 3), (12, 4, 5), (200, 10, 4), (30, 60, 5), (8, 4, 2), (200, 10, 10)];
        foreach ((int rows, int columns, int folds) in shapes)
        {
            foreach (Problem problem in Both(Sample.Good(rows, columns)))
                Same(problem with { Options = problem.Options with { Folds = folds, LambdaCount = 20, L1Ratios = new[] { 0.5, 1 }, MaxDegreeOfParallelism = threads } });
        }
    }

    [Fact]
    public void Prepared_columns_too()
    {
        foreach (int folds in new[] { 4, 3 })
        {
            Problem problem = Sample.Good(60, 5);
            problem.X[7, 2] = problem.X[30, 4] = double.NaN;
            Same(problem with { Options = problem.Options with { Folds = folds, LambdaCount = 10, Preparation = new() { Imputation = ImputationMethod.Median } } });
        }
    }

    [Fact]
    public void Row_major_tables_and_paths_in_between()
    {
        foreach (Layout layout in new[] { Layout.RowMajor, Layout.ColumnMajor, Layout.RowMajor })
        {
            Problem problem = Sample.Good(40, 90) with { Layout = layout };
            ElasticNetOptions options = problem.Options with { Folds = 4, LambdaCount = 15 };
            Same(problem with { Options = options });
            double[] coefficients = new double[15 * problem.Columns];
            ElasticNetEstimator.Path(problem.X, problem.Y, 1, options, _used, new ElasticNetFit[15], coefficients);
            RegularizationPath fresh = ElasticNetEstimator.Path(problem.X, problem.Y, 1, options);
            Assert.Equal(fresh[14].Coefficients.ToArray(), coefficients[(14 * problem.Columns)..]);
        }
    }

    /// <summary>One that was cancelled in the middle leaves nothing behind, neither moments nor members of a group.</summary>
    [Theory]
    [InlineData(200, 10)]
    [InlineData(30, 60)]
    public void A_workspace_survives_a_cancelled_cross_validation(int rows, int columns)
    {
        Problem problem = Sample.Good(rows, columns);
        problem = problem with { Options = problem.Options with { Folds = 5, LambdaCount = 12 } };
        using CancellationTokenSource source = new();
        ElasticNetOptions cancelled = problem.Options with { CancellationToken = source.Token, Progress = new Steps(step => { if (step.Completed == 20) source.Cancel(); }) };
        Assert.Throws<UnfinishedException<CrossValidationResult>>(() => ElasticNetEstimator.CrossValidate(problem.X, problem.Y, cancelled, _used));
        Same(problem);
    }

    [Fact]
    public void The_workspace_is_taken_and_given_back()
    {
        Problem problem = Sample.With(options => options with { Folds = 3, LambdaCount = 4 });
        int refused = 0;
        ElasticNetOptions nested = problem.Options with
        {
            Progress = new Steps(_ =>
            {
                Refusal.Of<InvalidOperationException>(() => ElasticNetEstimator.CrossValidate(problem.X, problem.Y, problem.Options, _used), "orkspace");
                refused++;
            }),
        };
        ElasticNetEstimator.CrossValidate(problem.X, problem.Y, nested, _used);
        Assert.Equal(4 * 4, refused);
        Assert.ThrowsAny<ArgumentException>(() => ElasticNetEstimator.CrossValidate(problem.X, problem.Y, problem.Options with { Folds = 1 }, _used));
        Same(problem);
        _used.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ElasticNetEstimator.CrossValidate(problem.X, problem.Y, problem.Options, _used));
    }

    private static Problem[] Both(Problem problem) => [problem, problem.AsSingle()];

    private void Same(Problem problem)
    {
        CrossValidationResult fresh = problem.CrossValidate(), used = problem.CrossValidate(_used);
        Assert.Equal(fresh.Curves.SelectMany(curve => curve.Points), used.Curves.SelectMany(curve => curve.Points));
        for (int curve = 0; curve < fresh.Curves.Count; curve++)
            Assert.Equal(fresh.Curves[curve].FoldErrors.ToArray(), used.Curves[curve].FoldErrors.ToArray());
        Assert.Equal((fresh.LambdaMin, fresh.Lambda1Se, fresh.Model.Intercept), (used.LambdaMin, used.Lambda1Se, used.Model.Intercept));
        Assert.Equal(fresh.Model.Coefficients.ToArray(), used.Model.Coefficients.ToArray());
    }
}
