using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

/// <summary>
/// Buffers that grow to what a problem needs and are kept from call to call, so that a fit of the same shape allocates
/// nothing, and a cross-validation finds the memory of its folds again. Belongs to one call at a time and says so if it doesn't.
/// </summary>
public sealed class Workspace : IDisposable
{
    private const int Idle = 0, Busy = 1, Disposed = 2;

    private int _state;
    private FoldMemory? _folds;

    /// <summary>Without memory yet; the first call takes what it needs.</summary>
    public Workspace()
        : this(SolverLimits.Default)
    {
    }

    internal Workspace(SolverLimits limits) => Memory = new(limits);

    internal PathMemory Memory { get; }

    internal PathContext Context => Memory.Context;

    internal FoldMemory Folds => _folds ??= new();

    /// <summary>Gives the memory back; the workspace cannot be used any more.</summary>
    /// <exception cref="InvalidOperationException">A call is using the workspace.</exception>
    public void Dispose()
    {
        int state = Interlocked.CompareExchange(ref _state, Disposed, Idle);
        if (state == Busy)
            Throw.WorkspaceBusy();
        if (state == Disposed)
            return;
        Memory.Dispose();
        _folds?.Dispose();
    }

    /// <summary>Takes the workspace for one call.</summary>
    internal void Enter()
    {
        int state = Interlocked.CompareExchange(ref _state, Busy, Idle);
        if (state == Busy)
            Throw.WorkspaceBusy();
        ObjectDisposedException.ThrowIf(state == Disposed, this);
    }

    /// <summary>Returns it.</summary>
    internal void Leave() => Volatile.Write(ref _state, Idle);
}
