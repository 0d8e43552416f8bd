using ElasticNet.Fast.Models;

namespace ElasticNet.Fast.Cli;

/// <summary>What can be known about the place of a result before the work is done is said before the work is done.</summary>
internal static class OutputFile
{
    /// <summary>Checks that a file can be of that name.</summary>
    /// <exception cref="IOException">It is a directory, would lie in one that does not exist, or may not be written.</exception>
    public static void Check(string option, string? name)
    {
        if (name is null)
            return;
        if (Directory.Exists(name))
            throw new IOException($"{option} ({name}) must name a file; it is a directory");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(name))))
            throw new IOException($"{option} ({name}) must lie in a directory that exists");
        AtomicFile.Check(name);
    }
}
