using System.Text.Json;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Several imputations and scalings to choose from.</summary>
[Collection(nameof(CommandLineTests))]
public class SearchTests
{
    [Fact]
    public void Tries_each_with_each_and_saves_the_best()
    {
        using var directory = new TemporaryDirectory();
        string data = Gaps(directory), file = directory.File("model.enet");
        string[] line = ["fit", data, "--target", "y", "--impute", "mean,knn", "--neighbors", "3", "--scale", "standard,robust", "--l1-ratio", "0.5,1", "--folds", "4", "--out", file];
        EnetRun run = EnetRun.Of(line);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        CsvTable table = CsvTable.Read(data, new() { Apart = ["y"] });
        SearchResult expected = ElasticNetEstimator.Search(
            table.Table, table.Column("y").Span,
            new() { Preparations = SearchSpace.Vary(new() { Neighbors = 3 }, [ImputationMethod.Mean, ImputationMethod.NearestNeighbors], [ScalingMethod.Standard, ScalingMethod.Robust]) },
            new() { L1Ratios = new[] { 0.5, 1 }, Folds = 4 });
        Assert.Contains(expected.ToString(), run.Output, StringComparison.Ordinal);
        Assert.Contains("of 8 candidates have an error within one standard error", run.Output, StringComparison.Ordinal);
        using ElasticNetModel model = ElasticNetModel.Load(file);
        Assert.Equal(expected.Model.Values.ToArray(), model.Values.ToArray());
        Assert.Equal(expected.Best.Preparation!.Imputation, model.Preparation!.Options.Imputation);

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. line, "--json"]).Output);
        JsonElement[] candidates = [.. json.RootElement.GetProperty("candidates").EnumerateArray()];
        Assert.Equal(expected.Candidates.Select(candidate => candidate.Best.Mean), candidates.Select(candidate => candidate.GetProperty("mean").GetDouble()));
        Assert.Equal(["mean", "mean", "mean", "mean", "nearestNeighbors", "nearestNeighbors", "nearestNeighbors", "nearestNeighbors"], candidates.Select(candidate => candidate.GetProperty("imputation").GetString()));
    }

    [Fact]
    public void Draws_a_sample_by_the_seed()
    {
        using var directory = new TemporaryDirectory();
        string[] line = ["fit", Gaps(directory), "--target", "y", "--impute", "mean,median,mode", "--l1-ratio", "0.2,0.5,1", "--folds", "4", "--samples", "4", "--json"];
        string first = Candidates([.. line, "--seed", "2"]);
        Assert.Equal(first, Candidates([.. line, "--seed", "2"]));
        Assert.NotEqual(first, Candidates([.. line, "--seed", "3"]));

        static string Candidates(string[] line)
        {
            using JsonDocument json = JsonDocument.Parse(EnetRun.Of(line).Output);
            JsonElement[] all = [.. json.RootElement.GetProperty("candidates").EnumerateArray()];
            Assert.Equal(4, all.Length);
            return string.Join(';', all.Select(candidate => $"{candidate.GetProperty("imputation")} {candidate.GetProperty("l1Ratio")}"));
        }
    }

    [Fact]
    public void Mixings_of_a_plain_table_can_be_sampled_too()
    {
        string diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");
        EnetRun run = EnetRun.Of("fit", diabetes, "--target", "progression", "--l1-ratio", "0.2,0.4,0.6,0.8,1", "--samples", "2");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("of 2 candidates", run.Output, StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Font)]
    public void Explanation_nesting_and_report_follow_the_choice()
    {
        using var directory = new TemporaryDirectory();
        string report = directory.File("report.html");
        EnetRun run = EnetRun.Of("fit", Gaps(directory), "--target", "y", "--impute", "mean,knn", "--folds", "4", "--nested", "3", "--explain", "--report", report);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("outer folds: the choice is not judged by what it was chosen by", run.Output, StringComparison.Ordinal);
        Assert.Contains("of deviance", run.Output, StringComparison.Ordinal);
        Assert.Contains("impute NearestNeighbors, ρ = 1</th>", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Contains("candidates have an error within", File.ReadAllText(report), StringComparison.Ordinal);
    }

    private static string Gaps(TemporaryDirectory directory)
    {
        string path = directory.File("gaps.csv");
        var random = new Random(2);
        File.WriteAllText(path, "a,b,c,y\n" + string.Concat(Enumerable.Range(0, 48).Select(_ =>
        {
            double a = random.NextDouble(), b = random.NextDouble(), c = random.NextDouble();
            return FormattableString.Invariant($"{(random.Next(8) == 0 ? "" : a)},{(random.Next(8) == 0 ? "" : b)},{c},{3 * a - b + random.NextDouble()}\n");
        })));
        return path;
    }
}
