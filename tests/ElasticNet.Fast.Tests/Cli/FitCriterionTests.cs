using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary><c>enet fit --criterion</c>, and what fit says about its choice.</summary>
[Collection(nameof(CommandLineTests))]
public class FitCriterionTests
{
    private static readonly string s_diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Theory]
    [InlineData("aic", Criterion.Aic, "AIC")]
    [InlineData("aicc", Criterion.Aicc, "AICc")]
    [InlineData("bic", Criterion.Bic, "BIC")]
    [InlineData("ebic", Criterion.Ebic, "EBIC")]
    [InlineData("gcv", Criterion.Gcv, "GCV")]
    [InlineData("alo", Criterion.Alo, "ALO")]
    public void Chooses_what_the_library_chooses(string name, Criterion criterion, string shown)
    {
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        PathCriteria[] judged = [.. new[] { 0.2, 1 }.Select(l1Ratio =>
            ElasticNetEstimator.Criteria(table.Features, table.Column("progression").Span, l1Ratio, null, criterion == Criterion.Ebic ? 0.9 : 0.5))];
        PathCriteria best = judged.MinBy(one => one.Points.Min(point => point[criterion]))!;
        string[] gamma = name == "ebic" ? ["--ebic-gamma", "0.9"] : [];

        string[] line = ["fit", s_diabetes, "--target", "progression", "--l1-ratio", "0.2,1", "--criterion", name, .. gamma];
        EnetRun text = EnetRun.Of(line);
        Assert.Equal(("", 0), (text.Error, text.ExitCode));
        Assert.Contains($"(least {shown}, ", text.Output, StringComparison.Ordinal);
        Assert.All(best.Diagnosis(criterion), finding => Assert.Contains(finding.Text, text.Output, StringComparison.Ordinal));

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. line, "--json"]).Output);
        JsonElement root = json.RootElement;
        Assert.Equal(best.Lambda(criterion), root.GetProperty("lambda").GetDouble());
        Assert.Equal(best.Path.L1Ratio, root.GetProperty("l1Ratio").GetDouble());
        Assert.Equal(best.Model(criterion).Intercept, root.GetProperty("intercept").GetDouble());
        Assert.Equal(shown, root.GetProperty("criterion").GetProperty("name").GetString());
        Assert.Equal(best.Points.Min(point => point[criterion]), root.GetProperty("criterion").GetProperty("value").GetDouble());
        Assert.Equal(best.Diagnosis(criterion).Select(finding => finding.Text), root.GetProperty("diagnosis").EnumerateArray().Select(one => one.GetProperty("text").GetString()));
    }

    [Fact]
    public void Few_rows_and_categories_need_no_folds()
    {
        EnetRun run = EnetRun.WithInput("a,b,y\n1,u,1\n2,v,2.5\n3,u,2.9\n4,v,4.2\n5,u,5.3\n6,v,5.8\n", "fit", "-", "--target", "y", "--criterion", "bic", "--json");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("crossValidation").ValueKind);
    }

    [Fact]
    public void Cross_validation_says_what_the_library_says()
    {
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        IReadOnlyList<TuningFinding> expected = ElasticNetEstimator.CrossValidate(table.Features, table.Column("progression").Span, new() { L1Ratios = new[] { 0.5, 1 } }).Diagnosis;
        Assert.NotEmpty(expected);
        string[] line = ["fit", s_diabetes, "--target", "progression", "--l1-ratio", "0.5,1"];
        string text = EnetRun.Of(line).Output;
        Assert.All(expected, finding => Assert.Contains("\nnote           " + finding.Text + "\n", text, StringComparison.Ordinal));
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. line, "--json"]).Output);
        Assert.Equal(expected.Select(finding => finding.Kind.ToString()), json.RootElement.GetProperty("diagnosis").EnumerateArray().Select(one => one.GetProperty("kind").GetString()), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--criterion (zic) must be aic, aicc, bic, ebic, gcv or alo", "--criterion", "zic")]
    [InlineData("--folds and --criterion exclude each other", "--criterion", "bic", "--folds", "5")]
    [InlineData("--lambda and --criterion exclude each other", "--criterion", "bic", "--lambda", "5")]
    [InlineData("--select and --criterion exclude each other", "--criterion", "bic", "--select", "1se")]
    [InlineData("--measure and --criterion exclude each other", "--criterion", "bic", "--measure", "mae")]
    [InlineData("--ebic-gamma belongs to --criterion ebic", "--criterion", "bic", "--ebic-gamma", "0.5")]
    [InlineData("--ebic-gamma (2) must be a number in [0, 1]", "--criterion", "ebic", "--ebic-gamma", "2")]
    public void Contradictions_are_usage_errors(string message, params string[] options)
    {
        EnetRun run = EnetRun.Of(["fit", s_diabetes, "--target", "progression", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
