namespace ElasticNet.Fast.Tests;

/// <summary>Finds the repository that the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ElasticNet.Fast.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("No folder above the tests holds ElasticNet.Fast.sln.");
    }
}
