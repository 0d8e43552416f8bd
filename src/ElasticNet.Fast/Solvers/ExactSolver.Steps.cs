namespace ElasticNet.Fast.Solvers;

/// <summary>The two ways to the solution on the support: straight there, or up to the first coefficient that would change its sign.</summary>
internal sealed unsafe partial class ExactSolver
{
    /// <summary>
    /// Solves on the support; drops all that come out with the wrong sign, pins all that overshoot a bound, until none does.
    /// Newcomers go first, and the rest is asked again without them: they may have led it astray.
    /// </summary>
    private void JumpToTarget(double tolerance)
    {
        while (true)
        {
            bool dated = _set.IsDated(_problem);
            FindTarget(dated, tolerance);
            double* target = _set.Target;
            bool consistent = true, newcomerLeft = false;
            int settled = _set.Count - _newcomers;
            // From the last row up: removing a row costs what stands below it.
            for (int k = _set.Count - 1; k >= (newcomerLeft ? settled : 0); k--)
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
                if (dated)
                    _problem.AdjustGradient(position, _problem.Beta[position] - before);
                consistent = false;
                if (k >= settled)
                {
                    newcomerLeft = true;
                    _newcomers--;
                }
            }

            if (!consistent)
                continue;
            for (int k = 0; k < _set.Count; k++)
                _problem.Beta[_set.Positions[k]] = target[k];
            _newcomers = 0;
            return;
        }
    }

    /// <summary>What solves on the support: from the correlations, or as a step from where the coefficients are.</summary>
    private void FindTarget(bool isDated, double tolerance)
    {
        if (_problem.Normal is not null)
            RefreshGradient();
        if (isDated || _problem.Normal is not null)
            _set.ApproachTarget(_problem, tolerance);
        else
            _set.SolveTarget(_problem, WithoutPinned());
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
            FindTarget(isDated: false, Exact);
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

    /// <summary>What <see cref="DescendToTarget"/> starts from: a factor of this λ and the gradient at the coefficients as they are.</summary>
    private void BeginDescent()
    {
        if (_set.IsDated(_problem))
            _set.Refactor(_problem);
        RefreshGradient();
    }

    /// <summary>
    /// The same for many entrants and many pinned, from an up-to-date gradient: a step leaves the same share of every condition
    /// unsolved, so that the next needs no product with the Gram matrix. Entrants that would set out the wrong way leave together.
    /// </summary>
    private void DescendToTarget()
    {
        double* left = _set.Scratch, step = _set.Target;
        for (int k = 0; k < _set.Count; k++)
            left[k] = _set.Violation(_problem, k);
        while (_set.Count > 0)
        {
            Buffer.MemoryCopy(left, step, (long)_set.Count * sizeof(double), (long)_set.Count * sizeof(double));
            _set.Solve(_problem, step);
            double length = 1;
            int blocking = -1;
            for (int k = 0; k < _set.Count; k++)
            {
                double reach = Reach(k, step[k]);
                if (reach < length)
                    (length, blocking) = (reach, k);
            }

            if (length > 0)
            {
                for (int k = 0; k < _set.Count; k++)
                {
                    _problem.Beta[_set.Positions[k]] += length * step[k];
                    left[k] *= 1 - length;
                }
            }

            if (blocking < 0)
                return;
            if (length > 0)
                Stop(blocking, step, bar: false);
            else
            {
                for (int k = _set.Count - 1; k >= 0; k--)
                {
                    if (Reach(k, step[k]) == 0)
                        Stop(k, step, bar: true);
                }
            }
        }
    }

    /// <summary>The share of a step that the k-th free coefficient can go before its sign or a bound stops it; beyond 1 where nothing does.</summary>
    private double Reach(int k, double step)
    {
        if (step == 0)
            return double.PositiveInfinity;
        int position = _set.Positions[k];
        return Math.Max((End(position, step, _set.Signs[k]) - _problem.Beta[position]) / step, 0);
    }

    /// <summary>Takes the k-th free coefficient out where its step ends, and its place out of what goes with it.</summary>
    private void Stop(int k, double* step, bool bar)
    {
        int position = _set.Positions[k];
        double end = End(position, step[k], _set.Signs[k]);
        for (int i = k; i < _set.Count - 1; i++)
            (_set.Scratch[i], step[i]) = (_set.Scratch[i + 1], step[i + 1]);
        _set.Pin(_problem, k, end);
        if (bar)
            _set.Bar(position); // it may not come straight back: nothing has decreased
    }
}
