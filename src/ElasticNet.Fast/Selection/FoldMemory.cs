namespace ElasticNet.Fast.Selection;

/// <summary>The memory of a cross-validation, kept for the next: what its folds share, and what each thread needs for itself.</summary>
internal sealed class FoldMemory : IDisposable
{
    /// <summary>What all folds share.</summary>
    public FoldMoments Shared { get; } = new();

    /// <summary>For folds that are gone through one by one.</summary>
    public Pool<FoldWorker> Workers { get; } = new(static () => new());

    /// <summary>For folds that are gone through together.</summary>
    public Pool<PathGroup> Groups { get; } = new(static () => new());

    public void Dispose()
    {
        Shared.Dispose();
        Workers.Dispose();
        Groups.Dispose();
    }
}
