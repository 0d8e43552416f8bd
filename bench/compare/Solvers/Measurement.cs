using System.Diagnostics;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>The cost of one solve: seconds of processor time of the whole process, all threads, and of wall-clock time.</summary>
internal readonly record struct Measurement(double CpuSeconds, double WallSeconds)
{
    /// <summary>Times work in this process.</summary>
    public static Measurement Of(Action work)
    {
        // Garbage of the harness is not the solver's to collect.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long wall = Stopwatch.GetTimestamp();
        work();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(wall);
        return new((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, elapsed.TotalSeconds);
    }
}
