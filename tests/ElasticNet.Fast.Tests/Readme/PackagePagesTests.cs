using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>Each package has a page of its own, README.md beside its project; packing makes its links absolute.</summary>
public partial class PackagePagesTests
{
    [Theory]
    [InlineData("ElasticNet.Fast", "dotnet add package ElasticNet.Fast")]
    [InlineData("ElasticNet.Fast.Csv", "dotnet add package ElasticNet.Fast.Csv")]
    [InlineData("ElasticNet.Fast.Parquet", "dotnet add package ElasticNet.Fast.Parquet")]
    [InlineData("ElasticNet.Fast.Arrow", "dotnet add package ElasticNet.Fast.Arrow")]
    [InlineData("ElasticNet.Fast.DataFrames", "dotnet add package ElasticNet.Fast.DataFrames")]
    [InlineData("ElasticNet.Fast.DataViews", "dotnet add package ElasticNet.Fast.DataViews")]
    [InlineData("ElasticNet.Fast.Plots", "dotnet add package ElasticNet.Fast.Plots")]
    [InlineData("ElasticNet.Fast.Cli", "dotnet tool install --global ElasticNet.Fast.Cli")]
    public void Says_how_to_install_it_and_its_links_start_at_the_root_and_lead_somewhere(string project, string command)
    {
        string folder = Path.Combine(SourceTree.Root, "src", project);
        string page = File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains("\n" + command + "\n", page, StringComparison.Ordinal);
        // MSBuild, which writes the page of the package, would turn a backslash.
        Assert.DoesNotContain('\\', page);
        string[] links = [.. Link().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(links);
        foreach (string link in links)
        {
            Assert.StartsWith("../../", link, StringComparison.Ordinal);
            Assert.True(Path.Exists(Path.Combine(folder, link)), $"the page of {project} links to {link}, which is not there");
        }
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)")]
    private static partial Regex Link();
}
