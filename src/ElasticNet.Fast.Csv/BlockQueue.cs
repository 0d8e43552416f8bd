using System.Collections.Concurrent;

namespace ElasticNet.Fast.Csv;

/// <summary>Hands blocks to a thread that parses them in their order, a few ahead of it at most.</summary>
internal sealed class BlockQueue : IDisposable
{
    // Enough that neither thread waits for the other's next turn on a busy machine; a few megabytes.
    private const int Length = 8;

    private readonly BlockingCollection<CellBlock> _filled = [];
    private readonly BlockingCollection<CellBlock> _empty = [];
    private readonly Task _parser;

    /// <summary>Starts the thread.</summary>
    /// <param name="parse">What it does with a block.</param>
    /// <param name="fields">The fields that blocks hold.</param>
    public BlockQueue(Action<CellBlock> parse, int[] fields)
    {
        for (int i = 0; i < Length; i++)
            _empty.Add(new CellBlock(fields));
        _parser = Task.Factory.StartNew(() => Parse(parse), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Hands a filled block over and takes one to fill; false where parsing ended with a fault.</summary>
    public bool TryExchange(ref CellBlock block)
    {
        _filled.Add(block);
        return _empty.TryTake(out block!, Timeout.Infinite);
    }

    /// <summary>Waits until all blocks are parsed.</summary>
    /// <exception cref="CsvDataException">One of them has a fault.</exception>
    public void Complete()
    {
        _filled.CompleteAdding();
        _parser.GetAwaiter().GetResult();
    }

    /// <summary>Waits for the thread, whatever it ended with.</summary>
    public void Dispose()
    {
        _filled.CompleteAdding();
        ((IAsyncResult)_parser).AsyncWaitHandle.WaitOne();
        _filled.Dispose();
        _empty.Dispose();
    }

    private void Parse(Action<CellBlock> parse)
    {
        try
        {
            foreach (CellBlock block in _filled.GetConsumingEnumerable())
            {
                parse(block);
                _empty.Add(block);
            }
        }
        finally
        {
            _empty.CompleteAdding();
        }
    }
}
