using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class StabilityTests
{
    private static readonly string s_diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Fact]
    public void Prints_what_the_library_says()
    {
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        StabilityResult expected = ElasticNetEstimator.Stability(
            table.Features, table.Column("progression").Span, new() { Pairs = 10, SelectedPerHalf = 3, Seed = 5 }, new() { FeatureNames = table.FeatureNames });
        string[] line = ["stability", s_diabetes, "--target", "progression", "--pairs", "10", "--per-half", "3", "--seed", "5"];
        EnetRun text = EnetRun.Of(line);
        Assert.Equal(("", 0), (text.Error, text.ExitCode));
        Assert.Equal(expected.ToString(), text.Output);
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. line, "--json"]).Output);
        Assert.Equal(table.FeatureNames, json.RootElement.GetProperty("frequencies").EnumerateObject().Select(item => item.Name));
        Assert.Equal(expected.Frequencies.ToArray(), json.RootElement.GetProperty("frequencies").EnumerateObject().Select(item => item.Value.GetDouble()));
        Assert.Equal(expected.Selected.ToArray().Select(j => table.FeatureNames[j]), json.RootElement.GetProperty("selected").EnumerateArray().Select(item => item.GetString()));
    }

    /// <summary>No cross-validation, so no rows for folds; and tables are prepared.</summary>
    [Fact]
    public void Few_rows_and_gaps_will_do()
    {
        EnetRun run = EnetRun.WithInput("a,b,y\n1,u,1\n,v,2\n3,u,3\n4,v,5\n5,u,4\n6,v,7\n", "stability", "-", "--target", "y", "--impute", "mean", "--per-half", "1");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("50 complementary pairs", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--threshold", "0.5", "--threshold (0.5) must be a number in (0.5, 1]")]
    [InlineData("--pairs", "0", "--pairs (0) must be")]
    [InlineData("--bound", "best", "--bound (best) must be unimodal or mb")]
    [InlineData("--per-half", "x", "--per-half (x) must be")]
    public void A_wrong_command_line_is_refused(string option, string value, string message) =>
        EnetRun.Of("stability", s_diabetes, "--target", "progression", option, value).AssertRefused(2, message);

    [Fact]
    public void Two_ways_to_say_how_many_are_refused() =>
        EnetRun.Of("stability", s_diabetes, "--target", "progression", "--false-selections", "1", "--per-half", "3").AssertRefused(2, "exclude each other");
}
