namespace ElasticNet.Fast.Tests.Readme;

/// <summary>What the pages link to is there, and their C# is code that the tests of this folder compile and run.</summary>
public class PageTests
{
    private const string Begin = "// The page shows from here";
    private const string End = "// to here.";

    [Fact]
    public void The_pages_are_found()
    {
        Assert.Contains("CONTRIBUTING.md", Pages.All);
        Assert.All(Pages.Walkthroughs, page => Assert.Contains(page, Pages.All));
        Assert.Contains("src/ElasticNet.Fast.Cli/COMMANDS.md", Pages.All);
        Assert.Contains("bench/RESULTS.md", Pages.All);
        Assert.Contains("src/ElasticNet.Fast.Plots/path-dark.svg", Pages.Links("README.md"));
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        Assert.All(Pages.All, page => Assert.All(Pages.Links(page), link =>
        {
            string target = Pages.Target(page, link);
            Assert.True(Path.Exists(Path.Combine(SourceTree.Root, target)), $"{page} links to {link}, which is not there.");
            if (link.Contains('#', StringComparison.Ordinal))
                Assert.True(Pages.Anchors(target).Contains(link.Split('#')[1]), $"{page} links to {link}, but {target} has no such heading.");
        }));
    }

    /// <summary>
    /// A block is what stands between the two marks in a file of this folder: one stretch, or, where a type or a using stands apart,
    /// all stretches of the file. Each such file has a test that runs it.
    /// </summary>
    [Fact]
    public void All_CSharp_is_compiled_and_run()
    {
        string folder = Path.Combine(SourceTree.Root, "tests", "ElasticNet.Fast.Tests", "Readme");
        HashSet<string> run = [.. Directory.GetFiles(folder, "*ExampleTests.cs").Select(Shown)];
        Assert.All(run, code => Assert.NotEqual("", code));
        List<string> shown = [.. Pages.All.SelectMany(page => Pages.Blocks(page, "csharp"))];
        Assert.All(shown, block => Assert.Contains(block.Replace("\n\n", "\n", StringComparison.Ordinal), run));
        Assert.Equal(run.Count, shown.Count);
    }

    [Fact]
    public void The_first_example_is_twelve_lines_that_fit_the_screen()
    {
        string[] lines = Pages.Blocks("README.md", "csharp").First().Split('\n');
        Assert.InRange(lines.Length, 8, 12);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
    }

    // Blank lines are the page's own.
    private static string Shown(string file)
    {
        List<string> shown = [];
        int indent = -1;
        foreach (string line in File.ReadAllLines(file))
        {
            if (line.Trim() == Begin)
                indent = line.Length - line.TrimStart().Length;
            else if (line.Trim() == End)
                indent = -1;
            else if (indent >= 0 && line.Length > 0)
                shown.Add(line[indent..]);
        }

        return string.Join('\n', shown);
    }
}
