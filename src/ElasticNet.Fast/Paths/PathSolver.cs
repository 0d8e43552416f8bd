using System.Diagnostics;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>The path of one ρ: for each λ, from large to small, solve, certify and record.</summary>
internal sealed unsafe class PathSolver : IDisposable
{
    private readonly AlignedBuffer<double> _lambdas = new();
    private readonly OriginalScale _original = new();
    private PenaltyTerms _terms = null!;
    private Units _units;
    private double _lambdaMax;
    private bool _wantsFreedom;

    /// <summary>Solves the path.</summary>
    /// <typeparam name="TSink">Where the solutions go.</typeparam>
    /// <param name="solvers">What solves each λ.</param>
    /// <param name="terms">The penalty terms.</param>
    /// <param name="units">The way back to the user's scale.</param>
    /// <param name="request">ρ, the grid, and how to report.</param>
    /// <param name="sink">Receives the solutions.</param>
    /// <returns>The number of λ solved.</returns>
    public int Run<TSink>(
        SolverChoice solvers, PenaltyTerms terms, in Units units, scoped PathRequest request, ref TSink sink)
        where TSink : struct, IPathSink, allows ref struct
    {
        (_terms, _units, _wantsFreedom) = (terms, units, request.DegreesOfFreedom);
        _original.Start(terms, units);
        long started = Stopwatch.GetTimestamp();
        WorkCounts before = default;
        solvers.First.SolveNull();
        LambdaSolver solver = solvers.First;
        _lambdaMax = LambdaGrid.Maximum(solver.Columns, solver.Beta, solver.Gradients, request.L1Ratio, terms);
        ReadOnlySpan<double> lambdas = Grid(request, solver.Columns);
        request.Report?.Correct(lambdas.Length - request.Planned);
        sink.Begin(_lambdaMax, lambdas);

        double previous = _lambdaMax;
        int count = 0;
        foreach (double lambda in lambdas)
        {
            if (sink.IsSated)
                break;
            request.CancellationToken.ThrowIfCancellationRequested();
            Strength strength = new(lambda, previous, request.L1Ratio) { IsLast = lambda == lambdas[^1] };
            while (!solver.TrySolve(strength, request.CancellationToken))
            {
                solver = solvers.Continue(solver, strength);
                before = solver.Work;
            }

            ElasticNetFit fit = Translate(solver, strength);
            if (!request.CoefficientsOnly)
                fit = Certify(solver, strength, fit);
            WorkCounts work = solver.Work;
            long stopped = Stopwatch.GetTimestamp();
            fit = fit with { Trace = work.Since(before, solver.Finisher, Stopwatch.GetElapsedTime(started, stopped)) };
            sink.Record(fit, _original.Features, _original.Coefficients);
            request.Report?.Advance();
            (before, started, previous) = (work, stopped, lambda);
            count++;
        }

        return count;
    }

    public void Dispose()
    {
        _lambdas.Dispose();
        _original.Dispose();
    }

    private ReadOnlySpan<double> Grid(scoped PathRequest request, int columns)
    {
        if (!request.Lambdas.IsEmpty)
        {
            Span<double> given = new(_lambdas.Require(request.Lambdas.Length), request.Lambdas.Length);
            request.Lambdas.CopyTo(given);
            return given[..LambdaGrid.Normalize(given)];
        }

        double ratio = request.LambdaMinRatio ?? LambdaGrid.DefaultRatio(_units.Rows, columns);
        Span<double> grid = new(_lambdas.Require(request.LambdaCount), request.LambdaCount);
        return grid[..LambdaGrid.Fill(grid, request.LambdaCount, _lambdaMax, ratio)];
    }

    /// <summary>The solution on the original scale.</summary>
    private ElasticNetFit Translate(LambdaSolver solver, in Strength strength)
    {
        _original.Translate(solver);
        double nullSquare = solver.ResponseSquare;
        return new()
        {
            Lambda = strength.Lambda,
            L1Ratio = strength.L1Ratio,
            Intercept = _original.Intercept,
            NonZeroCount = _original.Features.Length,
            DegreesOfFreedom = double.NaN,
            DevianceRatio = nullSquare == 0 ? 0 : 1 - solver.ResidualSquare / nullSquare,
            RelativeGap = double.NaN,
            KktResidual = double.NaN,
        };
    }

    /// <summary>The same with its certificate and degrees of freedom.</summary>
    private ElasticNetFit Certify(LambdaSolver solver, in Strength strength, in ElasticNetFit fit)
    {
        double nullSquare = solver.ResponseSquare;
        Certificate certificate = solver.Certify(_terms, _terms.At(strength.L1, strength.L2), strength.L1);
        double freedom = strength.L2 == 0 || _wantsFreedom ? solver.DegreesOfFreedom : double.NaN;
        return fit with
        {
            DegreesOfFreedom = (_units.Intercept ? 1 : 0) + freedom,
            RelativeGap = nullSquare == 0 ? 0 : certificate.Gap / (0.5 * nullSquare),
            KktResidual = _lambdaMax == 0 ? 0 : certificate.Violation * _units.ResponseNorm / _lambdaMax,
        };
    }
}
