namespace ElasticNet.Fast.Solvers;

/// <summary>Solves with A = G_SS + l2·diag(unit2) on a support S that gains and loses members.</summary>
internal abstract unsafe class SupportFactor : IDisposable
{
    /// <summary>Factorisations from scratch so far.</summary>
    public int Factorizations { get; protected set; }

    /// <summary>Linear systems solved so far.</summary>
    public int Solves { get; protected set; }

    /// <summary>Steps of conjugate gradients so far.</summary>
    public int ConjugateSteps { get; protected set; }

    /// <summary>Forgets everything.</summary>
    public virtual void Clear() => Factorizations = Solves = ConjugateSteps = 0;

    /// <summary>Goes on counting where another has come to.</summary>
    public void CountFrom(SupportFactor other) =>
        (Factorizations, Solves, ConjugateSteps) = (other.Factorizations, other.Solves, other.ConjugateSteps);

    /// <summary>Whether the factor is that of another l2 than the problem's.</summary>
    public abstract bool IsDated(RestrictedProblem problem);

    /// <summary>Told at each new strength: whether to factor anew rather than go on with a dated factor.</summary>
    public abstract bool ShouldRenew(RestrictedProblem problem);

    /// <summary>Factors A at the problem's l2.</summary>
    /// <returns>−1, or a position that depends on others; take it out and go on with <paramref name="restart"/> false.</returns>
    public abstract int Refactor(RestrictedProblem problem, int* positions, int count, bool restart);

    /// <summary>Appends a member; <paramref name="positions"/> are those before it.</summary>
    /// <returns>False, and nothing is appended, where its column depends on theirs.</returns>
    public abstract bool TryAppend(RestrictedProblem problem, int* positions, int position);

    /// <summary>Removes the k-th member.</summary>
    public abstract void Remove(int k);

    /// <summary>b ← A⁻¹b; where the factor is dated, until no residual exceeds <paramref name="tolerance"/>.</summary>
    public abstract void Solve(RestrictedProblem problem, int* positions, double* b, double tolerance);

    /// <summary>A bound on ‖A⁻¹‖, as far as an estimate is one; <paramref name="renew"/> asks for a new one.</summary>
    public abstract double InverseNorm(RestrictedProblem problem, bool renew);

    /// <summary>The bound that holds with some more members, which are not kept; infinite where none is known.</summary>
    public abstract double InverseNorm(RestrictedProblem problem, int* positions, ReadOnlySpan<int> more);

    /// <summary>The least pivot as a share of its diagonal element; 1 without members.</summary>
    public abstract double LeastShare(RestrictedProblem problem, int* positions);

    /// <summary>tr[A⁻¹ diag(weights)]; the factor must not be dated.</summary>
    public abstract double InverseTrace(double* weights);

    /// <inheritdoc/>
    public abstract void Dispose();
}
