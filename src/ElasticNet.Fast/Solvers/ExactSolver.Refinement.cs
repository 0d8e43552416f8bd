namespace ElasticNet.Fast.Solvers;

/// <summary>The last digits: iterative refinement, against the Gram matrix and against the columns themselves.</summary>
internal sealed unsafe partial class ExactSolver
{
    /// <summary>The share of what is left of the optimality conditions that a step of refinement may leave.</summary>
    private const double Refined = 1e-2;

    /// <summary>A gradient this close to where it belongs cannot be told from exact.</summary>
    private const double Exact = 16 * 2.2e-16;

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
        Approach(gradient, step);
        return TryMove(step);
    }

    /// <summary><paramref name="step"/> ← what would solve the support's equations if the Gram matrix were exact, given the gradients of the free positions.</summary>
    public void Approach(double* gradient, double* step)
    {
        double worst = 0;
        for (int k = 0; k < _set.Count; k++)
        {
            int position = _set.Positions[k];
            step[k] = gradient[k] - _problem.L1[position] * _set.Signs[k] - _problem.L2[position] * _problem.Beta[position];
            worst = Math.Max(worst, Math.Abs(step[k]));
        }

        _set.Solve(_problem, step, Refined * worst);
    }

    /// <summary>Adds a step to the coefficients of the free positions.</summary>
    /// <returns>False, and nothing changes, where the step would cross a sign or a bound.</returns>
    public bool TryMove(double* step)
    {
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

    /// <summary>How the free coefficients change as log λ falls and the support stands: (G_SS + l2)⁻¹(l1·signs + l2β), negated.</summary>
    public void Tangent(double* tangent)
    {
        double worst = 0;
        for (int k = 0; k < _set.Count; k++)
        {
            int position = _set.Positions[k];
            tangent[k] = _problem.L1[position] * _set.Signs[k] + _problem.L2[position] * _problem.Beta[position];
            worst = Math.Max(worst, Math.Abs(tangent[k]));
        }

        _set.Solve(_problem, tangent, Refined * worst);
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

    private void RefreshGradient() => _problem.RefreshGradient(WithoutPinned(), _set.Positions, _set.Count, _set.Scratch);

    /// <summary>What the pinned coefficients leave for the free ones.</summary>
    private double* WithoutPinned() => _set.PinnedCount > 0 ? _pinned.Update(_problem, _set)
        : _problem.HasGram ? _problem.Correlation : _problem.Response;

    private double Unsolved()
    {
        double worst = 0;
        for (int k = 0; k < _set.Count; k++)
            worst = Math.Max(worst, Math.Abs(_set.Violation(_problem, k)));
        return worst;
    }
}
