using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>Who enters the support, and how: as a newcomer, in exchange for one that it depends on, or after a few sweeps of coordinate descent.</summary>
internal sealed unsafe partial class ExactSolver
{
    /// <summary>From so many entrants on it pays to append their rows to the factor as a block.</summary>
    private const int Together = 4;

    /// <summary>The worst violators among the zeros (kept in order of violation) and all coefficients that want to leave their bound.</summary>
    private int FindViolators(int most, out int violators)
    {
        int found = 0;
        violators = 0;
        double noise = Noise();
        for (int i = 0; i < _problem.Count; i++)
        {
            double gradient = _problem.Gradient[i], violation;
            if (_set.IsOut(i))
            {
                violation = Excess(i, gradient, noise);
            }
            else if (_set.IsPinned(i))
            {
                double beta = _problem.Beta[i];
                violation = -Math.Sign(beta) * (gradient - _problem.L1[i] * Math.Sign(beta) - _problem.L2[i] * beta) - noise;
            }
            else
            {
                continue;
            }

            if (!(violation > 0))
                continue;
            violators++;
            Offer(i, violation, most, ref found);
        }

        return found;
    }

    /// <summary>How far a coefficient of 0 is from optimal: what its gradient exceeds its l1 by, where no bound holds it.</summary>
    private double Excess(int position, double gradient, double noise) => (gradient > 0 ? _problem.Upper[position] : -_problem.Lower[position]) > 0
        ? Math.Abs(gradient) - _problem.L1[position] * (1 + ElasticNetPenalty.RelativeSlack) - noise
        : 0;

    /// <summary>Puts a position among the worst violators, if it is one of them; they are kept in order.</summary>
    private void Offer(int position, double violation, int most, ref int found)
    {
        double* scores = _scores.Pointer;
        int* entrants = _entrants.Pointer;
        if (found == most && violation <= scores[found - 1])
            return;
        int at = found < most ? found++ : most - 1;
        for (; at > 0 && scores[at - 1] < violation; at--)
            (scores[at], entrants[at]) = (scores[at - 1], entrants[at - 1]);
        (scores[at], entrants[at]) = (violation, position);
    }

    /// <summary>What rounding alone can do to a gradient: response and columns have norm 1.</summary>
    private double Noise()
    {
        double size = 1;
        for (int k = 0; k < _set.Count + _set.PinnedCount; k++)
            size += Math.Abs(_problem.Beta[_set.Positions[k]]);
        return ElasticNetPenalty.GradientNoise * size;
    }

    /// <summary>Takes the entrants in: many zeros at once, at the speed of a matrix product; few, and who depends on the support, one by one.</summary>
    private void EnterAll(int count)
    {
        int* entrants = _entrants.Pointer;
        int zeros = 0;
        for (int k = 0; k < count; k++)
        {
            if (!_set.IsPinned(entrants[k]))
                (entrants[zeros], entrants[k]) = (entrants[k], entrants[zeros++]);
        }

        int singly = zeros < Together ? zeros : _set.EnterTogether(_problem, entrants, zeros);
        for (int k = 0; k < singly; k++)
            Enter(entrants[k]);
        for (int k = zeros; k < count; k++)
            Enter(entrants[k]);
    }

    private void Enter(int position)
    {
        bool pinned = _set.IsPinned(position);
        double sign = SignAtEntry(position, pinned);
        if (TryEnter(position, pinned, sign))
            return;
        if (_set.IsDated(_problem))
        {
            _set.Refactor(_problem); // whether it depends on the support is for the matrix of this λ to say
            if (TryEnter(position, pinned, sign))
                return;
        }

        Exchange(position, pinned);
    }

    /// <summary>The sign that an entrant must keep; 0 where its penalty has no kink.</summary>
    private double SignAtEntry(int position, bool pinned) => _problem.L1[position] == 0 ? 0
        : Math.Sign(pinned ? _problem.Beta[position] : _problem.Gradient[position]);

    private bool TryEnter(int position, bool pinned, double sign) =>
        pinned ? _set.TryUnpin(_problem, position, sign) : _set.TryEnter(_problem, position, sign);

    /// <summary>
    /// The column depends on the support: xⱼ = X_S z. Moving along (βⱼ, β_S) + δ(σ, −σz) leaves the fit alone and lowers the
    /// penalty, until a coefficient reaches 0 or a bound: one of the support makes room, or j itself is at its end.
    /// </summary>
    private void Exchange(int position, bool pinned)
    {
        double* z = _set.Target;
        _problem.Products(position, _set.Positions, _set.Count, z);
        _set.Solve(_problem, z);
        double from = _problem.Beta[position];
        double direction = pinned ? -Math.Sign(from) : Math.Sign(_problem.Gradient[position]);
        double keeps = _problem.L1[position] == 0 ? 0 : pinned ? Math.Sign(from) : direction;
        double end = End(position, direction, keeps), shortest = Math.Abs(end - from);
        int blocking = -1;
        for (int k = 0; k < _set.Count; k++)
        {
            double rate = -direction * z[k];
            if (Math.Abs(rate) <= 1e-9)
                continue;
            int member = _set.Positions[k];
            double reach = Math.Max((End(member, rate, _set.Signs[k]) - _problem.Beta[member]) / rate, 0);
            if (reach < shortest)
                (shortest, blocking) = (reach, k);
        }

        if (!double.IsFinite(shortest))
        {
            _set.Bar(position);
            return;
        }

        // Of two newcomers that depend on each other the first stays; the second may ask again when the first has been solved for.
        // (A solved coefficient may be exactly 0 only where its sign is free.)
        if (blocking >= 0 && !pinned && _set.Signs[blocking] != 0 && _problem.Beta[_set.Positions[blocking]] == 0)
            return;

        for (int k = 0; k < _set.Count; k++)
            _problem.Beta[_set.Positions[k]] -= shortest * direction * z[k];
        if (blocking < 0)
        {
            _set.Hold(_problem, position, end);
            return;
        }

        double stop = End(_set.Positions[blocking], -direction * z[blocking], _set.Signs[blocking]);
        _set.Pin(_problem, blocking, stop);
        if (pinned ? _set.TryUnpin(_problem, position, keeps) : _set.TryEnter(_problem, position, keeps))
            _problem.Beta[position] = from + shortest * direction;
        else
            _set.Bar(position);
    }

    /// <summary>Where a coefficient that keeps its sign must stop when it moves up (or down): at 0 or at a bound.</summary>
    private double End(int position, double direction, double sign) => direction > 0
        ? sign < 0 ? 0 : _problem.Upper[position]
        : sign > 0 ? 0 : _problem.Lower[position];

    /// <summary>A few sweeps of coordinate descent, then the support and its factor are read off the coefficients.</summary>
    private void Identify()
    {
        for (int sweep = 0; sweep < IdentifySweeps; sweep++)
        {
            Sweeps++;
            double moved = Kernel.GramSweep(
                _problem.Gram, _problem.Stride, _problem.Gradient, _problem.Beta, _problem.L1, _problem.L2,
                _problem.Lower, _problem.Upper, _problem.Count);
            if (moved < 1e-6)
                break;
        }

        _set.Rebuild(_problem);
    }
}
