namespace ElasticNet.Fast.Models;

/// <summary>
/// Writes a file as a whole or not at all: to a temporary name in the same directory, which then takes the place of
/// the final name in one step. Who reads or maps the old file meanwhile keeps the old file. A link of that name is
/// replaced, not followed.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes; on failure the temporary file is gone and the old file is as it was.</summary>
    /// <exception cref="IOException">The file could not be written, for whatever reason.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string target = Path.GetFullPath(path);
        if (IsDevice(target))
            Throw.SaveFailed(path, new IOException($"'path' ({path}) must not be a device: a file would take its place."));
        if (RegularFile.WhatElse(target) is { } other)
            Throw.SaveFailed(path, new IOException($"'path' ({path}) must be a regular file, not {other}: a file would take its place."));
        string? directory = Path.GetDirectoryName(target);
        if (directory is null || !Directory.Exists(directory))
            Throw.SaveFailed(path, new DirectoryNotFoundException($"'path' ({path}) must lie in a directory that exists."));
        string temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            Throw.SaveFailed(path, e);
        }
    }

    // Renaming a file to /dev/null, as root, would leave the machine without one. Shared memory there is files.
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal)
        && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void Remove(string temporary)
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
}
