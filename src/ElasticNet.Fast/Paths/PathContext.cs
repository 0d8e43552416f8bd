using ElasticNet.Fast.Data;
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

    /// <summary>A sparser X is not written out for its moments.</summary>
    public const double LeastDensity = 0.2;

    private readonly SecondMoments[] _moments = [new()];
    private readonly MomentAccumulator _accumulator = new();
    private readonly ColumnScaling _guess = new();
    private readonly GroupTerms _groups = new();
    private readonly PathSolver _solver = new();
    private readonly MomentSolvers _momentSolvers = new();
    private ColumnSolvers? _columnSolvers;
    private readonly CompensatedRefinement _refinement = new();

    private readonly AlignedBuffer<double> _scales = new();

    private RawColumns? _raw;

    /// <summary>The threads that share the work; one until it is resized.</summary>
    public WorkCrew Crew { get; } = new();

    private GaussianDatafit Squares { get; } = new();

    /// <summary>The loss of the next problems; null for squared error.</summary>
    public CurvedDatafit? Curved { get; set; }

    private Family? _family;

    private Datafit Datafit => Curved ?? _stacked ?? Squares;

    private Datafit? _stacked;
    private ResponsePaths? _responses;

    /// <summary>The norm of the response of the last squared errors on the user's scale; 0 where there was nothing to explain.</summary>
    public double ResponseNorm => Squares.NullDeviance == 0 ? 0 : Squares.Norm;

    /// <summary>Centers and scales of the last problem.</summary>
    public ColumnScaling Scaling { get; } = new();

    private PenaltyTerms Terms { get; } = new();

    /// <summary>Whether moments pay: building them costs np², a tall problem's passes cost more.</summary>
    /// <param name="rows">Rows of positive weight.</param>
    /// <param name="x">X: where most of it is zero, its columns are cheaper than all their products.</param>
    public static bool IsTall(int rows, Design x) => rows >= 2L * x.Columns && x.Columns <= MostMomentColumns && (x.Density >= LeastDensity || HasCheapMoments(rows, x));

    /// <summary>Levels of a table with categories are summed up entry by entry, which pays where all products are fewer than the entries that a pass reads.</summary>
    private static bool HasCheapMoments(int rows, Design x) => x is MixedDesign && x.Density * rows >= x.Columns && x.Columns <= MostMomentColumns / 2;

    /// <summary>Fits a path.</summary>
    /// <returns>The number of λ solved.</returns>
    public int Run(Design x, in TrainingRows rows, ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        // Without an l1 term groups are nothing but their columns.
        if (x is StackedDesign stacked && options.Family.Link.IsIdentity)
        {
            if (!options.HasGroups || request.L1Ratio == 0 || request.Lambdas is [0])
                return RunResponses(stacked, rows, options, request, sink);
            if (request.Lambdas.Contains(0))
                return RunToZero(stacked, rows, options, request, sink);
        }

        Use(options.Family, rows.Outputs);
        Datafit.Start(rows, options.Intercept);
        if (request.SquaresErrors && Curved is null && rows.Outputs == 1)
            Squares.CheckSquares();
        if (Curved is null && rows.Outputs == 1 && !(options.HasGroups && request.L1Ratio > 0) && IsTall(Datafit.Rows, x) && (request.Lambdas.Length != 1 || x.Columns <= FewColumns || HasCheapMoments(Datafit.Rows, x)))
        {
            if (_guess.TryGuess(Crew, x, Datafit.Weights, Datafit.FirstRow, options.Intercept) && Reduce(x, _guess) is { IsCentered: true } moments)
                return Run(new(moments, _guess, Squares), x, rows.Whole, options, request, sink);
            Measure(x, options, request);
            _momentSolvers.Equations.Start(Reduce(x, Scaling), options.Intercept, rescale: false, x.RoundingFactor(Scaling));
            _momentSolvers.Start(Terms);
            return Solve(_momentSolvers, UnitsOf(Datafit), Refine(x, rows.Whole, Datafit.RootWeights, Datafit.CoefficientScale, options), request, sink);
        }

        Measure(x, options, request);
        return Solve(StartColumns(x), UnitsOf(Datafit), Refine(x, rows.Whole, Datafit.RootWeights, Datafit.CoefficientScale, options), request, sink);
    }

    /// <summary>
    /// Fits a path on moments. X and the rows are looked at only where rounding in the moments spoils a solution.
    /// </summary>
    /// <returns>The number of λ solved.</returns>
    public int Run(in TrainingMoments training, Design x, in TrainingRows rows, ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        (MomentDifference moments, ColumnScaling scaling, GaussianDatafit datafit) = training;
        int p = moments.Size - 1;
        MomentEquations equations = _momentSolvers.Equations;
        equations.Start(moments, options.Intercept, rescale: true, x.RoundingFactor(scaling));
        Scaling.Rescale(p, scaling, equations.Shifts, equations.Norms, options.Intercept);
        double center = options.Intercept ? datafit.Center + equations.Shifts[p] * datafit.Norm : 0;
        double norm = equations.NullDeviance == 0 ? 1 : equations.Norms[p] * datafit.Norm;
        PrepareTerms(p, norm, norm, options, request.L1Ratio < 1);
        _momentSolvers.Start(Terms);
        Units units = UnitsOf(datafit) with
        {
            ResponseRounding = datafit.Rounding / norm,
            ResponseCenter = center,
            CoefficientScale = norm,
            GradientScale = norm,
            Rows = moments.Rows,
        };
        return Solve(_momentSolvers, units, Refine(x, rows, datafit.RootWeights, norm, options), request, sink);
    }

    /// <summary>
    /// Starts a path on the columns of square and wide data, which <see cref="Advance"/> then takes from one pass over X to the next.
    /// </summary>
    /// <returns>What the passes are for.</returns>
    public ColumnEquations Start(Design x, in TrainingRows rows, ElasticNetOptions options, scoped PathRequest request)
    {
        Use(options.Family, rows.Outputs);
        Datafit.Start(rows, options.Intercept);
        Measure(x, options, request);
        ColumnSolvers solvers = StartColumns(x);
        _solver.Start(solvers, Terms, UnitsOf(Datafit), Refine(x, rows.Whole, Datafit.RootWeights, Datafit.CoefficientScale, options), request);
        return solvers.Equations;
    }

    /// <inheritdoc cref="PathSolver.Advance"/>
    public bool Advance(PathSink sink) => _solver.Advance(sink);

    public void Dispose()
    {
        _moments[0].Dispose();
        _accumulator.Dispose();
        _guess.Dispose();
        _solver.Dispose();
        _momentSolvers.Dispose();
        _columnSolvers?.Dispose();
        _refinement.Dispose();
        Squares.Dispose();
        _responses?.Dispose();
        Release();
        Scaling.Dispose();
        Terms.Dispose();
        _scales.Dispose();
        _groups.Dispose();
    }

    private int RunResponses(StackedDesign x, in TrainingRows rows, ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        ResponsePaths responses = _responses ??= new(limits);
        responses.Single.Crew.Resize(Crew.Degree);
        return responses.Run(x, rows, options, request, sink);
    }

    private int RunToZero(StackedDesign x, in TrainingRows rows, ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        LeastSquaresEnd end = new(sink);
        ReadOnlySpan<double> zero = [0];
        _ = RunResponses(x, rows, options, request with { Lambdas = zero, Planned = 1, Report = null }, end);
        end.TurnToPath();
        double[] others = [.. request.Lambdas.ToArray().Where(lambda => lambda != 0)];
        int solved = Run(x, rows, options, request with { Lambdas = others, Planned = request.Planned - 1 }, end);
        if (sink.IsSated)
            return solved;
        end.Conclude();
        request.Report?.Advance();
        return solved + 1;
    }

    private void Use(Family family, int outputs)
    {
        if (outputs > 1 && (_stacked is null || family != _family))
        {
            Release();
            _stacked = Datafits.Datafit.OfOutputs(family);
            Curved = _stacked as CurvedDatafit;
            _family = family;
        }

        if (outputs > 1)
            return;
        if (_stacked is not null)
            Release();
        if (family == _family)
            return;
        if (_family is not null)
            Curved?.Dispose();
        if (_family is not null || family != Family.Gaussian)
            Curved = CurvedDatafit.Of(family);
        _family = family;
    }

    /// <summary>Forgets the losses of the problem before.</summary>
    private void Release()
    {
        Curved?.Dispose();
        if (_stacked is not CurvedDatafit)
            _stacked?.Dispose();
        (Curved, _stacked) = (null, null);
    }

    /// <summary>Scales, and the penalty terms in their units; after the response.</summary>
    private void Measure(Design x, ElasticNetOptions options, scoped in PathRequest request)
    {
        if (request.Scales is null || !request.Scales.TryCopy(request.Fold, Scaling))
        {
            Scaling.Measure(Crew, x, Datafit.Weights, Datafit.FirstRow, options.Intercept, options.KeepsConstants);
            request.Scales?.Keep(request.Fold, Scaling);
        }

        PrepareTerms(x.Columns, Datafit.CoefficientScale, Datafit.GradientScale, options, request.L1Ratio < 1, (x as StackedDesign)?.Outputs ?? 1);
    }

    /// <summary>The moments of all rows in the units of <paramref name="scaling"/>.</summary>
    private MomentDifference Reduce(Design x, ColumnScaling scaling)
    {
        _moments[0].Clear(x.Columns + 1);
        _accumulator.Accumulate(Crew, x, scaling, Squares, null, _moments);
        return new(_moments[0], null);
    }

    /// <summary>What takes over where rounding spoils a solution, made ready for the last problem.</summary>
    /// <param name="x">X.</param>
    /// <param name="rows">The rows; where some are left out, those weights count that the others have.</param>
    /// <param name="rootWeights">√w.</param>
    /// <param name="responseNorm">The norm of the response.</param>
    /// <param name="options">What was asked for.</param>
    private CompensatedRefinement Refine(Design x, in TrainingRows rows, double* rootWeights, double responseNorm, ElasticNetOptions options)
    {
        RawColumns raw = _raw ??= new(Crew);
        raw.Start(x);
        _refinement.Start(raw, rows, rootWeights, Scaling, Terms, responseNorm, options.Intercept);
        return _refinement;
    }

    private ColumnSolvers StartColumns(Design x)
    {
        ColumnSolvers solvers = _columnSolvers ??= new(limits, Crew);
        solvers.Start(new(x, Datafit, Scaling, Terms));
        return solvers;
    }

    private void PrepareTerms(
        int columns, double coefficientScale, double gradientScale, ElasticNetOptions options, bool hasRidge, int outputs = 1)
    {
        fixed (double* scales = options.PenaltyScales.Span)
        {
            double* unit = scales != null ? scales : options.Standardize ? Scaling.Deviation : null;
            if (scales != null && outputs > 1)
            {
                unit = _scales.RequireZeroed(columns);
                for (int j = 0; j < options.PenaltyScales.Length * outputs; j++)
                    unit[j] = scales[j / outputs];
            }

            Terms.Prepare(
                columns, options.PenaltyFactors.Span, options.LowerBounds.Span, options.UpperBounds.Span,
                options.ExcludedFeatures.Span, Scaling.InverseNorm, unit, coefficientScale, gradientScale, hasRidge, outputs);
        }

        Terms.Groups = options.HasGroups ? PrepareGroups(columns, options) : null;
    }

    /// <summary>The groups of columns; null where they change nothing.</summary>
    private GroupTerms? PrepareGroups(int columns, ElasticNetOptions options)
    {
        _groups.Begin(options.GroupMixing);
        foreach (FeatureGroup group in options.FeatureGroups)
            _groups.Add(group.Columns.Span, group.FactorUsed);
        if (options.StackedColumns > 1)
            _groups.AddConsecutive(columns, options.StackedColumns, 1);
        _groups.Conclude(Terms, columns);
        return _groups.Acts ? _groups : null;
    }

    private int Solve(SolverChoice solvers, in Units units, CompensatedRefinement refinement, scoped PathRequest request, PathSink sink) =>
        _solver.Run(solvers, Terms, units, refinement, request, sink);

    /// <summary>The way back to the user's scale, for a response as it was prepared.</summary>
    private Units UnitsOf(Datafit datafit) => new()
    {
        ResponseRounding = datafit.Rounding / datafit.CoefficientScale,
        Scaling = Scaling,
        ResponseCenter = datafit.Center,
        CoefficientScale = datafit.CoefficientScale,
        GradientScale = datafit.GradientScale,
        Intercept = datafit.HasIntercept,
        Outputs = datafit.Outputs > 1 ? datafit : null,
        Rows = datafit.Rows,
        ConstantColumns = datafit.Outputs > 1 ? Scaling.ConstantOfEach(datafit.Outputs, Scaling.Columns / datafit.Outputs - 1) : Scaling.ConstantColumns,
    };
}
