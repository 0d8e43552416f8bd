namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>What a search over mixings and strengths chose, how well that did, and what it cost, the refit included.</summary>
/// <param name="Lambda">The λ of least mean error.</param>
/// <param name="L1Ratio">Its ρ.</param>
/// <param name="LeastError">That mean squared error.</param>
/// <param name="Cost">Time of the whole call.</param>
internal sealed record SearchOutcome(double Lambda, double L1Ratio, double LeastError, Measurement Cost);
