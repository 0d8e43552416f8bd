using System.Runtime.ExceptionServices;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// The calling thread and as many of the thread pool's as are allowed and free, for pieces of work of a fraction of a
/// millisecond. How the work is cut is up to the problem alone, so that the result is the same bit for bit whoever takes a
/// piece. Belongs to one caller at a time and allocates nothing once it is warm.
/// </summary>
internal sealed class WorkCrew : IThreadPoolWorkItem
{
    /// <summary>How often a thread that ran out of items looks for the next piece of work before it goes home.</summary>
    private const int Patience = 200;

    private readonly Lock _failing = new();
    private IWorkItems? _work;
    private int _count;
    private long _ticket; // number of the run, and in the lower half how many items nobody has taken
    private int _pending; // items not yet done
    private int _called;  // helpers that were sent for and have not gone home
    private ExceptionDispatchInfo? _failure;
    private int _failedItem;

    /// <summary>How many threads may work at a time, the calling one included.</summary>
    public int Degree { get; private set; } = 1;

    /// <summary>Sets the number of threads; −1 means all cores.</summary>
    public void Resize(int degree) => Degree = Threads(degree);

    /// <summary>The number of threads that a degree of parallelism stands for; −1 means all cores.</summary>
    public static int Threads(int degree) => degree < 0 ? Environment.ProcessorCount : degree;

    /// <summary>
    /// Does the items 0 … <paramref name="count"/> − 1, taken in this order, and returns when all are done. Of the items that
    /// throw, the exception of the first in order is thrown again.
    /// </summary>
    public void Run(int count, IWorkItems work)
    {
        int helpers = Math.Min(Degree, count) - 1;
        if (helpers <= 0)
        {
            for (int item = 0; item < count; item++)
                work.Run(item);
            return;
        }

        (_work, _count, _failure) = (work, count, null);
        Volatile.Write(ref _pending, count);
        // The ticket comes last: whoever takes one finds the rest in place.
        Volatile.Write(ref _ticket, (((_ticket >> 32) + 1) << 32) | (uint)count);
        for (int missing = helpers - Volatile.Read(ref _called); missing > 0; missing--)
        {
            Interlocked.Increment(ref _called);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        while (TryTake(out int item))
            Do(item);
        SpinWait wait = default;
        while (Volatile.Read(ref _pending) > 0)
            wait.SpinOnce(sleep1Threshold: -1);
        _work = null;
        _failure?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        // More helpers than the degree are left over from a call that was allowed more.
        for (int idle = 0; idle < Patience && Volatile.Read(ref _called) < Degree; idle++)
        {
            for (; TryTake(out int item); idle = 0)
                Do(item);
            Thread.SpinWait(20);
        }

        Interlocked.Decrement(ref _called);
    }

    private bool TryTake(out int item)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            uint left = (uint)ticket;
            if (left == 0)
            {
                item = 0;
                return false;
            }

            // Success means that the run of this ticket is still on, and it stays on until the item is done.
            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) == ticket)
            {
                item = _count - (int)left;
                return true;
            }
        }
    }

    private void Do(int item)
    {
        try
        {
            _work!.Run(item);
        }
        catch (Exception exception)
        {
            lock (_failing)
            {
                if (_failure is null || item < _failedItem)
                    (_failure, _failedItem) = (ExceptionDispatchInfo.Capture(exception), item);
            }
        }

        Interlocked.Decrement(ref _pending);
    }
}
