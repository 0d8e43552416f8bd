using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ElasticNet.Fast.Models;

/// <summary>Gives files to users and groups, which the framework does not do.</summary>
internal static partial class FileOwner
{
    private const int NotPermitted = 1; // EPERM

    /// <summary>Gives a file away; false where this process may not.</summary>
    /// <param name="file">The file, open.</param>
    /// <param name="owner">The number of the user; null leaves it.</param>
    /// <param name="group">The number of the group.</param>
    /// <exception cref="IOException">It cannot be done, for another reason.</exception>
    public static bool TryGive(SafeFileHandle file, uint? owner, uint group)
    {
        try
        {
            if (Change(file, owner ?? uint.MaxValue, group) == 0)
                return true;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false; // A C library of another name.
        }

        int error = Marshal.GetLastPInvokeError();
        if (error == NotPermitted)
            return false;
        throw new IOException(Throw.Invariant($"The new file could not be given to the owner and group of the old one: {Marshal.GetPInvokeErrorMessage(error)}."));
    }

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Change(SafeFileHandle file, uint owner, uint group);
}
