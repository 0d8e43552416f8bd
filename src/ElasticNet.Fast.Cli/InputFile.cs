namespace ElasticNet.Fast.Cli;

/// <summary>Says what is wrong with the path of an input before the framework says "access denied" of a directory.</summary>
internal static class InputFile
{
    /// <summary>The path, which is a file's.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public static string Existing(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a directory, not a file");
        return File.Exists(path) ? path : throw new FileNotFoundException($"there is no file '{path}'");
    }
}
