namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>What somebody answered to a task, and what it cost.</summary>
/// <param name="Intercepts">One per λ solved.</param>
/// <param name="Coefficients">p per λ solved, one λ after another.</param>
/// <param name="Cost">Time of the solve alone.</param>
internal sealed record Solution(double[] Intercepts, double[] Coefficients, Measurement Cost)
{
    /// <summary>Number of λ solved: fewer than asked for where a solver gave up.</summary>
    public int Count => Intercepts.Length;
}
