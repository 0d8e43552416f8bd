using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast;

/// <summary>
/// Buffers that grow to what a problem needs and are kept from call to call, so that a call of the same shape allocates
/// nothing. Belongs to one call at a time and says so if it doesn't.
/// </summary>
public sealed class Workspace : IDisposable
{
    private const int Free = 0, InUse = 1, Disposed = 2;

    private int _state;

    internal PathContext Context { get; } = new();

    internal AlignedBuffer<byte> Transposed { get; } = new();

    /// <summary>Gives the memory back. A disposed workspace serves no further call (<see cref="ObjectDisposedException"/>).</summary>
    /// <exception cref="InvalidOperationException">A call is using the workspace.</exception>
    public void Dispose()
    {
        int before = Interlocked.CompareExchange(ref _state, Disposed, Free);
        if (before == InUse)
            Throw.WorkspaceInUse();
        if (before == Disposed)
            return;
        Context.Dispose();
        Transposed.Dispose();
    }

    /// <summary>Takes the workspace for one call.</summary>
    internal void Enter()
    {
        int before = Interlocked.CompareExchange(ref _state, InUse, Free);
        if (before == InUse)
            Throw.WorkspaceInUse();
        ObjectDisposedException.ThrowIf(before == Disposed, this);
    }

    /// <summary>Returns it.</summary>
    internal void Leave() => Volatile.Write(ref _state, Free);
}
