using System.Text.Json;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class SelectTests
{
    private static readonly string s_diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Fact]
    public void Prints_what_the_library_says()
    {
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        ElasticNetOptions options = new() { FeatureNames = table.FeatureNames, Folds = 5, Seed = 3, L1Ratios = new[] { 0.5, 1 } };
        FeatureSelection expected = ElasticNetEstimator.Select(table.Features, table.Column("progression").Span, options);
        string[] line = ["select", s_diabetes, "--target", "progression", "--folds", "5", "--seed", "3", "--l1-ratio", "0.5,1"];
        EnetRun text = EnetRun.Of(line);
        Assert.Equal((expected.ToString(), "", 0), (text.Output, text.Error, text.ExitCode));
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. line, "--json"]).Output);
        JsonElement sets = json.RootElement.GetProperty("sets");
        Assert.Equal(expected.Sets.Select(set => set.Rule), sets.EnumerateObject().Select(set => set.Name));
        Assert.Equal(expected.By("bic").Features.ToArray().Select(j => table.FeatureNames[j]), sets.GetProperty("bic").GetProperty("features").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(expected.MeanJaccard, json.RootElement.GetProperty("meanJaccard").GetDouble());
        Assert.Equal(expected.FoldFrequencies.ToArray(), json.RootElement.GetProperty("foldFrequencies").EnumerateObject().Select(item => item.Value.GetDouble()));
    }

    [Fact]
    public void A_refit_is_saved_and_says_that_it_is_naive()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.File("refit.enet");
        EnetRun run = EnetRun.Of("select", s_diabetes, "--target", "progression", "--refit", "1se", "--out", file);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("tests on them would be naive", run.Output, StringComparison.Ordinal);
        using ElasticNetModel model = ElasticNetModel.Load(file);
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        using ElasticNetModel expected = ElasticNetEstimator.Refit(
            table.Features, table.Column("progression").Span, [.. ElasticNetEstimator.Select(table.Features, table.Column("progression").Span).By("1se").Features.Span]);
        Assert.Equal(expected.Values, model.Values);
        Assert.Equal(0, model.Fit.Lambda);
    }

    [Theory]
    [InlineData("--refit best", "--refit (best) must be min, 1se, aic, aicc, bic, ebic, gcv or alo")]
    [InlineData("--out m.enet", "--out is for the model of --refit")]
    [InlineData("--impute multiple", "--impute multiple is for fit")]
    public void Refuses(string arguments, string message) =>
        EnetRun.Of(["select", s_diabetes, "--target", "progression", .. arguments.Split(' ')]).AssertRefused(2, message);
}
