using System.Text.RegularExpressions;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's first example is the code below, and the code below runs.</summary>
public class ReadmeTests
{
    private const string Begin = "// The README shows from here";
    private const string End = "// to here.";

    [Fact]
    public void The_example_runs_and_predicts()
    {
        // The README shows from here
        double[,] x = { { 3, 1, 0 }, { 5, 0, 1 }, { 2, 2, 1 }, { 8, 1, 0 }, { 6, 3, 0 }, { 7, 0, 1 }, { 4, 1, 1 }, { 9, 2, 0 } };
        double[] y = [160, 250, 110, 390, 280, 340, 200, 430];
        var options = new ElasticNetOptions { L1Ratios = new[] { 0.1, 0.5, 0.9, 1 }, Folds = 4, Seed = 1 };

        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(x, y, options);   // chooses λ and ρ
        ElasticNetModel model = cv.Model;                                             // refitted on all rows, exact
        Console.WriteLine($"λ = {cv.LambdaMin}, ρ = {cv.L1Ratio}, proven within {model.Fit.RelativeGap} of the optimum");

        model.Save("house.enet");
        using ElasticNetModel loaded = ElasticNetModel.Load("house.enet");
        double price = loaded.Predict([6.5, 1, 1]);                                   // allocates nothing
        Console.WriteLine(price);
        // to here.

        File.Delete("house.enet");
        Assert.Equal(model.Predict([6.5, 1, 1]), price);
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-12);
        Assert.InRange(price, 250, 380);
    }

    [Fact]
    public void The_README_shows_that_code_and_it_is_short()
    {
        string[] source = File.ReadAllLines(Path.Combine(SourceTree.Root, "tests", "ElasticNet.Fast.Tests", "Readme", "ReadmeTests.cs"));
        int begin = Array.FindIndex(source, line => line.Trim() == Begin);
        int end = Array.FindIndex(source, line => line.Trim() == End);
        string[] code = [.. source[(begin + 1)..end].Select(line => line.Length == 0 ? line : line[8..])];

        string readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md")).ReplaceLineEndings("\n");
        Match block = Regex.Match(readme, "```csharp\n(.*?)\n```", RegexOptions.Singleline);

        Assert.True(block.Success, "README.md has no csharp block.");
        Assert.Equal(string.Join('\n', code), block.Groups[1].Value);
        Assert.InRange(code.Length, 8, 13);
    }

    [Theory]
    [InlineData("dotnet run -c Release --project src/ElasticNet.Fast.Cli -- fit tests/data/diabetes.csv --target progression")]
    [InlineData("dotnet test -c Release")]
    public void The_README_shows_the_commands_that_ci_runs(string command)
    {
        string readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md")).ReplaceLineEndings("\n");
        Assert.Contains("\n" + command + "\n", readme, StringComparison.Ordinal);
        Assert.Contains(command, File.ReadAllText(Path.Combine(SourceTree.Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_of_the_documents_lead_somewhere()
    {
        foreach (string document in new[] { "README.md", "CONTRIBUTING.md", Path.Combine("aot-demo", "README.md"), Path.Combine("src", "ElasticNet.Fast.Cli", "WALKTHROUGH.md") })
        {
            string path = Path.Combine(SourceTree.Root, document);
            foreach (Match link in Regex.Matches(File.ReadAllText(path), @"\]\((?!https?:)([^)#]+)"))
            {
                string target = Path.Combine(Path.GetDirectoryName(path)!, link.Groups[1].Value);
                Assert.True(Path.Exists(target), $"{document} links to {link.Groups[1].Value}, which is not there.");
            }
        }
    }
}
