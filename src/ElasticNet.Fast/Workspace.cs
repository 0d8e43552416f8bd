using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast;

/// <summary>
/// Buffers that grow to what a problem needs and are kept from call to call, so that a call of the same shape allocates
/// nothing. Belongs to one call at a time and says so if it doesn't.
/// </summary>
public sealed class Workspace : IDisposable
{
    private int _inUse;

    internal PathContext Context { get; } = new();

    internal AlignedBuffer<byte> Transposed { get; } = new();

    /// <summary>Gives the memory back.</summary>
    /// <exception cref="InvalidOperationException">A call is using the workspace.</exception>
    public void Dispose()
    {
        Enter();
        Context.Dispose();
        Transposed.Dispose();
        Leave();
    }

    /// <summary>Takes the workspace for one call.</summary>
    internal void Enter()
    {
        if (Interlocked.Exchange(ref _inUse, 1) != 0)
            throw new InvalidOperationException("The workspace is in use by another call; give each concurrent call a workspace of its own.");
    }

    /// <summary>Returns it.</summary>
    internal void Leave() => Volatile.Write(ref _inUse, 0);
}
