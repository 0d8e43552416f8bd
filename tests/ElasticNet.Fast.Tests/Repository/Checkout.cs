namespace ElasticNet.Fast.Tests.Repository;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>Its top directory.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file in it.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "ElasticNet.Fast.sln")))
                return at.FullName;
        }
        throw new InvalidOperationException($"There is no ElasticNet.Fast.sln above {AppContext.BaseDirectory}.");
    }
}
