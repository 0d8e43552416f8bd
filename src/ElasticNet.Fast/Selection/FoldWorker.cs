using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>The memory that a thread needs to run one fold after another.</summary>
internal sealed class FoldWorker : IDisposable
{
    /// <summary>Solves paths.</summary>
    public PathContext Context { get; } = new(SolverLimits.Default);

    /// <summary>Moments of the training rows.</summary>
    public SecondMoments Training { get; } = new();

    /// <summary>Held-out errors from moments.</summary>
    public HeldOutMoments HeldOut { get; } = new();

    public void Dispose()
    {
        Context.Dispose();
        Training.Dispose();
        HeldOut.Dispose();
    }
}
