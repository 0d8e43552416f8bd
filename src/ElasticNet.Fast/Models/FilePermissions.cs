using System.Formats.Tar;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Makes a file that is to take the place of another: with its mode, before there is a byte in it. What belongs to another group than the
/// old file lets the new group do no more than everybody could. The framework cannot give a file to somebody else.
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
            if (GroupOf(replaced.FullName) is not { } group || group != GroupOf(path))
                mode = ForAnotherGroup(mode);
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

    // Only an archive's entry tells it.
    private static long? GroupOf(string path)
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

            return head.Group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
