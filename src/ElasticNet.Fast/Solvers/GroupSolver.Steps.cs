namespace ElasticNet.Fast.Solvers;

/// <summary>The steps on a working set: one for squared error; for another loss as many as it takes, by the rules of <see cref="StepRules"/>.</summary>
internal sealed unsafe partial class GroupSolver
{
    /// <summary>What a step on another loss may leave of its square's conditions: the loss leaves more.</summary>
    private const double Roughly = 1e-2;

    /// <summary>Solves on the working set.</summary>
    private void SolveMembers(CancellationToken cancellationToken)
    {
        double previous = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            MultiplyMembers();
            double worst = Math.Max(_problem.Worst(ofZeros: false), _problem.Worst(ofZeros: true));
            if (_datafit is not null)
                worst = Math.Max(worst, Math.Abs(_datafit.Unbalanced));
            bool isSlow = worst > StepRules.Contraction * previous;
            if (StepRules.IsDone(worst, previous) || step >= StepRules.MostSteps || double.IsNaN(worst))
                return;
            previous = worst;
            if (_datafit is null)
            {
                _newton.Solve(0.1 * StepRules.Tolerance, cancellationToken);
                Subtract(Datafit.Response, Residual);
                CenterResidual();
                continue;
            }

            double gramCost = (double)Rows * _problem.Count * _problem.Count / StepRules.GramSpeed;
            if (!_isFresh && (_isByRows || isSlow || _debt > gramCost))
                Refresh(_damping);
            (int solves, int conjugates) = (_newton.Solves, _newton.ConjugateSteps);
            _newton.Solve(Math.Max(0.1 * StepRules.Tolerance, (_isByRows ? Math.Clamp(worst / _problem.L1, 1e-5, Roughly) : Roughly) * worst), cancellationToken);
            double active = _newton.Active;
            _debt += Rows * (2 * active + _problem.Count) + (_newton.Solves - solves) * active * (_problem.Count + active * active / (3 * StepRules.GramSpeed))
                + (_newton.ConjugateSteps - conjugates) * active * (_problem.Count + active);
            bool wasFresh = _isFresh;
            double share = Advance(), damped = _damping;
            _damping = StepRules.Damping(_damping, share);
            if (share == 1)
                continue;
            // Nothing falls any further: what was accepted is the answer, and the certificate tells how good it is.
            if (share == 0 && wasFresh && damped == 1)
            {
                MultiplyMembers();
                return;
            }

            Refresh(_damping);
        }
    }

    /// <summary>Evaluates at the coefficients of the square's solution, or on the way to them where the objective does not fall so far, and accepts.</summary>
    /// <returns>The share of the step that is accepted: 1 for the whole, 0 for nothing.</returns>
    private double Advance()
    {
        int count = _problem.Count;
        double* beta = _problem.Beta;
        double before = _value + _problem.Cost(Accepted), limit = StepRules.Limit(before, _datafit!.NullDeviance), share = 1;
        SetOrigin(Trial);
        Subtract(Trial, Trial);
        double value = _datafit!.Evaluate(Trial, Residual);
        bool moved = value + _problem.Cost(beta) <= limit;
        for (int halving = 0; halving < StepRules.MostHalvings && !moved; halving++)
        {
            share *= 0.5;
            StepRules.Halve(Trial, Left, Rows);
            StepRules.Halve(beta, Accepted, count);
            value = _datafit.Evaluate(Trial, Residual);
            moved = value + _problem.Cost(beta) <= limit;
        }

        if (!moved)
        {
            Copy(Accepted, beta, count);
            _value = _datafit.Evaluate(Left, Residual);
            return 0;
        }

        Copy(beta, Accepted, count);
        Copy(Trial, Left, Rows);
        _value = value;
        _datafit.Accept(Left);
        TakeResidual(_datafit.Intercept);
        _isFresh = false;
        return share;
    }

    /// <summary>Freezes the curvature of here.</summary>
    private void Refresh(double damping)
    {
        if (_isFresh && damping == 0 && _damping == 0)
            return;
        _datafit!.Freeze(damping);
        (_damping, _debt, _isFresh) = (damping, 0, true);
        if (_isByRows)
            TakeCurvature();
        else
            FillGram(0);
    }

    private void SetOrigin(double* left)
    {
        if (_datafit!.Origin == null)
            new Span<double>(left, Rows).Clear();
        else
            Copy(_datafit.Origin, left, Rows);
    }

    /// <summary><paramref name="left"/> ← <paramref name="from"/> − X̂β.</summary>
    private void Subtract(double* from, double* left)
    {
        if (from != left)
            Copy(from, left, Rows);
        double* negated = _members.Pointer + _problem.Count;
        int* positions = _positions.Require(Math.Max(_problem.Count, 1));
        int support = 0;
        for (int k = 0; k < _problem.Count; k++)
        {
            if (_problem.Beta[k] == 0)
                continue;
            positions[support] = k;
            negated[support++] = -_problem.Beta[k];
        }

        Held.AddTo(positions, negated, support, left);
    }
}
