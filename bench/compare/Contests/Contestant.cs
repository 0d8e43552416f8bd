using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare.Contests;

/// <summary>A solver with its stopping rule, and how it fared at one task.</summary>
/// <param name="solver">Who.</param>
/// <param name="rule">The stopping rule in words.</param>
/// <param name="tolerance">The stopping rule as a number.</param>
internal sealed class Contestant(ISolver solver, string rule, double tolerance)
{
    /// <summary>Who.</summary>
    public ISolver Solver { get; } = solver;

    /// <summary>The stopping rule in words.</summary>
    public string Rule { get; } = rule;

    /// <summary>The stopping rule as a number.</summary>
    public double Tolerance { get; } = tolerance;

    /// <summary>The runs that count.</summary>
    public Timing Timing { get; } = new();

    /// <summary>Largest relative gap, recomputed.</summary>
    public double Gap { get; set; } = double.NaN;

    /// <summary>How far the resident memory of a fresh process rose while it solved, in bytes; null where it was not measured.</summary>
    public long? Memory { get; set; }

    /// <summary>Whether its first run, which then counts, took so long that it is not asked again.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Why there is nothing to time; null where there is.</summary>
    public string? Failure { get; set; }
}
