namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>Somebody who solves elastic nets.</summary>
internal interface ISolver
{
    /// <summary>For tables.</summary>
    string Name { get; }

    /// <summary>Solves, and times the solve alone.</summary>
    /// <param name="task">What to solve.</param>
    /// <param name="tolerance">The solver's own stopping rule; ignored by ours, which has none.</param>
    /// <exception cref="SolveFailedException">There is no answer: out of time, or the solver said so.</exception>
    Solution Solve(SolveTask task, double tolerance);
}

/// <summary>A solver has no answer; the message goes into the table.</summary>
internal sealed class SolveFailedException(string message) : Exception(message);
