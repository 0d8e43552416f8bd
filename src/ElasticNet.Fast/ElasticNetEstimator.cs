using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast;

/// <summary>
/// Fits elastic nets exactly. Every method minimises the objective of <see cref="ElasticNetOptions"/> to machine
/// precision and proves it with a duality gap. Thread-safe; X is read in place (a row-major table is turned into columns
/// once, in memory of the workspace). Rows of weight 0 contribute nothing, whatever they hold, NaN and infinities included; where
/// one holds a value that no arithmetic takes, X is copied (n·p elements).
/// </summary>
/// <remarks>
/// X is anything that converts to <see cref="Features"/>: a table of <see cref="double"/> or <see cref="float"/>, raw columns, which are
/// prepared as <see cref="ElasticNetOptions.Preparation"/> says, or a sparse table.
/// All methods throw <see cref="ArgumentException"/> for data and options that make no problem: sizes that do not fit
/// together, values that are not finite (named by row and column), strengths and factors below 0, mixings outside [0, 1];
/// <see cref="OperationCanceledException"/> when <see cref="ElasticNetOptions.CancellationToken"/> says so; and those that
/// take a <see cref="Workspace"/> <see cref="InvalidOperationException"/> when another call is using it, and
/// <see cref="ObjectDisposedException"/> after its end.
/// </remarks>
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>Fits one model at a given λ and ρ.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="lambda">The strength λ ≥ 0; at 0 least squares: of minimum norm where it is not unique, unless bounds or scales too far apart for double forbid (then one of its solutions).</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1]; 1 is the lasso, 0 is ridge.</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    public static ElasticNetModel Fit(
        Features x, Target y, double lambda, double l1Ratio = 1, ElasticNetOptions? options = null, Workspace? workspace = null) =>
        FitFeatures(x, y, lambda, l1Ratio, GivenOptions.For(x, y, options), null, workspace);

    /// <summary>Fits one model into the caller's memory; on a warm workspace nothing is allocated.</summary>
    /// <param name="x">The features, n × p, which need no preparation.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="lambda">The strength λ ≥ 0.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <param name="coefficients">Filled with the p coefficients on the original scale.</param>
    public static ElasticNetFit Fit(
        Features x, Target y, double lambda, double l1Ratio, ElasticNetOptions options, Workspace workspace, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workspace);
        RefusePreparation(x, options);
        GivenOptions.RefuseLabels(y, options);
        workspace.Enter();
        try
        {
            return PathEngine.Fit(x, y, lambda, l1Ratio, options, workspace.Memory, coefficients);
        }
        finally
        {
            workspace.Leave();
        }
    }

    /// <summary>Fits a whole path of λ (<see cref="ElasticNetOptions.Lambdas"/> or the automatic grid) at one ρ.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static RegularizationPath Path(Features x, Target y, double l1Ratio = 1, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        options = GivenOptions.For(x, y, options);
        using WorkspaceUse use = new(workspace);
        if (options.Preparation is null)
            return PathEngine.FitPath(x, y, l1Ratio, options, use.Workspace.Memory);
        RawProblem valid = Raw(x, y, options);
        using PreparedProblem problem = Prepare(x, valid);
        return PathEngine.FitPath(
            problem.Features, RowCopies.Of(valid.Target, valid.Copies), l1Ratio, problem.Options, use.Workspace.Memory, problem.Preparation);
    }

    /// <summary>Fits a whole path into the caller's memory; on a warm workspace nothing is allocated.</summary>
    /// <param name="x">The features, n × p, which need no preparation.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <param name="fits">Filled with one entry per λ, by descending λ.</param>
    /// <param name="coefficients">Filled with p coefficients per λ, one λ after another.</param>
    /// <returns>The number of λ.</returns>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way; what is finished is in the spans.</exception>
    public static int Path(
        Features x, Target y, double l1Ratio, ElasticNetOptions options, Workspace workspace, Span<ElasticNetFit> fits, Span<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workspace);
        RefusePreparation(x, options);
        GivenOptions.RefuseLabels(y, options);
        workspace.Enter();
        SpanSink sink = workspace.Memory.Spans;
        try
        {
            fixed (double* memory = coefficients)
                return PathEngine.RunPath(x, y, l1Ratio, options, workspace.Memory, sink.Start(fits.Length, memory, coefficients.Length, x.Columns));
        }
        catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
        {
            throw PathEngine.Unfinished(sink.Count, options, null, cause);
        }
        finally
        {
            sink.Fits.CopyTo(fits);
            workspace.Leave();
        }
    }

    /// <summary>On some of the features, or where none are named on all.</summary>
    private static ElasticNetModel FitFeatures(
        in Features x, Target y, double lambda, double l1Ratio, ElasticNetOptions options, int[]? features, Workspace? workspace)
    {
        using WorkspaceUse use = new(workspace);
        if (options.Preparation is null)
        {
            ElasticNetOptions asked = features is null ? options : Only(options, features, x.Columns);
            RegularizationPath path = PathEngine.FitPoint(x, y, lambda, l1Ratio, asked, use.Workspace.Memory);
            return ModelFactory.Create(path[0], path, asked);
        }

        RawProblem valid = Raw(x, y, options);
        using PreparedProblem problem = Prepare(x, valid);
        ElasticNetOptions fitted = features is null ? problem.Options : Only(problem.Options, features, problem.Features.Columns);
        RegularizationPath prepared = PathEngine.FitPoint(
            problem.Features, RowCopies.Of(valid.Target, valid.Copies), lambda, l1Ratio, fitted, use.Workspace.Memory, problem.Preparation);
        return ModelFactory.Create(prepared[0], prepared, fitted with { Weights = options.Weights });
    }

    private static void RefusePreparation(in Features x, ElasticNetOptions options)
    {
        if (options.Preparation is not null || x.Table is not null)
            Throw.Data(nameof(options), "'Preparation' must be null for a call that fills the caller's memory: how many features there are is known only afterwards. Prepare first, with Preparation.Learn and Transform.");
    }
}
