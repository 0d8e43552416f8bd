using System.Collections.Concurrent;

namespace ElasticNet.Fast.Selection;

/// <summary>Memory that threads take for a piece of work and put back for the next: as many pieces as work at a time.</summary>
/// <param name="make">Makes one where none is free.</param>
internal sealed class Pool<T>(Func<T> make) : IDisposable
    where T : class, IDisposable
{
    private readonly ConcurrentBag<T> _free = [];

    /// <summary>Works with one of them.</summary>
    public void With(Action<T> work)
    {
        if (!_free.TryTake(out T? item))
            item = make();
        try
        {
            work(item);
        }
        finally
        {
            _free.Add(item);
        }
    }

    /// <summary>Gives all memory back; nobody works any more.</summary>
    public void Dispose()
    {
        while (_free.TryTake(out T? item))
            item.Dispose();
    }
}
