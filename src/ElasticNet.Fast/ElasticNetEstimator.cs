using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast;

/// <summary>
/// Fits elastic nets exactly. Every method minimises the objective of <see cref="ElasticNetOptions"/> to machine
/// precision and proves it with a duality gap. Thread-safe; X is read in place (a row-major table is turned into columns
/// once, in memory of the workspace). Rows of weight 0 contribute nothing, whatever they hold, NaN and infinities included; where
/// one holds a value that no arithmetic takes, X is copied (n·p elements).
/// </summary>
/// <remarks>
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
    public static ElasticNetModel Fit(
        MatrixView<double> x, ReadOnlySpan<double> y, double lambda, double l1Ratio = 1, ElasticNetOptions? options = null) =>
        FitModel(x, y, lambda, l1Ratio, options ?? ElasticNetOptions.Default);

    /// <inheritdoc cref="Fit(MatrixView{double}, ReadOnlySpan{double}, double, double, ElasticNetOptions?)"/>
    public static ElasticNetModel Fit(
        MatrixView<float> x, ReadOnlySpan<double> y, double lambda, double l1Ratio = 1, ElasticNetOptions? options = null) =>
        FitModel(x, y, lambda, l1Ratio, options ?? ElasticNetOptions.Default);

    /// <summary>Fits one model into the caller's memory; on a warm workspace nothing is allocated.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="lambda">The strength λ ≥ 0.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <param name="coefficients">Filled with the p coefficients on the original scale.</param>
    public static ElasticNetFit Fit(
        MatrixView<double> x, ReadOnlySpan<double> y, double lambda, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, Span<double> coefficients) =>
        FitInto(x, y, lambda, l1Ratio, options, workspace, coefficients);

    /// <inheritdoc cref="Fit(MatrixView{double}, ReadOnlySpan{double}, double, double, ElasticNetOptions, Workspace, Span{double})"/>
    public static ElasticNetFit Fit(
        MatrixView<float> x, ReadOnlySpan<double> y, double lambda, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, Span<double> coefficients) =>
        FitInto(x, y, lambda, l1Ratio, options, workspace, coefficients);

    /// <summary>Fits a whole path of λ (<see cref="ElasticNetOptions.Lambdas"/> or the automatic grid) at one ρ.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    /// <exception cref="PathCanceledException">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static RegularizationPath Path(
        MatrixView<double> x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null) =>
        FitPath(x, y, l1Ratio, options ?? ElasticNetOptions.Default);

    /// <inheritdoc cref="Path(MatrixView{double}, ReadOnlySpan{double}, double, ElasticNetOptions?)"/>
    public static RegularizationPath Path(
        MatrixView<float> x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null) =>
        FitPath(x, y, l1Ratio, options ?? ElasticNetOptions.Default);

    /// <summary>Fits a whole path into the caller's memory; on a warm workspace nothing is allocated.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <param name="fits">Filled with one entry per λ, by descending λ.</param>
    /// <param name="coefficients">Filled with p coefficients per λ, one λ after another.</param>
    /// <returns>The number of λ.</returns>
    /// <exception cref="PathCanceledException">The options' token was cancelled on the way; what is finished is in the spans.</exception>
    public static int Path(
        MatrixView<double> x, ReadOnlySpan<double> y, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, Span<ElasticNetFit> fits, Span<double> coefficients) =>
        PathInto(x, y, l1Ratio, options, workspace, fits, coefficients);

    /// <inheritdoc cref="Path(MatrixView{double}, ReadOnlySpan{double}, double, ElasticNetOptions, Workspace, Span{ElasticNetFit}, Span{double})"/>
    public static int Path(
        MatrixView<float> x, ReadOnlySpan<double> y, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, Span<ElasticNetFit> fits, Span<double> coefficients) =>
        PathInto(x, y, l1Ratio, options, workspace, fits, coefficients);

    private static ElasticNetModel FitModel<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double lambda, double l1Ratio, ElasticNetOptions options)
        where T : unmanaged
    {
        if (options.Preparation is not null)
            return FitPrepared(x, y, lambda, l1Ratio, options);
        using Workspace workspace = new();
        RegularizationPath path = FitPoint(x, y, lambda, l1Ratio, options, workspace);
        return ModelFactory.Create(path[0], path, options);
    }

    private static RegularizationPath FitPoint<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double lambda, double l1Ratio, ElasticNetOptions options, Workspace workspace, Preparation? preparation = null)
        where T : unmanaged
    {
        PointSink sink = new();
        FitOne(x, y, lambda, l1Ratio, options, workspace, sink);
        return sink.ToPath(options.FeatureNames, preparation);
    }

    private static ElasticNetFit FitInto<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double lambda, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, Span<double> coefficients)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Enter();
        try
        {
            fixed (double* memory = coefficients)
            {
                SpanSink sink = workspace.Spans.Start(1, memory, coefficients.Length, x.Columns);
                FitOne(x, y, lambda, l1Ratio, options, workspace, sink);
                return sink.Fits[0];
            }
        }
        finally
        {
            workspace.Leave();
        }
    }

    private static void FitOne<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double lambda, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, PathSink sink)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidOptions.CheckLambda(nameof(lambda), lambda);
        ProgressCounter? progress = ProgressCounter.For(options, 1);
        ReadOnlySpan<double> lambdas = [lambda];
        PathRequest request = new()
        {
            L1Ratio = l1Ratio,
            Lambdas = lambdas,
            DegreesOfFreedom = options.DegreesOfFreedom ?? true,
            Planned = 1,
            Report = progress,
            CancellationToken = options.CancellationToken,
        };
        Run(x, y, options, request, workspace, sink);
    }

    private static RegularizationPath FitPath<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options, Preparation? preparation = null)
        where T : unmanaged
    {
        if (options.Preparation is not null)
            return PathPrepared(x, y, l1Ratio, options);
        using Workspace workspace = new();
        PointSink sink = new();
        try
        {
            RunPath(x, y, l1Ratio, options, workspace, sink);
        }
        catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
        {
            throw new PathCanceledException(sink.Points.Length, sink.ToPath(options.FeatureNames, preparation), cause);
        }

        return sink.ToPath(options.FeatureNames, preparation);
    }

    private static int PathInto<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double l1Ratio,
        ElasticNetOptions options, Workspace workspace, Span<ElasticNetFit> fits, Span<double> coefficients)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Enter();
        SpanSink sink = workspace.Spans;
        try
        {
            fixed (double* memory = coefficients)
                return RunPath(x, y, l1Ratio, options, workspace, sink.Start(fits.Length, memory, coefficients.Length, x.Columns));
        }
        catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
        {
            throw new PathCanceledException(sink.Count, null, cause);
        }
        finally
        {
            sink.Fits.CopyTo(fits);
            workspace.Leave();
        }
    }

    private static int RunPath<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options, Workspace workspace, PathSink sink,
        bool squaresErrors = false)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(options);
        PathRequest request = PathRequest.From(options, l1Ratio, ProgressCounter.For(options, PathRequest.Plan(options))) with { SquaresErrors = squaresErrors };
        return Run(x, y, options, request, workspace, sink);
    }

    /// <summary>Checks, pins, and hands over to the path.</summary>
    private static int Run<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, scoped PathRequest request, Workspace workspace, PathSink sink)
        where T : unmanaged
    {
        if (options.Preparation is not null)
            Throw.Data(nameof(options), "'Preparation' must be null for a call that fills the caller's memory: how many features there are is known only afterwards. Prepare first, with Preparation.Learn and Transform.");
        ValidOptions.CheckL1Ratio("l1Ratio", request.L1Ratio);
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y);
        workspace.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        fixed (T* origin = x)
        fixed (double* target = y, weights = valid.Weights, offset = valid.Offset)
        {
            Design design = Columns(x, origin, valid.Weights, workspace);
            return workspace.Context.Run(design, new(target, weights, offset, x.Rows), options, request, sink);
        }
    }

    /// <summary>Column-major memory as it is; row-major memory turned into columns in memory of the workspace.</summary>
    private static Design Columns<T>(in MatrixView<T> x, T* origin, ReadOnlySpan<double> weights, Workspace workspace)
        where T : unmanaged =>
        workspace.Copy.Of(workspace.Context.Crew, origin, x.Stride, x.IsColumnMajor, x.Rows, x.Columns, weights);
}
