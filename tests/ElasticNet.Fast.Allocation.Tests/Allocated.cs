namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>Counts the bytes that a call allocates once it is warm.</summary>
internal static class Allocated
{
    private const int Runs = 25;

    /// <summary>The least of several runs, on this thread and in the whole process.</summary>
    /// <remarks>
    /// The test host allocates on threads of its own about every tenth of a second, which only adds: a call that allocates
    /// does so every time, and shows in the least run too. So calls should be short; one run without is proof, and the last.
    /// </remarks>
    public static (long Thread, long Process) By(Action call)
    {
        call();
        call();
        (long thread, long process) = (long.MaxValue, long.MaxValue);
        for (int run = 0; run < Runs && (thread, process) != (0, 0); run++)
        {
            long threadBefore = GC.GetAllocatedBytesForCurrentThread();
            long processBefore = GC.GetTotalAllocatedBytes(precise: true);
            call();
            long processAfter = GC.GetTotalAllocatedBytes(precise: true);
            long threadAfter = GC.GetAllocatedBytesForCurrentThread();
            thread = Math.Min(thread, threadAfter - threadBefore);
            process = Math.Min(process, processAfter - processBefore);
        }

        return (thread, process);
    }
}
