using System.Formats.Tar;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Tells files from pipes, sockets and devices without opening them: to open a named pipe is to wait for its other end.
/// </summary>
internal static class RegularFile
{
    /// <summary>What is in the place of a regular file, or of a link to one; null where one is there, or nothing.</summary>
    public static string? WhatElse(string path)
    {
        FileInfo file = new(path);
        if (Directory.Exists(path))
            return "a directory";
        if (OperatingSystem.IsWindows() || !file.Exists)
            return null;
        if (file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
        {
            // A link in /proc to a pipe or socket names no path; another one leads nowhere.
            if (!target.Exists)
                return target.FullName.StartsWith("/proc/", StringComparison.Ordinal) ? "a pipe or socket" : null;
            file = new(target.FullName);
        }

        return file.Length == 0 ? WhatEmpty(file.FullName) : null;
    }

    // Neither attributes nor mode tell an empty file from a pipe, a socket or a device, all of which are 0 bytes long. An archive's entry does.
    private static string? WhatEmpty(string path)
    {
        try
        {
            using MemoryStream archive = new();
            using (TarWriter writer = new(archive, leaveOpen: true))
                writer.WriteEntry(path, "file");
            archive.Position = 0;
            using TarReader reader = new(archive);
            return reader.GetNextEntry()?.EntryType switch
            {
                TarEntryType.Fifo => "a named pipe",
                TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "a device",
                _ => null,
            };
        }
        catch (IOException) when (File.Exists(path))
        {
            // What no archive takes.
            return "a socket";
        }
    }
}
