using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Names of files that are being written, and what killed processes left of them: <c>.name.machine-process-random.tmp</c>. Who writes one has
/// it locked until it has its final name, so that one which can be locked is nobody's, unless it was made this very moment.
/// </summary>
internal static class TemporaryFile
{
    private const string Ending = ".tmp";
    private const int RandomLength = 8;
    private const int LongestName = 150;

    // A process of this machine that is gone left it; one that is there may have been given the number of one that is gone.
    private static readonly TimeSpan s_ownAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_anyAge = TimeSpan.FromDays(1);
    private static readonly string s_machine = Crc32.HashToUInt32(Encoding.UTF8.GetBytes(Environment.MachineName)).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>A name beside the final one.</summary>
    public static string NameFor(string target) => Path.Combine(
        Path.GetDirectoryName(target)!, Throw.Invariant($"{Start(target)}{s_machine}-{Environment.ProcessId}-{Path.GetRandomFileName()[..RandomLength]}{Ending}"));

    /// <summary>Removes what nobody writes any more of files of that name; what cannot be removed stays.</summary>
    public static void RemoveLeft(string target)
    {
        string start = Start(target);
        try
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*" + Ending))
            {
                ReadOnlySpan<char> name = Path.GetFileName(file.AsSpan());
                if (name.Length > start.Length + Ending.Length && name.StartsWith(start, StringComparison.Ordinal) && IsLeft(name[start.Length..^Ending.Length], file))
                    RemoveUnlocked(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that may be written and not listed.
        }
    }

    /// <summary>Removes a file of one's own.</summary>
    public static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a directory that lets nothing be written lets nothing be deleted either.
        }
    }

    // A name may be as long as the file system takes, and with more around it longer.
    private static string Start(string target)
    {
        string name = Path.GetFileName(target);
        return Encoding.UTF8.GetByteCount(name) <= LongestName ? $".{name}." : Throw.Invariant($".{Crc32.HashToUInt32(Encoding.UTF8.GetBytes(name)):x8}.");
    }

    private static bool IsLeft(ReadOnlySpan<char> maker, string file)
    {
        int first = maker.IndexOf('-'), last = maker.LastIndexOf('-');
        if (first != s_machine.Length || last <= first || maker.Length - last - 1 != RandomLength
            || !int.TryParse(maker[(first + 1)..last], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
        {
            return false;
        }

        TimeSpan age = DateTime.UtcNow - File.GetLastWriteTimeUtc(file);
        if (age >= s_anyAge || !maker.StartsWith(s_machine, StringComparison.Ordinal))
            return age >= s_anyAge;
        return process == Environment.ProcessId ? age >= s_ownAge : !IsRunning(process);
    }

    private static bool IsRunning(int process)
    {
        if (OperatingSystem.IsLinux())
            return Directory.Exists(Throw.Invariant($"/proc/{process}")) || !Directory.Exists("/proc/self");
        try
        {
            using Process running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void RemoveUnlocked(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or somebody else removed it.
        }
    }
}
