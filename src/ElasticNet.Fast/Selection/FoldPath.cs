using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// The path of one fold of square or wide data over a given grid. It stops wherever it needs a pass over X, because that pass can
/// serve other folds as well.
/// </summary>
internal sealed unsafe class FoldPath<TDesign> : IDisposable
    where TDesign : struct, IDesign
{
    private readonly PathContext _context = new(SolverLimits.Default);
    private readonly OriginalScale _original = new();
    private ColumnSolvers<TDesign> _solvers = null!;
    private LambdaSolver _solver = null!;
    private double[] _lambdas = [];
    private double _l1Ratio, _previous;
    private int _next;
    private bool _stands;

    /// <summary>The solutions.</summary>
    public ModelList Models { get; } = new();

    /// <summary>Whose directions a pass has to multiply.</summary>
    public ColumnEquations<TDesign> Equations => _solvers.Equations;

    /// <summary>Starts a path.</summary>
    /// <param name="problem">X and options as the fold sees them.</param>
    /// <param name="y">The response.</param>
    /// <param name="weights">Observation weights, or null.</param>
    /// <param name="offset">Offset, or null.</param>
    /// <param name="foldOf">The fold of each row.</param>
    /// <param name="fold">The fold that is held out.</param>
    /// <param name="l1Ratio">ρ.</param>
    /// <param name="lambdas">λ, descending.</param>
    /// <param name="shift">What a common pass subtracts from each column.</param>
    public void Start(
        in FoldProblem<TDesign> problem, double* y, double* weights, double* offset, int* foldOf, int fold, double l1Ratio, double[] lambdas, double* shift)
    {
        _solvers = _context.Start(problem.Design, y, weights, offset, foldOf, fold, problem.Options, out Units units);
        _original.Start(_context.Terms, units);
        Equations.SharesPasses = SharedPass<TDesign>.Suits(_context.Scaling, shift, problem.Design.Columns);
        (_solver, _lambdas, _l1Ratio) = (_solvers.First, lambdas, l1Ratio);
        (_next, _stands) = (-1, false);
        Models.Clear();
    }

    /// <summary>Goes on, after the pass that it asked for, until it needs another one.</summary>
    /// <param name="report">Told of every solution.</param>
    /// <param name="cancellationToken">Looked at between solutions.</param>
    /// <returns>False where the path has ended.</returns>
    public bool Advance(ProgressCounter? report, CancellationToken cancellationToken)
    {
        while (_next < _lambdas.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_next < 0)
            {
                if (!TryFitNull())
                    return true;
                continue;
            }

            double lambda = _lambdas[_next];
            Strength strength = new(lambda, _previous, _l1Ratio) { IsLast = _next == _lambdas.Length - 1 };
            Progress progress = Solve(strength, cancellationToken);
            _stands = progress == Progress.NeedsPass;
            if (_stands)
                return true;
            if (progress == Progress.Outgrown)
            {
                _solver = _solvers.Continue(_solver, strength);
                continue;
            }

            _original.Translate(_solver);
            Models.Add(_original.Intercept, _original.Features, _original.Coefficients);
            report?.Advance();
            _previous = lambda;
            _next++;
        }

        return false;
    }

    public void Dispose()
    {
        _context.Dispose();
        _original.Dispose();
    }

    private bool TryFitNull()
    {
        if (_stands)
            _solvers.First.Conclude();
        else if (_solvers.First.BeginNull() == Progress.NeedsPass)
            return !(_stands = true);
        _previous = LambdaGrid.Maximum(_solver.Columns, _solver.Beta, _solver.Gradients, _l1Ratio, _context.Terms);
        (_next, _stands) = (0, false);
        return true;
    }

    private Progress Solve(in Strength strength, CancellationToken cancellationToken) =>
        _solver != _solvers.First ? _solver.TrySolve(strength, cancellationToken) ? Progress.Solved : Progress.Outgrown
        : _stands ? _solvers.First.Continue(strength, cancellationToken)
        : _solvers.First.Begin(strength, cancellationToken);
}
