namespace ElasticNet.Fast.Solvers;

/// <summary>Linear algebra on the set.</summary>
internal sealed unsafe partial class ActiveSet
{
    /// <summary>Beyond this support the careful way to degrees of freedom costs too much.</summary>
    private const int MostSmall = 4096;

    private SmallRidge? _smallRidge;

    /// <summary>What solves on the set.</summary>
    public SupportFactor Factor => _factor;

    /// <summary>Whether the factor belongs to another λ, so that solves go step by step and as far as they are asked to.</summary>
    public bool IsDated(RestrictedProblem problem) => _factor.IsDated(problem);

    /// <summary>Told at each new strength: factors anew where a ridge term has changed so much that this pays.</summary>
    public void Renew(RestrictedProblem problem)
    {
        if (_factor.ShouldRenew(problem))
            Refactor(problem);
    }

    /// <summary>Factors G_SS + diag(l2) anew; positions that depend on earlier ones leave the set.</summary>
    public void Refactor(RestrictedProblem problem)
    {
        for (bool restart = true; ; restart = false)
        {
            int dependent = _factor.Refactor(problem, Positions, Count, restart);
            if (dependent < 0)
                return;
            int position = Positions[dependent];
            RemoveAt(dependent);
            problem.Beta[position] = 0;
            _states.Pointer[position] = Out;
        }
    }

    /// <summary>
    /// <see cref="Target"/> ← the coefficients that solve the problem exactly on the free positions with the given signs:
    /// (G_SS + l2) t = c_S − G_SP β_P − l1·signs.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="pinned">c − G_SP β_P for each member.</param>
    public void SolveTarget(RestrictedProblem problem, double* pinned)
    {
        double* target = Target;
        for (int k = 0; k < Count; k++)
            target[k] = pinned[Positions[k]] - problem.L1[Positions[k]] * Signs[k];

        Solve(problem, target);
    }

    /// <summary>
    /// The same from where the coefficients are, given an up-to-date gradient, until no optimality condition of the support is
    /// violated by more than <paramref name="tolerance"/>.
    /// </summary>
    public void ApproachTarget(RestrictedProblem problem, double tolerance)
    {
        double* target = Target;
        for (int k = 0; k < Count; k++)
            target[k] = Violation(problem, k);
        Solve(problem, target, tolerance);
        for (int k = 0; k < Count; k++)
            target[k] += problem.Beta[Positions[k]];
    }

    /// <summary>What is left of the optimality condition of the k-th free position, given an up-to-date gradient: 0 at the solution.</summary>
    public double Violation(RestrictedProblem problem, int k)
    {
        int position = Positions[k];
        return problem.Gradient[position] - problem.L1[position] * Signs[k] - problem.L2[position] * problem.Beta[position];
    }

    /// <summary>b ← (G_SS + l2)⁻¹ b.</summary>
    public void Solve(RestrictedProblem problem, double* b, double tolerance = 0) => _factor.Solve(problem, Positions, b, tolerance);

    /// <summary>tr[(G_SS + l2)⁻¹ diag(l2)]: what the ridge term takes from the degrees of freedom.</summary>
    public double RidgeTrace(RestrictedProblem problem)
    {
        if (!problem.HasRidge)
            return 0;
        if (IsDated(problem) || problem.Normal is not null)
            Refactor(problem);
        double* ridge = Target;
        double least = double.PositiveInfinity;
        for (int k = 0; k < Count; k++)
            least = Math.Min(least, ridge[k] = problem.L2[Positions[k]]);
        if (least < SmallRidge.Limit && Count <= MostSmall && problem.Normal is null)
            return Count - (_smallRidge ??= new()).Freedom(problem, Positions, Count, ridge);
        return _factor.InverseTrace(ridge);
    }
}
