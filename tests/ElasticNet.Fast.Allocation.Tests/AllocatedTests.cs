namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>The measuring itself: it sees nothing where there is nothing, and every byte where there is one.</summary>
public class AllocatedTests
{
    private static object? s_kept;

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal((0, 0), Allocated.By(() => { }));

    [Fact]
    public void An_object_is_seen()
    {
        (long thread, long process) = Allocated.By(() => s_kept = new byte[100]);
        Assert.InRange(thread, 100, 200);
        Assert.InRange(process, 100, 200);
        Assert.NotNull(s_kept);
    }

    [Fact]
    public void An_object_of_another_thread_is_seen()
    {
        using Barrier barrier = new(2);
        bool done = false;
        Thread other = new(() =>
        {
            while (true)
            {
                barrier.SignalAndWait();
                if (Volatile.Read(ref done))
                    return;
                s_kept = new byte[100];
                barrier.SignalAndWait();
            }
        });
        other.Start();
        (_, long process) = Allocated.By(() =>
        {
            barrier.SignalAndWait();
            barrier.SignalAndWait();
        });
        Volatile.Write(ref done, true);
        barrier.SignalAndWait();
        other.Join();
        Assert.True(process >= 100, $"{process} bytes");
    }
}
