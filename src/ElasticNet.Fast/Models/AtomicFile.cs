namespace ElasticNet.Fast.Models;

/// <summary>
/// Writes a file as a whole or not at all: to a temporary name in the same directory, which then takes the place of
/// the final name in one step. Who reads or maps the old file meanwhile keeps the old file. A link of that name is
/// replaced, not followed. Nobody may read the new file who could not read the old one.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _file;
    private bool _isDone;

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">There can be no file of that name, for whatever reason.</exception>
    public AtomicFile(string path)
    {
        _path = path;
        _target = Path.GetFullPath(path);
        if (IsDevice(_target))
            Throw.SaveFailed(path, new IOException($"'path' ({path}) must not be a device: a file would take its place."));
        if (RegularFile.WhatElse(_target) is { } other)
            Throw.SaveFailed(path, new IOException($"'path' ({path}) must be a regular file, not {other}: a file would take its place."));
        string? directory = Path.GetDirectoryName(_target);
        if (directory is null || !Directory.Exists(directory))
            Throw.SaveFailed(path, new DirectoryNotFoundException($"'path' ({path}) must lie in a directory that exists."));
        TemporaryFile.RemoveLeft(_target);
        _temporary = TemporaryFile.NameFor(_target);
        try
        {
            _file = FilePermissions.CreateLike(_target, _temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TemporaryFile.Remove(_temporary);
            Throw.SaveFailed(path, Plain(e, directory));
            throw;
        }
    }

    /// <summary>Where the content goes; not buffered.</summary>
    public Stream Content => _file;

    /// <summary>Writes a file; on failure the temporary file is gone and the old file is as it was.</summary>
    /// <exception cref="IOException">The file could not be written, for whatever reason.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using AtomicFile file = new(path);
        try
        {
            file._file.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Throw.SaveFailed(path, e);
        }

        file.Commit();
    }

    /// <summary>Finds what keeps a file of that name from being written before there is anything to write.</summary>
    /// <exception cref="IOException">Something does.</exception>
    public static void Check(string path) => new AtomicFile(path).Dispose();

    /// <summary>Puts the file in its place.</summary>
    /// <exception cref="IOException">It cannot be put there; the old file is as it was.</exception>
    public void Commit()
    {
        try
        {
            _file.Flush(flushToDisk: true);
            // Still open: as long as it is, nobody takes it for one that was left.
            File.Move(_temporary, _target, overwrite: true);
            _isDone = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Throw.SaveFailed(_path, e);
        }
    }

    /// <summary>Removes what was not put in its place.</summary>
    public void Dispose()
    {
        if (!_isDone)
            TemporaryFile.Remove(_temporary);
        _isDone = true;
        _file.Dispose();
    }

    // Renaming a file to /dev/null, as root, would leave the machine without one. Shared memory there is files.
    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows() && target.StartsWith("/dev/", StringComparison.Ordinal)
        && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    // In words of the name that was asked for.
    private Exception Plain(Exception e, string directory) => e is UnauthorizedAccessException
        ? new UnauthorizedAccessException($"The directory '{directory}' may not be written.", e)
        : new IOException(e.Message.Replace(_temporary, _target, StringComparison.Ordinal), e);
}
