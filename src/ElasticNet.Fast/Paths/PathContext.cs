using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// Everything one path needs, from raw columns to solutions, with buffers that are kept for the next. Decides whether the
/// data are tall (reduced to moments once) or not (columns admitted as needed).
/// </summary>
internal sealed unsafe class PathContext(SolverLimits limits) : IDisposable
{
    /// <summary>Beyond this many columns the matrix of moments is too large to keep.</summary>
    private const int MostMomentColumns = 4096;

    /// <summary>Up to this many columns their moments cost so little that they are taken for a single λ too.</summary>
    private const int FewColumns = 128;

    private readonly SecondMoments[] _moments = [new()];
    private readonly MomentAccumulator _accumulator = new();
    private readonly ColumnScaling _guess = new();
    private readonly PathSolver _solver = new();
    private readonly MomentSolvers _momentSolvers = new();
    private ColumnSolvers? _columnSolvers;
    private readonly CompensatedRefinement _refinement = new();

    private RawColumns? _raw;

    /// <summary>The threads that share the work; one until it is resized.</summary>
    public WorkCrew Crew { get; } = new();

    /// <summary>Weights and response of the last problem.</summary>
    public GaussianDatafit Datafit { get; } = new();

    /// <summary>Centers and scales of the last problem.</summary>
    public ColumnScaling Scaling { get; } = new();

    /// <summary>Penalty terms of the last problem.</summary>
    public PenaltyTerms Terms { get; } = new();

    /// <summary>Whether moments pay: building them costs np², a tall problem's passes cost more.</summary>
    public static bool IsTall(int rows, int columns) => rows >= 2L * columns && columns <= MostMomentColumns;

    /// <summary>Fits the path on the rows of positive weight, without those of fold <paramref name="heldOut"/>.</summary>
    public int Run(
        Design x, double* y, double* weights, double* offset, int* foldOf, int heldOut, ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        Datafit.Prepare(y, weights, offset, x.Rows, options.Intercept, foldOf, heldOut);
        if (IsTall(Datafit.Rows, x.Columns) && (request.Lambdas.Length != 1 || x.Columns <= FewColumns))
        {
            if (_guess.TryGuess(Crew, x, Datafit.Weights, Datafit.FirstRow, options.Intercept) && Reduce(x, _guess) is { IsCentered: true } moments)
            {
                double norm = StartMoments(moments, _guess, Datafit, options, request.L1Ratio < 1, out double center);
                return Solve(_momentSolvers, Datafit, center, norm, options, Refine(x, y, offset, Datafit.RootWeights, null, -1, norm, options), request, sink);
            }

            Measure(x, options, request.L1Ratio < 1);
            _momentSolvers.Equations.Start(Reduce(x, Scaling), options.Intercept, rescale: false);
            _momentSolvers.Start(Terms);
            return Solve(_momentSolvers, Datafit, Datafit.Center, Datafit.Norm, options, Refine(x, y, offset, Datafit.RootWeights, null, -1, Datafit.Norm, options), request, sink);
        }

        Measure(x, options, request.L1Ratio < 1);
        return Solve(StartColumns(x, options), Datafit, Datafit.Center, Datafit.Norm, options, Refine(x, y, offset, Datafit.RootWeights, null, -1, Datafit.Norm, options), request, sink);
    }

    /// <summary>
    /// Starts a path on the columns of square and wide data, which <see cref="Advance"/> then takes from one pass over X to the next.
    /// </summary>
    /// <returns>What the passes are for.</returns>
    public ColumnEquations Start(
        Design x, double* y, double* weights, double* offset, int* foldOf, int heldOut, ElasticNetOptions options, scoped PathRequest request)
    {
        Datafit.Prepare(y, weights, offset, x.Rows, options.Intercept, foldOf, heldOut);
        Measure(x, options, request.L1Ratio < 1);
        ColumnSolvers solvers = StartColumns(x, options);
        _solver.Start(solvers, Terms, UnitsOf(Datafit, Datafit.Center, Datafit.Norm, options), Refine(x, y, offset, Datafit.RootWeights, null, -1, Datafit.Norm, options), request);
        return solvers.Equations;
    }

    /// <inheritdoc cref="PathSolver.Advance"/>
    public bool Advance(PathSink sink) => _solver.Advance(sink);

    /// <summary>
    /// Fits the path on the moments of some of the rows, which were taken in the units of <paramref name="scaling"/>: of all rows, or guessed.
    /// X, the response and who is held out are looked at only where rounding in the moments spoils a solution.
    /// </summary>
    public int Run(
        MomentDifference moments, ColumnScaling scaling, GaussianDatafit datafit, Design x, double* y, double* offset, int* foldOf, int heldOut,
        ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        double norm = StartMoments(moments, scaling, datafit, options, request.L1Ratio < 1, out double center);
        return Solve(_momentSolvers, datafit, center, norm, options, Refine(x, y, offset, datafit.RootWeights, foldOf, heldOut, norm, options), request, sink);
    }

    public void Dispose()
    {
        _moments[0].Dispose();
        _accumulator.Dispose();
        _guess.Dispose();
        _solver.Dispose();
        _momentSolvers.Dispose();
        _columnSolvers?.Dispose();
        _refinement.Dispose();
        Datafit.Dispose();
        Scaling.Dispose();
        Terms.Dispose();
    }

    /// <summary>Scales, and the penalty terms in their units; after the response.</summary>
    private void Measure(Design x, ElasticNetOptions options, bool hasRidge)
    {
        Scaling.Measure(Crew, x, Datafit.Weights, Datafit.FirstRow, options.Intercept, options.KeepsConstants);
        PrepareTerms(x.Columns, Datafit.Norm, options, hasRidge);
    }

    /// <summary>The moments of all rows in the units of <paramref name="scaling"/>.</summary>
    private MomentDifference Reduce(Design x, ColumnScaling scaling)
    {
        _moments[0].Clear(x.Columns + 1);
        _accumulator.Accumulate(Crew, x, scaling, Datafit, null, _moments);
        return new(_moments[0], null);
    }

    /// <summary>What takes over where rounding spoils a solution, made ready for the last problem.</summary>
    private CompensatedRefinement Refine(
        Design x, double* y, double* offset, double* rootWeights, int* foldOf, int heldOut, double responseNorm, ElasticNetOptions options)
    {
        RawColumns raw = _raw ??= new(Crew);
        raw.Start(x);
        _refinement.Start(raw, y, offset, new(rootWeights, foldOf, heldOut), Scaling, Terms, responseNorm, options.Intercept);
        return _refinement;
    }

    private ColumnSolvers StartColumns(Design x, ElasticNetOptions options)
    {
        ColumnSolvers solvers = _columnSolvers ??= new(limits, Crew);
        solvers.Start(x, Datafit, Scaling, Terms, options.Intercept);
        return solvers;
    }

    private void PrepareTerms(int columns, double responseNorm, ElasticNetOptions options, bool hasRidge)
    {
        fixed (double* scales = options.PenaltyScales.Span)
        {
            double* unit = scales != null ? scales : options.Standardize ? Scaling.Deviation : null;
            Terms.Prepare(
                columns, options.PenaltyFactors.Span, options.LowerBounds.Span, options.UpperBounds.Span,
                options.ExcludedFeatures.Span, Scaling.InverseNorm, unit, responseNorm, hasRidge);
        }
    }

    /// <summary>Solvers on the moments, which were taken in the units of <paramref name="scaling"/>; returns the response's norm.</summary>
    private double StartMoments(MomentDifference moments, ColumnScaling scaling, GaussianDatafit datafit, ElasticNetOptions options, bool hasRidge, out double center)
    {
        int p = moments.Size - 1;
        MomentEquations equations = _momentSolvers.Equations;
        equations.Start(moments, options.Intercept, rescale: true);
        Scaling.Rescale(p, scaling, equations.Shifts, equations.Norms, options.Intercept);
        center = options.Intercept ? datafit.Center + equations.Shifts[p] * datafit.Norm : 0;
        double norm = equations.ResponseSquare == 0 ? 1 : equations.Norms[p] * datafit.Norm;
        Datafit.AdoptRows(moments.Rows);
        PrepareTerms(p, norm, options, hasRidge);
        _momentSolvers.Start(Terms);
        return norm;
    }

    private int Solve(
        SolverChoice solvers, GaussianDatafit datafit, double center, double norm, ElasticNetOptions options, CompensatedRefinement refinement, scoped PathRequest request, PathSink sink)
    {
        return _solver.Run(solvers, Terms, UnitsOf(datafit, center, norm, options), refinement, request, sink);
    }

    private Units UnitsOf(GaussianDatafit datafit, double center, double norm, ElasticNetOptions options) => new()
    {
        ResponseRounding = datafit.Rounding / norm,
        Center = Scaling.Center,
        InverseNorm = Scaling.InverseNorm,
        ResponseCenter = center,
        ResponseNorm = norm,
        Intercept = options.Intercept,
        Rows = Datafit.Rows,
        ConstantColumns = Scaling.ConstantColumns,
    };
}
