using ElasticNet.Fast.Tests.Cli;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>Runs a command of a page: the repository's data are where they are, every other file is in a directory of the test.</summary>
internal static class PageCommands
{
    public static EnetRun Run(string command, TemporaryDirectory directory)
    {
        string[] words = command.Split(' ');
        Assert.Equal("enet", words[0]);
        return EnetRun.Of([.. words[1..].Select(Place)]);

        string Place(string word) => word.StartsWith("tests/", StringComparison.Ordinal)
            ? Path.Combine(SourceTree.Root, word)
            : Path.GetExtension(word) is ".enet" or ".svg" or ".png" or ".html" or ".csv" ? directory.File(word) : word;
    }
}
