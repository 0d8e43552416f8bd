using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Compare.Reports;

/// <summary>Where the numbers come from.</summary>
internal static class MachineInfo
{
    /// <summary>The processor's own name, where the system tells it.</summary>
    public static string Processor
    {
        get
        {
            const string source = "/proc/cpuinfo", key = "model name";
            string? line = File.Exists(source)
                ? File.ReadLines(source).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
                : null;
            return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>The widest vectors that the kernels use.</summary>
    public static string Vectors =>
        Vector512.IsHardwareAccelerated ? "512-bit vectors"
        : Vector256.IsHardwareAccelerated ? "256-bit vectors"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors"
        : "no vectors";

    /// <summary>One line on processor, system and runtime.</summary>
    public static string Describe() =>
        $"{Processor}, {Environment.ProcessorCount} cores, {Vectors}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}";
}
