using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>The memory that a thread needs to run one fold after another.</summary>
internal sealed class FoldWorker : IDisposable
{
    /// <summary>Solves paths.</summary>
    public PathContext Context { get; } = new(SolverLimits.Default);

    /// <summary>The models of a path.</summary>
    public ModelList Models { get; } = new();

    /// <summary>Held-out errors from moments.</summary>
    public HeldOutMoments HeldOut { get; } = new();

    public void Dispose()
    {
        Context.Dispose();
        HeldOut.Dispose();
    }
}
