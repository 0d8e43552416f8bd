namespace ElasticNet.Fast.Preprocessing;

/// <summary>How the rounds of <see cref="ImputationMethod.Iterative"/> ended. Immutable.</summary>
/// <param name="Rounds">Rounds taken; 0 where there is a single column of numbers, whose gaps become its mean.</param>
/// <param name="Converged">
/// Whether the last round changed less than <paramref name="Threshold"/>. Where it did not, the last round's values stand, as they
/// are defined to: more rounds (<see cref="IterativeImputationOptions.MaxRounds"/>), a larger
/// <see cref="IterativeImputationOptions.Tolerance"/>, or another method may serve better.
/// </param>
/// <param name="LastChange">The largest sum over a row of |change| in the last round, in the units of the columns.</param>
/// <param name="Threshold"><see cref="IterativeImputationOptions.Tolerance"/> × the largest absolute value in the training rows.</param>
public readonly record struct ImputationConvergence(int Rounds, bool Converged, double LastChange, double Threshold)
{
    /// <summary>How the rounds ended, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{(Converged ? "converged" : "not converged")} after {Rounds} rounds: the last changed {LastChange:g3}, threshold {Threshold:g3}");
}
