using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Newton's method around the exact solver, for a loss that is not squared error. The curvature V and the Gram matrix that is made with it are
/// frozen at some earlier point, for a new Gram matrix costs as much as many steps: each of them solves the square that touches the loss here
/// with the curvature of there, and is shortened until the objective falls. When steps have cost what a new Gram matrix does, or
/// one makes too little of what is left, V is frozen anew; from then on a step squares what is left, so that the end is exact.
/// </summary>
internal sealed unsafe class NewtonLoop(WorkCrew crew) : IDisposable
{
    /// <summary>Steps for each λ that cost nothing in the count that decides about a new curvature.</summary>
    private const int FreeSteps = 2;

    /// <summary>Steps that a sparse matrix and its factor cost.</summary>
    private const double SparseGramSteps = 6;

    /// <summary>So many steps for one λ are no sign of data that can be separated.</summary>
    private const int StepsBeforeRecession = 6;

    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _members = new();
    private readonly AlignedBuffer<double> _accepted = new();
    private readonly AlignedBuffer<int> _positions = new();
    private readonly StepMixing _mixing = new();
    private CurvedDatafit _datafit = null!;
    private RestrictedProblem _problem = null!;
    private WorkingColumns _held = null!;
    private int _length, _known, _steps;
    private nint _stride;
    private double _value, _previous, _debt, _threshold, _ridge, _damping;
    private bool _isFresh;

    /// <summary>The response of the square that touches the loss: r + V·X̂β.</summary>
    public double* Working => _rows.Pointer;

    /// <summary>The loss at the last accepted point.</summary>
    public double Value => _value;

    /// <summary>x̂ⱼᵀr of every member, as of the last <see cref="Settle"/>.</summary>
    public double* Gradients => _members.Pointer;

    /// <summary>Origin − X̂β of the last accepted point.</summary>
    private double* Left => _rows.Pointer + _stride;

    private double* Trial => _rows.Pointer + 2 * _stride;

    /// <summary>The coefficient of each member at the last accepted point.</summary>
    private double* Accepted => _accepted.Pointer;

    /// <summary>Begins with the null model of a datafit that has just been started.</summary>
    public void Start(CurvedDatafit datafit, RestrictedProblem problem, WorkingColumns held)
    {
        (_datafit, _problem, _held) = (datafit, problem, held);
        _length = datafit.Length;
        _stride = (_length + 7) & ~7;
        _rows.Require(3 * _stride);
        long size = (long)_length * sizeof(double);
        Buffer.MemoryCopy(datafit.Response, Working, size, size);
        Clear(Left);
        (_known, _steps, _debt, _damping, _previous) = (0, 0, 0, 0, double.PositiveInfinity);
        _value = 0.5 * datafit.NullDeviance;
        (_threshold, _ridge, _isFresh) = (double.NaN, double.NaN, true);
    }

    /// <summary>Takes the solver's solution of the square as a step.</summary>
    /// <param name="solver">Holds the solution.</param>
    /// <param name="residual">Filled with r.</param>
    /// <returns>Whether the members' optimality conditions hold; else the square is another one, to be solved.</returns>
    public bool Settle(ExactSolver solver, double* residual)
    {
        Fit();
        _mixing.Start(solver.Set.Count);
        while (true)
        {
            double share = Advance(solver.Set, residual);
            _held.Dot(All(), _known, residual, Gradients);
            double damped = _damping;
            _damping = StepRules.Damping(_damping, share);
            if (share < 1)
            {
                if (++_steps > StepRules.MostSteps || (share == 0 && _isFresh && damped == 1))
                {
                    // Nothing falls any further: what was accepted is the answer, and the certificate tells how good it is.
                    Copy(Accepted, _problem.Beta, _known);
                    solver.Set.Rebuild(_problem);
                    EvaluateAgain(residual);
                    return true;
                }

                Refresh(solver, residual);
                return false;
            }

            double free = Worst(solver.Set, isFree: true), others = Worst(solver.Set, isFree: false), worst = Math.Max(free, Math.Max(others, Math.Abs(_datafit.Unbalanced)));
            bool isSlow = worst > StepRules.Contraction * _previous;
            if (StepRules.IsDone(worst, _previous) || ++_steps > StepRules.MostSteps)
            {
                // The next λ sets out from the square that touches the loss here.
                if (double.IsFinite(_previous))
                    Linearize(solver, residual, isNewCurvature: false);
                return true;
            }

            _previous = worst;
            if (_steps > FreeSteps)
                _debt += StepCost(solver.Set.Count);
            if (!_isFresh && (isSlow || _debt > GramCost(solver.Set.Count)))
            {
                Refresh(solver, residual);
                return false;
            }

            // As long as it is clear who is in the support, its own equations are enough.
            if (free < others || !TryRefine(solver))
            {
                Linearize(solver, residual, isNewCurvature: false);
                return false;
            }
        }
    }

    /// <summary>Makes the curvature that of the point accepted last.</summary>
    public void Renew(ExactSolver solver, double* residual)
    {
        if (_isFresh && _damping == 0)
            return;
        _damping = 0;
        Refresh(solver, residual);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _members.Dispose();
        _accepted.Dispose();
        _positions.Dispose();
        _mixing.Dispose();
    }

    /// <summary>Takes in the members that were added since, and notes whether this is another problem than the last.</summary>
    private void Fit()
    {
        int count = _problem.Count;
        if (count != _known || _threshold != _problem.Threshold || _ridge != _problem.Ridge)
            (_steps, _previous) = (0, double.PositiveInfinity);
        (_threshold, _ridge) = (_problem.Threshold, _problem.Ridge);
        _accepted.Grow(Math.Max(count, 1), _known);
        for (int i = _known; i < count; i++)
            Accepted[i] = 0;
        _known = count;
        _members.Require(2 * (nint)Math.Max(count, 1));
    }

    /// <summary>Evaluates at the solver's coefficients, or on the way to them where the objective does not fall so far, and accepts.</summary>
    /// <param name="set">The support.</param>
    /// <param name="residual">Filled.</param>
    /// <returns>The share of the step that is accepted: 1 for the whole, 0 for nothing.</returns>
    private double Advance(ActiveSet set, double* residual)
    {
        double* partial = _members.Pointer + _known; // the coefficients of a shortened step
        Subtract(set.Positions, set.Count + set.PinnedCount, Trial);
        double before = _value + Cost(Accepted), limit = StepRules.Limit(before, _datafit.NullDeviance), share = 1;
        double value = _datafit.Evaluate(Trial, residual);
        bool moved = value + Cost(_problem.Beta) <= limit;
        for (int halving = 0; halving < StepRules.MostHalvings && !moved; halving++)
        {
            if (share == 1)
                Copy(_problem.Beta, partial, _known);
            share *= 0.5;
            StepRules.Halve(Trial, Left, _length);
            StepRules.Halve(partial, Accepted, _known);
            value = _datafit.Evaluate(Trial, residual);
            moved = value + Cost(partial) <= limit;
        }

        if (!moved)
        {
            _value = _datafit.Evaluate(Left, residual);
            return 0;
        }

        if (_steps >= StepsBeforeRecession && share == 1 && _datafit.Recedes(Left, Trial))
            RefuseRecession();
        Copy(share == 1 ? _problem.Beta : partial, Accepted, _known);
        Copy(Trial, Left);
        _value = value;
        _datafit.Accept(Left);
        _isFresh = false;
        return share;
    }

    /// <summary>Evaluates at the coefficients as they are: a rebuilt support has lost what depends on the rest of it.</summary>
    private void EvaluateAgain(double* residual)
    {
        Subtract(All(), _known, Left);
        _value = _datafit.Evaluate(Left, residual);
        _datafit.Accept(Left);
        Copy(_problem.Beta, Accepted, _known);
        _held.Dot(All(), _known, residual, Gradients);
    }

    /// <summary><paramref name="left"/> ← Origin − X̂β over some positions of the solver's coefficients.</summary>
    private void Subtract(int* positions, int count, double* left)
    {
        double* negated = _members.Pointer + _known;
        for (int k = 0; k < count; k++)
            negated[k] = -_problem.Beta[positions[k]];
        if (_datafit.Origin == null)
            Clear(left);
        else
            Copy(_datafit.Origin, left);
        _held.AddTo(positions, negated, count, left);
    }

    /// <summary>The last step goes on for ever, if nothing but members without a penalty takes part in it.</summary>
    private void RefuseRecession()
    {
        double free = 0, others = 0;
        for (int i = 0; i < _known; i++)
        {
            double moved = Math.Abs(_problem.Beta[i] - Accepted[i]);
            if (_problem.L1[i] == 0 && _problem.L2[i] == 0)
                free = Math.Max(free, moved);
            else
                others = Math.Max(others, moved);
        }

        if (free == 0 || others > 1e-5 * free)
            return;
        IEnumerable<string> columns = Enumerable.Range(0, _known)
            .Select(i => (Column: _problem.Columns[i], Moved: (_problem.Beta[i] - Accepted[i]) / free))
            .Where(part => Math.Abs(part.Moved) > 1e-3).OrderByDescending(part => Math.Abs(part.Moved))
            .Take(5).Select(part => Throw.Invariant($"{(part.Moved < 0 ? "−" : "+")} {Math.Abs(part.Moved):0.###}·{_datafit.Words(part.Column)}"));
        Throw.Data("y", $"{_datafit.RecessionWords}: along {string.Join(" ", columns)} (counted from 0; in units of their norms) the loss falls for ever, and no finite coefficients are best. Penalise these columns (λ > 0, penalty factors > 0), bound them, or leave them out.");
    }

    /// <summary>A step on the support alone.</summary>
    private bool TryRefine(ExactSolver solver)
    {
        ActiveSet set = solver.Set;
        double* gradients = set.Scratch;
        for (int k = 0; k < set.Count; k++)
            gradients[k] = Gradients[set.Positions[k]];
        solver.Approach(gradients, set.Target);
        _mixing.Mix(set.Target);
        return solver.TryMove(set.Target);
    }

    /// <summary>Freezes the curvature of here.</summary>
    private void Refresh(ExactSolver solver, double* residual)
    {
        _datafit.Freeze(_damping);
        if (_problem.Normal is not null)
        {
            _held.FillNormalMatrix(_problem.Normal, (IPartedOperator)_datafit);
        }
        else
        {
            _held.FillGram(crew, _datafit, 0, _known, _problem.Gram, _problem.Stride);
            _problem.Mirror(0);
        }

        (_debt, _isFresh) = (0, true);
        Linearize(solver, residual, isNewCurvature: true);
    }

    /// <summary>The square that touches the loss here: its gradient is that of the loss.</summary>
    private void Linearize(ExactSolver solver, double* residual, bool isNewCurvature)
    {
        double* origin = _datafit.Origin;
        for (int i = 0; i < _length; i++)
            Trial[i] = (origin == null ? 0 : origin[i]) - Left[i];
        _datafit.Apply(Trial, Working);
        for (int i = 0; i < _length; i++)
            Working[i] += residual[i];
        if (_problem.Normal is not null)
        {
            _held.Dot(All(), _known, Working, _problem.Correlation);
            solver.TakeSquare(isNewCurvature);
            return;
        }

        int support = 0;
        int* positions = _positions.Pointer;
        double* values = _members.Pointer + _known;
        for (int i = 0; i < _known; i++)
        {
            if (Accepted[i] == 0)
                continue;
            positions[support] = i;
            values[support++] = Accepted[i];
        }

        Copy(Gradients, _problem.Correlation, _known);
        Kernel.PanelAxpy(_problem.Gram, _problem.Stride, positions, values, support, _problem.Correlation, _known);
        solver.TakeSquare(isNewCurvature);
    }

    /// <summary>The largest violation of an optimality condition, of the free members or of the others.</summary>
    private double Worst(ActiveSet set, bool isFree)
    {
        ElasticNetPenalty penalty = Penalty;
        double worst = 0;
        for (int i = 0; i < _known; i++)
        {
            if (set.IsFree(i) == isFree)
                worst = Math.Max(worst, penalty.Violation(i, _problem.Beta[i], Gradients[i]));
        }

        return worst;
    }

    private double Cost(double* beta)
    {
        ElasticNetPenalty penalty = Penalty;
        double cost = 0;
        for (int i = 0; i < _known; i++)
            cost += penalty.Value(i, beta[i]);
        return cost;
    }

    /// <summary>The penalty of the members, by position.</summary>
    private ElasticNetPenalty Penalty => new(1, 1, _problem.L1, _problem.L2, _problem.Lower, _problem.Upper);

    /// <summary>What a new Gram matrix costs, in the units of <see cref="StepCost"/>.</summary>
    private double GramCost(int support) =>
        _problem.Normal is null ? (double)_length * _known * _known / StepRules.GramSpeed : SparseGramSteps * StepCost(support);

    private double StepCost(int support) => (double)_length * (2 * support + _known) + (double)support * _known;

    private int* All()
    {
        int* all = _positions.Require(Math.Max(_known, 1));
        for (int i = 0; i < _known; i++)
            all[i] = i;
        return all;
    }

    private void Clear(double* vector) => new Span<double>(vector, _length).Clear();

    private void Copy(double* from, double* to) => Copy(from, to, _length);

    private static void Copy(double* from, double* to, int count) => Buffer.MemoryCopy(from, to, (long)count * sizeof(double), (long)count * sizeof(double));
}
