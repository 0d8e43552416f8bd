using System.Diagnostics;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// The path of one ρ: for each λ, from large to small, solve, certify and record. It can stop wherever it needs a pass over X,
/// for somebody else's pass to serve it.
/// </summary>
internal sealed unsafe class PathSolver : IDisposable
{
    /// <summary>What rounding may do to a deviance ratio for it to be taken from what the solver knows.</summary>
    private const double LargestDevianceRounding = 1e-12;

    private readonly AlignedBuffer<double> _grid = new();
    private readonly AlignedBuffer<double> _deviations = new();
    private readonly OriginalScale _original = new();
    private SolverChoice _solvers = null!;
    private LambdaSolver _solver = null!;
    private PenaltyTerms _terms = null!;
    private CompensatedRefinement _refinement = null!;
    private Units _units;
    private double _l1Ratio, _lambdaMax, _previous;
    private double? _minRatio;
    private bool _isAutomatic, _wantsFreedom, _coefficientsOnly;
    private ProgressCounter? _report;
    private CancellationToken _cancellation;
    private int _planned;
    private int _count;    // λ of the grid
    private int _next;     // the λ to solve; −1 for the null model
    private bool _stands;  // at a pass
    private WorkCounts _before;
    private TimeSpan _spent;

    /// <summary>Solves the path.</summary>
    /// <param name="solvers">What solves each λ.</param>
    /// <param name="terms">The penalty terms.</param>
    /// <param name="units">The way back to the user's scale.</param>
    /// <param name="refinement">Takes over where rounding spoils a solution or its proof.</param>
    /// <param name="request">ρ, the grid, and how to report.</param>
    /// <param name="sink">Receives the solutions.</param>
    /// <returns>The number of λ solved.</returns>
    public int Run(
        SolverChoice solvers, PenaltyTerms terms, in Units units, CompensatedRefinement refinement, scoped PathRequest request, PathSink sink)
    {
        Start(solvers, terms, units, refinement, request);
        while (Advance(sink))
            solvers.First.Pass();
        return _next;
    }

    /// <summary>Gets ready for a path, of which nothing is solved yet.</summary>
    public void Start(SolverChoice solvers, PenaltyTerms terms, in Units units, CompensatedRefinement refinement, scoped PathRequest request)
    {
        (_solvers, _solver, _terms, _units, _refinement) = (solvers, solvers.First, terms, units, refinement);
        (_l1Ratio, _minRatio, _wantsFreedom, _coefficientsOnly) = (request.L1Ratio, request.LambdaMinRatio, request.DegreesOfFreedom, request.CoefficientsOnly);
        (_report, _cancellation, _planned) = (request.Report, request.CancellationToken, request.Planned);
        _isAutomatic = request.Lambdas.IsEmpty;
        _count = _isAutomatic ? request.LambdaCount : request.Lambdas.Length;
        request.Lambdas.CopyTo(new(_grid.Require(Math.Max(_count, 1)), _count));
        _original.Start(terms, units);
        (_next, _stands, _before, _spent) = (-1, false, default, default);
    }

    /// <summary>Goes on until a pass over X is needed; after the pass it is to be called again.</summary>
    /// <returns>False where the path has ended.</returns>
    public bool Advance(PathSink sink)
    {
        long started = Stopwatch.GetTimestamp();
        if (_next < 0 && !TryBegin(sink))
            return Stand(started);
        while (_next < _count && !sink.IsSated)
        {
            _cancellation.ThrowIfCancellationRequested();
            double lambda = _grid.Pointer[_next];
            Strength strength = new(lambda, _previous, _l1Ratio) { IsLast = _next == _count - 1 };
            Progress progress = _stands ? _solver.Resume(strength, _cancellation) : _solver.Solve(strength, _cancellation);
            if (progress == Progress.NeedsPass)
                return Stand(started);
            _stands = false;
            if (progress == Progress.Outgrown)
            {
                _solver = _solvers.Continue(_solver, strength);
                _before = _solver.Work;
                continue;
            }

            ElasticNetFit fit = Translate(_solver, strength);
            if (!_coefficientsOnly || _solver.IsDelicate)
                fit = Certify(_solver, strength, fit);
            ReadOnlySpan<int> features = _original.Features;
            ReadOnlySpan<double> coefficients = _original.Coefficients;
            FinishMethod finisher = _solver.Finisher;
            if (fit.RelativeGap > LambdaSolver.Sufficient && _solver.IsRefinable && _units.Outputs is null && TryRefine(strength, ref fit))
            {
                features = CollectionsMarshal.AsSpan(_refinement.Features);
                coefficients = CollectionsMarshal.AsSpan(_refinement.Coefficients);
                finisher = FinishMethod.Compensated;
            }

            WorkCounts work = _solver.Work;
            long stopped = Stopwatch.GetTimestamp();
            SolveTrace trace = work.Since(_before, finisher, _spent + Stopwatch.GetElapsedTime(started, stopped)) with { ConstantColumns = _units.ConstantColumns };
            fit = fit with { Trace = _coefficientsOnly ? trace : trace.Certified(fit.RelativeGap) };
            sink.Record(fit, features, coefficients);
            _report?.Advance();
            (_before, started, _spent, _previous) = (work, stopped, default, lambda);
            _next++;
        }

        return false;
    }

    public void Dispose()
    {
        _grid.Dispose();
        _deviations.Dispose();
        _original.Dispose();
    }

    /// <summary>The null model and, from its gradients, the grid.</summary>
    private bool TryBegin(PathSink sink)
    {
        WorkingSetSolver first = _solvers.First;
        if (_stands)
            first.Conclude();
        else if (first.BeginNull(_cancellation) == Progress.NeedsPass)
            return false;
        _stands = false;
        _lambdaMax = _previous = LambdaGrid.Maximum(first.Columns, first.Beta, first.Gradients, _l1Ratio, _terms);
        Span<double> grid = new(_grid.Pointer, _count);
        _count = _isAutomatic
            ? LambdaGrid.Fill(grid, _count, _lambdaMax, _minRatio ?? LambdaGrid.DefaultRatio(_units.Rows, first.Columns))
            : LambdaGrid.Normalize(grid);
        _report?.Correct(_count - _planned);
        sink.Begin(new()
        {
            L1Ratio = _l1Ratio,
            LambdaMax = _lambdaMax,
            Lambdas = grid[.._count],
            Rows = _units.Rows / Outputs,
            Outputs = Outputs,
            Deviations = Outputs == 1 ? _units.Scaling.Deviations(first.Columns) : _units.Scaling.DeviationsOfEach(Outputs, first.Columns / Outputs - 1, _deviations.Require(first.Columns / Outputs)),
        });
        _solver = _solvers.Begin(_l1Ratio);
        _next = 0;
        return true;
    }

    /// <summary>Stops at a pass; the clock of this λ stops, too.</summary>
    private bool Stand(long started)
    {
        _spent += Stopwatch.GetElapsedTime(started);
        return _stands = true;
    }

    /// <summary>The solution on the original scale.</summary>
    private ElasticNetFit Translate(LambdaSolver solver, in Strength strength)
    {
        _original.Translate(solver, strength);
        double nullDeviance = solver.NullDeviance;
        if (!double.IsFinite(solver.ResidualSquare))
            Throw.Data("x", "'x' and 'y' lead to residuals that are not numbers: values too far apart for double; rescale them.");
        return new()
        {
            Lambda = strength.Lambda,
            L1Ratio = strength.L1Ratio,
            Intercept = _original.Intercept,
            NonZeroCount = _original.NonZeroCount,
            DegreesOfFreedom = double.NaN,
            DevianceRatio = nullDeviance == 0 ? 0 : 1 - solver.Deviance / nullDeviance,
            RelativeGap = double.NaN,
            KktResidual = double.NaN,
        };
    }

    private int Outputs => _units.Outputs?.Outputs ?? 1;

    /// <summary>What violations are relative to; where nothing of the response is left to be explained they stand for themselves.</summary>
    private double ViolationUnit => _lambdaMax == 0 ? 1 : _lambdaMax;

    /// <summary>The same with its certificate and degrees of freedom.</summary>
    private ElasticNetFit Certify(LambdaSolver solver, in Strength strength, in ElasticNetFit fit)
    {
        double nullDeviance = solver.NullDeviance;
        Rounding rounding = solver.Rounding;
        rounding = rounding with
        {
            Residual = rounding.Residual + _units.ResponseRounding,
            Square = rounding.Square + 2 * _units.ResponseRounding,
            Intercept = _original.InterceptRounding / _units.CoefficientScale,
        };
        Certificate certificate = solver.Certify(_terms, strength, rounding);
        double freedom = _wantsFreedom || solver.IsFreedomCheap(strength) ? solver.DegreesOfFreedom : double.NaN;
        return fit with
        {
            DegreesOfFreedom = _units.Intercepts + freedom,
            DevianceRatio = solver.IsQuadratic && _units.Outputs is null && nullDeviance > 0 && rounding.Square + rounding.Intercept * rounding.Intercept > LargestDevianceRounding * nullDeviance
                ? _refinement.DevianceRatioAt(_original.Features, _original.Coefficients, _original.Intercept)
                : fit.DevianceRatio,
            RelativeGap = nullDeviance == 0 ? 0 : certificate.Gap / (0.5 * nullDeviance),
            KktResidual = certificate.Violation * _units.GradientScale / ViolationUnit,
        };
    }

    /// <summary>Solves the λ again from the columns in double-double numbers; the better proof counts.</summary>
    private bool TryRefine(in Strength strength, ref ElasticNetFit fit)
    {
        CompensatedRefinement refinement = _refinement;
        // What is worse than the null model is nothing to begin with.
        int known = fit.RelativeGap < 1 ? _original.Features.Length : 0;
        if (!refinement.TrySolve(strength, fit.RelativeGap, _original.Features[..known], _original.Coefficients[..known], _cancellation) || !(refinement.RelativeGap < fit.RelativeGap))
            return false;
        fit = fit with
        {
            Intercept = refinement.Intercept,
            NonZeroCount = refinement.Features.Count,
            DegreesOfFreedom = strength.L2 == 0 || _wantsFreedom ? _units.Intercepts + refinement.DegreesOfFreedom : double.NaN,
            DevianceRatio = refinement.DevianceRatio,
            RelativeGap = refinement.RelativeGap,
            KktResidual = refinement.Violation / ViolationUnit,
        };
        return true;
    }
}
