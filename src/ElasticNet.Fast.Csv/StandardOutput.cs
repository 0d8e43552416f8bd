using Microsoft.Win32.SafeHandles;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Standard output for results without an end. The framework's stream takes what nobody reads any more in silence, so that a program would
/// go on for ever behind <c>head</c>; this one throws, where the other end of a pipe was closed.
/// </summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    // EPIPE; and what Windows says: the pipe is broken, the pipe is being closed.
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    /// <summary>Opens it; not to be closed.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.OpenStandardOutput();
        FileStream file;
        try
        {
            file = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Closed before the program started.
            return Console.OpenStandardOutput();
        }
        // In a file the framework's stream moves the position that other programs share, and this one would not.
        return file.CanSeek ? Console.OpenStandardOutput() : new PipeStream(file);
    }

    /// <summary>Whether an exception says that nobody reads the output any more.</summary>
    public static bool IsClosed(Exception exception) => exception is IOException { HResult: BrokenPipe or WindowsBrokenPipe or WindowsNoData };
}
