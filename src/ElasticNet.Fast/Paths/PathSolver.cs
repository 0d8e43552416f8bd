using System.Diagnostics;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// The path of one ρ. For each λ, from large to small: screen the columns by the gradients of the last solution, solve
/// exactly on the working set, look at the gradients of all columns, admit those that violate, and repeat until none
/// does; then certify and record.
/// </summary>
internal sealed unsafe class PathSolver : IDisposable
{
    /// <summary>A strength at which nothing penalised enters, with room for products.</summary>
    private const double Prohibitive = 1e200;

    private readonly ExactSolver _solver = new();
    private readonly Screening _screening = new();
    private readonly MinimumNorm _minimumNorm = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<double> _lambdas = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<int> _features = new();
    private NormalEquations _equations = null!;
    private PenaltyTerms _terms = null!;
    private Units _units;
    private double _lambdaMax;

    /// <summary>x̂ⱼᵀr of every column at the last solution.</summary>
    private double* Gradients => _vectors.Pointer;

    /// <summary>All coefficients in the solvers' units; zero between two certificates.</summary>
    private double* Dense => _vectors.Pointer + _equations.Columns;

    private RestrictedProblem Problem => _equations.Problem;

    /// <summary>Solves the path.</summary>
    /// <typeparam name="TSink">Where the solutions go.</typeparam>
    /// <param name="equations">The data, started.</param>
    /// <param name="terms">The penalty terms.</param>
    /// <param name="units">The way back to the user's scale.</param>
    /// <param name="request">ρ, the grid, and how to report.</param>
    /// <param name="sink">Receives the solutions.</param>
    /// <returns>The number of λ.</returns>
    public int Run<TSink>(NormalEquations equations, PenaltyTerms terms, in Units units, scoped PathRequest request, ref TSink sink)
        where TSink : struct, IPathSink, allows ref struct
    {
        (_equations, _terms, _units) = (equations, terms, units);
        _vectors.RequireZeroed(2 * (nint)equations.Columns + 1);
        long started = Stopwatch.GetTimestamp();
        Counters before = default;

        AdmitFirst();
        _solver.Start(Problem);
        SolveNull();
        double l1Ratio = request.L1Ratio;
        _lambdaMax = LambdaGrid.Maximum(equations.Columns, Gradients, l1Ratio, terms);
        ReadOnlySpan<double> lambdas = Grid(request);
        sink.Begin(_lambdaMax, lambdas);

        double previous = _lambdaMax;
        foreach (double lambda in lambdas)
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            double l1 = lambda * l1Ratio, l2 = lambda * (1 - l1Ratio);
            Problem.SetStrength(l1, l2);
            if (!equations.IsComplete)
                Admit(_screening.Select(equations, Gradients, terms, Math.Max(l1Ratio * (2 * lambda - previous), 0), Noise(), _solver.Set.Count), l1, l2);
            SolveToOptimality(l1, l2, request.CancellationToken);
            if (lambda == 0)
                _minimumNorm.Apply(_equations, _solver, terms, Gradients);
            Record(lambda, l1, l2, request, ref started, ref before, ref sink);
            previous = lambda;
        }

        return lambdas.Length;
    }

    public void Dispose()
    {
        _solver.Dispose();
        _screening.Dispose();
        _minimumNorm.Dispose();
        _vectors.Dispose();
        _lambdas.Dispose();
        _values.Dispose();
        _features.Dispose();
    }

    /// <summary>All that may enter, where moments stand for the data; else the unpenalised columns.</summary>
    private void AdmitFirst()
    {
        int* columns = _features.Require(_equations.Columns);
        int count = 0;
        for (int j = 0; j < _equations.Columns; j++)
        {
            if (_equations.IsComplete ? _terms.MayEnter(j) : _terms.IsFree(j))
                columns[count++] = j;
        }

        _equations.Admit(new(columns, count), _terms);
    }

    /// <summary>The solution where λ is too large for any penalised column: its gradients tell λ_max.</summary>
    private void SolveNull()
    {
        Problem.SetStrength(Prohibitive, 0);
        _solver.Solve();
        _equations.Certify(_solver, Gradients);
    }

    private ReadOnlySpan<double> Grid(scoped PathRequest request)
    {
        if (!request.Lambdas.IsEmpty)
        {
            Span<double> given = new(_lambdas.Require(request.Lambdas.Length), request.Lambdas.Length);
            request.Lambdas.CopyTo(given);
            return given[..LambdaGrid.Normalize(given)];
        }

        double ratio = request.LambdaMinRatio ?? LambdaGrid.DefaultRatio(_units.Rows, _equations.Columns);
        Span<double> grid = new(_lambdas.Require(request.LambdaCount), request.LambdaCount);
        return grid[..LambdaGrid.Fill(grid, request.LambdaCount, _lambdaMax, ratio)];
    }

    private void Admit(ReadOnlySpan<int> columns, double l1, double l2)
    {
        _equations.Admit(columns, _terms);
        Problem.SetStrength(l1, l2);
    }

    private void SolveToOptimality(double l1, double l2, CancellationToken cancellationToken)
    {
        while (true)
        {
            _solver.Solve();
            _equations.Certify(_solver, Gradients);
            if (_equations.IsComplete)
                return;
            ReadOnlySpan<int> violators = _screening.Select(
                _equations, Gradients, _terms, l1 * (1 + ElasticNetPenalty.RelativeSlack), Noise(), _solver.Set.Count);
            if (violators.IsEmpty)
                return;
            cancellationToken.ThrowIfCancellationRequested();
            Admit(violators, l1, l2);
        }
    }

    /// <summary>What rounding can do to a gradient at the current solution.</summary>
    private double Noise()
    {
        double size = 1;
        for (int i = 0; i < Problem.Count; i++)
            size += Math.Abs(Problem.Beta[i]);
        return 8 * 2.2e-16 * size;
    }

    private void Record<TSink>(
        double lambda, double l1, double l2, scoped PathRequest request, ref long started, ref Counters before, ref TSink sink)
        where TSink : struct, IPathSink, allows ref struct
    {
        int nonZero = 0, columns = _equations.Columns;
        int* features = _features.Require(columns);
        double* values = _values.Require(columns);
        for (int i = 0; i < Problem.Count; i++)
        {
            if (Problem.Beta[i] == 0)
                continue;
            features[nonZero] = Problem.Columns[i];
            values[nonZero++] = Problem.Beta[i];
            Dense[Problem.Columns[i]] = Problem.Beta[i];
        }

        Certificate certificate = Certificate.Compute(
            columns, Dense, Gradients, _equations.ResidualSquare, _terms, _terms.At(l1, l2));
        double freedom = (_units.Intercept ? 1 : 0) + _solver.Set.Count - _solver.Set.RidgeTrace(Problem);

        new Span<int>(features, nonZero).Sort(new Span<double>(values, nonZero));
        double intercept = _units.ResponseCenter + _units.ResponseNorm * _equations.InterceptShift;
        for (int k = 0; k < nonZero; k++)
        {
            int j = features[k];
            Dense[j] = 0;
            values[k] = _units.Coefficient(j, values[k]);
            intercept -= values[k] * _units.Center[j];
        }

        double nullSquare = _equations.ResponseSquare;
        Counters now = new(_equations, _solver);
        long stopped = Stopwatch.GetTimestamp();
        ElasticNetFit fit = new()
        {
            Lambda = lambda,
            L1Ratio = request.L1Ratio,
            Intercept = _units.Intercept ? intercept : 0,
            NonZeroCount = nonZero,
            DegreesOfFreedom = freedom,
            DevianceRatio = nullSquare == 0 ? 0 : 1 - _equations.ResidualSquare / nullSquare,
            RelativeGap = nullSquare == 0 ? 0 : certificate.Gap / (0.5 * nullSquare),
            KktResidual = _lambdaMax == 0 ? 0 : certificate.Violation * _units.ResponseNorm / _lambdaMax,
            Trace = now.Since(before, Finisher(lambda), Problem.Count, Stopwatch.GetElapsedTime(started, stopped)),
        };
        (before, started) = (now, stopped);
        sink.Record(fit, new(features, nonZero), new(values, nonZero));
        request.Report?.Advance();
    }

    private FinishMethod Finisher(double lambda) =>
        lambda == 0 ? FinishMethod.LeastSquares : _solver.Set.Count > 0 ? FinishMethod.ActiveSet : FinishMethod.None;
}
