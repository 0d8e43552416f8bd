using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Problems;

/// <summary>What fits and paths keep from call to call: the buffers of the solvers, a copy of X where one is needed, a sink of spans.</summary>
internal sealed class PathMemory(SolverLimits limits) : IDisposable
{
    /// <summary>Without memory yet.</summary>
    public PathMemory()
        : this(SolverLimits.Default)
    {
    }

    /// <summary>Solvers and threads.</summary>
    public PathContext Context { get; } = new(limits);

    /// <summary>X, where it cannot be used as it lies.</summary>
    public ColumnCopy Copy { get; } = new();

    /// <summary>Where coefficients are written to memory of the caller.</summary>
    public SpanSink Spans { get; } = new();

    public void Dispose()
    {
        Context.Dispose();
        Copy.Dispose();
    }
}
