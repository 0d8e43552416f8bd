using System.Globalization;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>The resident memory of this process, as Linux counts it.</summary>
internal static class ResidentMemory
{
    /// <summary>Whether this system tells.</summary>
    public static bool IsKnown => File.Exists("/proc/self/clear_refs");

    /// <summary>How far the resident memory rises, at its peak, above what it is now; bytes.</summary>
    public static long RiseDuring(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5"); // the peak starts anew
        long before = Read("VmRSS:");
        work();
        return Read("VmHWM:") - before;
    }

    private static long Read(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return 1024 * long.Parse(line[key.Length..^"kB".Length], CultureInfo.InvariantCulture);
    }
}
