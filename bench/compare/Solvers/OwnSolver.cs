using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>The library, in this process, on one warm workspace.</summary>
/// <param name="threads">Threads it may use.</param>
/// <param name="single">X rounded to float; null to solve on the problem's own double.</param>
internal sealed class OwnSolver(int threads, DesignMatrix<float>? single) : ISolver, IDisposable
{
    private readonly Workspace _workspace = new();
    private double[] _coefficients = [];
    private ElasticNetFit[] _fits = [];

    /// <inheritdoc/>
    public string Name => single is null ? "ours" : "ours, float X";

    /// <summary>What the last solve reported of itself, one per λ.</summary>
    public IReadOnlyList<ElasticNetFit> Fits => _fits;

    /// <summary>Managed bytes that the last solve allocated on the calling thread.</summary>
    public long AllocatedBytes { get; private set; }

    /// <inheritdoc/>
    public Solution Solve(SolveTask task, double tolerance)
    {
        if (_fits.Length != task.Lambdas.Length || _coefficients.Length != task.Lambdas.Length * task.Problem.Columns)
        {
            _fits = new ElasticNetFit[task.Lambdas.Length];
            _coefficients = new double[task.Lambdas.Length * task.Problem.Columns];
        }
        ElasticNetOptions options = Options(task);
        Measurement cost = Measurement.Of(() =>
        {
            // The calling thread's counter: cheap enough to be read within the measured time.
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            Run(task, options);
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        });
        return new([.. _fits.Select(fit => fit.Intercept)], _coefficients, cost);
    }

    /// <summary>Cross-validates the task's grid on the problem's folds.</summary>
    public CrossValidationOutcome CrossValidate(SolveTask task)
    {
        ElasticNetOptions options = Options(task) with
        {
            L1Ratios = new[] { task.L1Ratio },
            FoldPlan = FoldPlan.Given(task.Problem.FoldIds),
        };
        CrossValidationResult? result = null;
        Measurement cost = Measurement.Of(() => result = single is null
            ? ElasticNetEstimator.CrossValidate(task.Problem.Features, task.Problem.Y, options, _workspace)
            : ElasticNetEstimator.CrossValidate(single.View, task.Problem.Y, options, _workspace));
        return new(result!.LambdaMin, result.Best.Points.Min(point => point.Mean), cost);
    }

    /// <summary>Checks an answer of this solver against the X it was computed from.</summary>
    public double LargestRelativeGap(SolveTask task, Solution solution) => single is null
        ? GapCheck.LargestRelativeGap(task.Problem.X, task, solution)
        : GapCheck.LargestRelativeGap(single, task, solution);

    /// <summary>Gives the workspace back.</summary>
    public void Dispose() => _workspace.Dispose();

    private void Run(SolveTask task, ElasticNetOptions options)
    {
        double[] y = task.Problem.Y;
        if (task.IsColdStart)
        {
            _fits[0] = single is null
                ? ElasticNetEstimator.Fit(task.Problem.Features, y, task.Lambdas[0], task.L1Ratio, options, _workspace, _coefficients)
                : ElasticNetEstimator.Fit(single.View, y, task.Lambdas[0], task.L1Ratio, options, _workspace, _coefficients);
        }
        else if (single is null)
        {
            _ = ElasticNetEstimator.Path(task.Problem.Features, y, task.L1Ratio, options, _workspace, _fits, _coefficients);
        }
        else
        {
            _ = ElasticNetEstimator.Path(single.View, y, task.L1Ratio, options, _workspace, _fits, _coefficients);
        }
    }

    private ElasticNetOptions Options(SolveTask task) => new()
    {
        Family = task.Problem.Family,
        Intercept = task.Problem.Intercept,
        Standardize = false,
        Lambdas = task.Lambdas,
        MaxDegreeOfParallelism = threads,
    };
}
