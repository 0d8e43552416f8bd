using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Selection;

/// <summary>The memory of a cross-validation, kept for the next: what its folds share, and what each thread needs for itself.</summary>
internal sealed class FoldMemory : IDisposable
{
    private readonly Dictionary<Type, IDisposable> _groups = [];

    /// <summary>What all folds share.</summary>
    public FoldMoments Shared { get; } = new();

    /// <summary>For folds that are gone through one by one.</summary>
    public Pool<FoldWorker> Workers { get; } = new(static () => new());

    /// <summary>For folds that are gone through together.</summary>
    public Pool<PathGroup<TDesign>> Groups<TDesign>()
        where TDesign : struct, IDesign
    {
        if (!_groups.TryGetValue(typeof(TDesign), out IDisposable? groups))
            _groups.Add(typeof(TDesign), groups = new Pool<PathGroup<TDesign>>(static () => new()));
        return (Pool<PathGroup<TDesign>>)groups;
    }

    public void Dispose()
    {
        Shared.Dispose();
        Workers.Dispose();
        foreach (IDisposable groups in _groups.Values)
            groups.Dispose();
    }
}
