using System.Runtime.CompilerServices;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Solves a <see cref="RestrictedProblem"/> to machine precision. Coordinate descent finds roughly which coefficients
/// are not 0 where the support moves a lot; the rest is linear algebra on the support. Each round solves exactly on the
/// support, then lets the worst violators of the optimality conditions enter.
///
/// Block pivoting drops every coefficient of the wrong sign at once and lets many enter: fast, but not proven to end. The
/// objective at a solved support depends on nothing but that support; when rounds fail to lower it, the monotone
/// method takes over: one enters at a time, and steps stop at the first change of sign, so that each round lowers the
/// objective and no support can come back.
/// </summary>
internal sealed unsafe partial class ExactSolver : IDisposable
{
    /// <summary>How many may enter at once. More cost little each, but more of them are wrong.</summary>
    private const int Entrants = 32;

    /// <summary>Sweeps of coordinate descent before the support is read off.</summary>
    private const int IdentifySweeps = 8;

    /// <summary>Rounds of block pivoting that may fail to lower the objective.</summary>
    private const int Patience = 2;

    /// <summary>What may be left of an optimality condition, per unit of l1, while it is not settled who is in the support.</summary>
    private const double Rough = 1e-3;

    /// <summary>The share of what is left of the optimality conditions that a step of refinement may leave.</summary>
    private const double Refined = 1e-2;

    /// <summary>A gradient this close to where it belongs cannot be told from exact.</summary>
    private const double Exact = 16 * 2.2e-16;

    private readonly ActiveSet _set = new();
    private readonly AlignedBuffer<int> _entrants = new();
    private readonly AlignedBuffer<double> _scores = new();
    private RestrictedProblem _problem = null!;
    private int _known;

    /// <summary>The free and pinned positions of the current solution.</summary>
    public ActiveSet Set => _set;

    /// <summary>Coordinate-descent sweeps so far.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Steps of the monotone method so far.</summary>
    public int MonotoneSteps { get; private set; }

    /// <summary>Starts on a new problem.</summary>
    public void Start(RestrictedProblem problem)
    {
        _problem = problem;
        _known = problem.Count;
        Sweeps = MonotoneSteps = 0;
        _set.Clear(problem);
        _entrants.Require(Entrants);
        _scores.Require(Entrants);
    }

    /// <summary>Minimises at the problem's current strengths, from its current coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve()
    {
        _set.Fit(_problem, _known);
        _known = _problem.Count;
        _set.ReleaseBarred(_problem);
        _set.Renew(_problem);
        bool identified = false, monotone = false;
        // A dated factor is asked for no more digits than it takes to see who enters, until nobody does.
        bool rough = _set.IsDated(_problem) && _problem.Threshold > 0;
        int stalls = 0;
        double best = double.PositiveInfinity;
        int limit = 10 * _problem.Count + 100; // for what rounding keeps alive; the certificate tells
        for (int round = 0; round < limit; round++)
        {
            if (stalls > Patience && !monotone)
            {
                monotone = true;
                best = double.PositiveInfinity; // decreases count from here on, where block pivoting got stuck
                DropUntried();
                if (_set.IsDated(_problem))
                    _set.Refactor(_problem);
            }

            rough &= stalls == 0 && _set.IsDated(_problem);
            if (monotone)
                WalkToTarget();
            else
                JumpToTarget(rough ? Rough * _problem.Threshold : Exact);
            if (rough)
                RefreshGradient();
            else
                Polish();
            double objective = _problem.Objective();
            if (objective < best - 4e-16 * Math.Abs(objective))
                _set.ReleaseBarred(_problem);
            else
                stalls++;
            best = Math.Min(best, objective);

            int entrants = FindViolators(monotone ? 1 : Entrants, out int violators);
            if (entrants == 0 && !rough)
                return;
            if (entrants == 0)
            {
                rough = false;
                continue;
            }

            if (!identified && violators > Math.Max(Entrants, _set.Count / 4))
            {
                identified = true;
                Identify();
                continue;
            }

            EnterAll(entrants);
            if (monotone)
                MonotoneSteps++;
        }
    }

    /// <summary>Whether gradients of the free positions that were computed from the columns themselves leave something to refine.</summary>
    public bool NeedsRefinement(double* gradient)
    {
        for (int k = 0; k < _set.Count; k++)
        {
            int position = _set.Positions[k];
            if (!(Math.Abs(gradient[k] - _problem.L1[position] * _set.Signs[k] - _problem.L2[position] * _problem.Beta[position]) <= Exact))
                return true;
        }

        return false;
    }

    /// <summary>
    /// One step of iterative refinement: <paramref name="gradient"/> holds xⱼᵀr of the free positions, computed from the
    /// columns themselves. <paramref name="step"/> receives what was added to their coefficients.
    /// </summary>
    /// <returns>False, and nothing changes, where the step would cross a sign or a bound.</returns>
    public bool TryRefine(double* gradient, double* step)
    {
        double worst = 0;
        for (int k = 0; k < _set.Count; k++)
        {
            int position = _set.Positions[k];
            step[k] = gradient[k] - _problem.L1[position] * _set.Signs[k] - _problem.L2[position] * _problem.Beta[position];
            worst = Math.Max(worst, Math.Abs(step[k]));
        }

        _set.Solve(_problem, step, Refined * worst);
        for (int k = 0; k < _set.Count; k++)
        {
            int position = _set.Positions[k];
            double moved = _problem.Beta[position] + step[k];
            bool crosses = _set.Signs[k] != 0 && moved * _set.Signs[k] <= 0;
            if (crosses || !double.IsFinite(moved) || moved < _problem.Lower[position] || moved > _problem.Upper[position])
                return false;
        }

        for (int k = 0; k < _set.Count; k++)
            _problem.Beta[_set.Positions[k]] += step[k];
        return true;
    }

    public void Dispose()
    {
        _set.Dispose();
        _entrants.Dispose();
        _scores.Dispose();
    }

    /// <summary>Solves on the support; drops all that come out with the wrong sign, pins all that overshoot a bound, until none does.</summary>
    private void JumpToTarget(double tolerance)
    {
        while (true)
        {
            if (_set.IsDated(_problem))
                _set.ApproachTarget(_problem, tolerance);
            else
                _set.SolveTarget(_problem);
            double* target = _set.Target;
            bool consistent = true;
            // From the last row up: removing a row costs what stands below it.
            for (int k = _set.Count - 1; k >= 0; k--)
            {
                int position = _set.Positions[k];
                double before = _problem.Beta[position];
                if (_set.Signs[k] != 0 && target[k] * _set.Signs[k] <= 0)
                    _set.Drop(_problem, k);
                else if (target[k] <= _problem.Lower[position])
                    _set.Pin(_problem, k, _problem.Lower[position]);
                else if (target[k] >= _problem.Upper[position])
                    _set.Pin(_problem, k, _problem.Upper[position]);
                else
                    continue;
                _problem.AdjustGradient(position, _problem.Beta[position] - before);
                consistent = false;
            }

            if (!consistent)
                continue;
            for (int k = 0; k < _set.Count; k++)
                _problem.Beta[_set.Positions[k]] = target[k];
            return;
        }
    }

    /// <summary>
    /// Takes out again what block pivoting has just let in and not yet solved for: the monotone method lets one enter at a
    /// time, into a support that is solved exactly.
    /// </summary>
    private void DropUntried()
    {
        for (int k = _set.Count - 1; k >= 0; k--)
        {
            if (_problem.Beta[_set.Positions[k]] == 0 && _set.Signs[k] != 0)
                _set.Drop(_problem, k);
        }

        _set.ReleaseBarred(_problem);
    }

    /// <summary>Moves towards the solution on the support and stops at each sign or bound it meets: never uphill.</summary>
    private void WalkToTarget()
    {
        while (_set.Count > 0)
        {
            _set.SolveTarget(_problem);
            double* target = _set.Target;
            double length = 1;
            int blocking = -1;
            double bound = 0;
            for (int k = 0; k < _set.Count; k++)
            {
                int position = _set.Positions[k];
                double from = _problem.Beta[position], to = target[k], stop;
                if (_set.Signs[k] != 0 && to * _set.Signs[k] <= 0)
                    stop = 0;
                else if (to < _problem.Lower[position])
                    stop = _problem.Lower[position];
                else if (to > _problem.Upper[position])
                    stop = _problem.Upper[position];
                else
                    continue;
                double reach = from == to ? 0 : (stop - from) / (to - from);
                if (reach < length || blocking < 0)
                    (length, blocking, bound) = (Math.Clamp(reach, 0, 1), k, stop);
            }

            for (int k = 0; k < _set.Count; k++)
            {
                int position = _set.Positions[k];
                double from = _problem.Beta[position];
                _problem.Beta[position] = blocking < 0 ? target[k] : from + length * (target[k] - from);
            }

            if (blocking < 0)
                return;
            int dropped = _set.Positions[blocking];
            _set.Pin(_problem, blocking, bound);
            if (length == 0 && bound == 0)
                _set.Bar(dropped); // it may not come straight back: nothing has decreased
        }
    }

    /// <summary>Brings the gradient up to date; where the factor has drifted, refines and, failing that, factors anew.</summary>
    private void Polish()
    {
        RefreshGradient();
        double error = Unsolved();
        for (int round = 0; round < 3 && error > Exact; round++)
        {
            if (round == 1)
                _set.Refactor(_problem);
            for (int k = 0; k < _set.Count; k++)
                _set.Scratch[k] = _problem.Gradient[_set.Positions[k]];
            if (!TryRefine(_set.Scratch, _set.Target))
                return;
            RefreshGradient();
            double after = Unsolved();
            if (after > 0.5 * error)
                return; // as exact as this Gram matrix lets it be
            error = after;
        }
    }

    private void RefreshGradient() =>
        _problem.RefreshGradient(_set.Positions, _set.Count + _set.PinnedCount, _set.Scratch);

    private double Unsolved()
    {
        double worst = 0;
        for (int k = 0; k < _set.Count; k++)
            worst = Math.Max(worst, Math.Abs(_set.Violation(_problem, k)));
        return worst;
    }
}
