using System.Runtime.ExceptionServices;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// Items of work on several threads, taken in order: an item may wait for an earlier one, which is always taken by then.
/// </summary>
internal sealed class ParallelWork
{
    private readonly int _count;
    private readonly Action<int> _body;
    private int _next = -1;
    private ExceptionDispatchInfo? _failure;

    private ParallelWork(int count, Action<int> body) => (_count, _body) = (count, body);

    /// <summary>Runs <paramref name="body"/> for 0 … <paramref name="count"/> − 1; the first exception is thrown once all threads have stopped.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="degree">Threads at most; −1 means all cores.</param>
    /// <param name="body">The work.</param>
    public static void Run(int count, int degree, Action<int> body)
    {
        ParallelWork work = new(count, body);
        int threads = Math.Min(WorkCrew.Threads(degree), count);
        Thread[] helpers = new Thread[Math.Max(threads - 1, 0)];
        for (int t = 0; t < helpers.Length; t++)
        {
            helpers[t] = new Thread(work.TakeItems) { IsBackground = true, Name = "ElasticNet.Fast" };
            helpers[t].Start();
        }

        work.TakeItems();
        foreach (Thread helper in helpers)
            helper.Join();
        work._failure?.Throw();
    }

    private void TakeItems()
    {
        for (int item = Interlocked.Increment(ref _next); item < _count; item = Interlocked.Increment(ref _next))
        {
            try
            {
                _body(item);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
                Interlocked.Exchange(ref _next, _count);
            }
        }
    }
}
