using System.Formats.Tar;
using Microsoft.Win32.SafeHandles;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Makes a file that is to take the place of another: with its owner, its group and its mode, before there is a byte in it. Where this process may
/// not give it to the group of the old file, the group that it has may do no more than everybody could.
/// </summary>
internal static class FilePermissions
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // How many bits the same permission of the group stands above that of the others.
    private const int Apart = 3;

    /// <summary>Creates a file for writing, locked; where nothing is to be replaced, with the mode of any new file.</summary>
    /// <param name="old">The file, or link to one, in whose place it will be.</param>
    /// <param name="path">The file, which does not exist.</param>
    public static FileStream CreateLike(string old, string path)
    {
        // Locked against whoever wants it alone, which is who clears away what was left.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            // There only what shares its deletion is renamed while it is open.
            options.Share = FileShare.Delete;
            return new(path, options);
        }

        FileInfo named = new(old);
        FileSystemInfo? replaced = named.Exists ? named.ResolveLinkTarget(returnFinalTarget: true) ?? named : null;
        // Nothing, or a link to nothing.
        if (replaced is not { Exists: true })
            return new(path, options);
        UnixFileMode mode = replaced.UnixFileMode & (Owner | Group | Others);
        options.UnixCreateMode = mode & Owner;
        FileStream file = new(path, options);
        try
        {
            // Before the mode, which may let the group read it.
            if (!GiveLike(file.SafeFileHandle, path, replaced.FullName))
                mode = ForAnotherGroup(mode);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }

        try
        {
            if (File.GetUnixFileMode(file.SafeFileHandle) != mode)
                File.SetUnixFileMode(file.SafeFileHandle, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system without modes; the file is its owner's alone.
        }

        return file;
    }

    /// <summary>What group and others may both do, for both: members of one may be members of the other.</summary>
    internal static UnixFileMode ForAnotherGroup(UnixFileMode mode)
    {
        UnixFileMode both = (UnixFileMode)((int)(mode & Group) >> Apart) & mode & Others;
        return (mode & Owner) | both | (UnixFileMode)((int)both << Apart);
    }

    // Whether the group is the old file's.
    private static bool GiveLike(SafeFileHandle file, string path, string old)
    {
        (uint Owner, uint Group)? wanted = OwnersOf(old), own = OwnersOf(path);
        if (wanted is not { } to || own is not { } from)
            return false;
        // A superuser gives to anybody, others to groups that they are members of.
        return to == from || FileOwner.TryGive(file, to.Owner, to.Group) || to.Group == from.Group || FileOwner.TryGive(file, null, to.Group);
    }

    // Only an archive's entry tells them.
    private static (uint Owner, uint Group)? OwnersOf(string path)
    {
        try
        {
            using TarHead head = new();
            try
            {
                using TarWriter writer = new(head, TarEntryFormat.Gnu, leaveOpen: true);
                writer.WriteEntry(path, "file");
            }
            catch (IOException) when (head.IsFull)
            {
                // The rest is not wanted.
            }

            return head.Owner is { } owner && head.Group is { } group ? (owner, group) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
