using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Cox models held against rows on the command line: assessed and verified, said, drawn, and refused by name where something lacks.</summary>
[Collection(nameof(CommandLineTests))]
public class SurvivalAssessTests
{
    private static readonly string s_trial = Path.Combine(SourceTree.Root, "tests", "data", "trial.csv");
    private static readonly string[] s_columns = ["--event", "died", "--start", "entered", "--strata", "hospital"];

    [Fact]
    public void It_is_assessed_as_the_library_does_it()
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory);
        EnetRun text = EnetRun.Of(["assess", model, s_trial, .. s_columns, "--times", "12,24,36", "--proportional", "km", "--by", "hospital"]);
        Assert.True(text.ExitCode == 0, text.Error);
        foreach (string words in new[] { "target         months, Cox, log link: the relative hazard", "320, 191 events, Cox", "Harrell's C", "Uno's C up to 36", "at 24", "martingale", "proportional hazards", "by hospital", "north" })
            Assert.Contains(words, text.Output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of(["assess", model, s_trial, .. s_columns, "--times", "12,24,36", "--proportional", "km", "--by", "hospital", "--json", "--residuals"]).Output);
        JsonElement root = json.RootElement;
        double[] eta = [.. EnetRun.Of("predict", model, s_trial, "--type", "link").Output.Split('\n')[1..^1].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        string[][] cells = [.. File.ReadLines(s_trial).Skip(1).Select(line => line.Split(','))];
        string[] names = ["north", "west", "east"];
        Target target = Target.Survival([.. cells.Select(row => double.Parse(row[8], CultureInfo.InvariantCulture))], [.. cells.Select(row => row[9] == "1")], [.. cells.Select(row => double.Parse(row[7], CultureInfo.InvariantCulture))], [.. cells.Select(row => Array.IndexOf(names, row[6]))], names);
        using ElasticNetModel loaded = ElasticNetModel.Load(model);
        SurvivalAssessment expected = SurvivalAssessment.Of(loaded.Family, loaded.Baseline, eta, target, [12, 24, 36]);
        foreach ((string name, double value) in new[] { ("concordance", expected.Concordance), ("unoConcordance", expected.UnoConcordance), ("integratedBrier", expected.IntegratedBrier), ("devianceExplained", expected.DevianceExplained), ("expectedEvents", expected.ExpectedEvents), ("slope", expected.Slope) })
            Assert.Equal(value, root.GetProperty(name).GetDouble(), 1e-9);
        Assert.Equal(expected.AtTimes.Select(at => at.Brier), root.GetProperty("times").EnumerateArray().Select(at => at.GetProperty("brier").GetDouble()), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(5, root.GetProperty("riskGroups").GetArrayLength());
        Assert.Equal(320, root.GetProperty("residuals").GetProperty("martingale").GetArrayLength());
        Assert.Equal(191, root.GetProperty("proportionalHazards").GetProperty("features")[0].GetProperty("scaledSchoenfeld").GetArrayLength());
        Assert.Equal(["east", "north", "west"], root.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        Assert.Equal(191, root.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("events").GetInt32()));
    }

    [NeedsFact(Tool.Font)]
    public void Reports_and_pictures_are_files()
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory), report = directory.File("r.html"), picture = directory.File("p.svg");
        Assert.Contains($"report         {report}", EnetRun.Of(["assess", model, s_trial, .. s_columns, "--by", "stage", "--proportional", "log", "--out", report]).Output, StringComparison.Ordinal);
        string html = File.ReadAllText(report);
        Assert.Equal(3 * 2, html.Split("<picture").Length - 1);
        foreach (string words in new[] { "Risk groups", "Proportional hazards", "By stage", "Harrell" })
            Assert.Contains(words, html, StringComparison.Ordinal);
        foreach (string kind in new[] { "survival", "calibration", "roc" })
        {
            Assert.Equal(0, EnetRun.Of(["assess", model, s_trial, .. s_columns, "--kind", kind, "--out", picture]).ExitCode);
            Assert.StartsWith("<svg ", File.ReadAllText(picture), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_claim_is_verified_and_other_rows_are_found_out()
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory);
        EnetRun run = EnetRun.Of(["verify", model, s_trial, .. s_columns]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("the claim holds", run.Output, StringComparison.Ordinal);
        string breslow = directory.File("breslow.enet");
        Assert.Equal(0, EnetRun.Of("fit", s_trial, "--family", "cox", "--time", "months", "--event", "died", "--ties", "breslow", "--exclude", "entered,hospital", "--impute", "median", "--lambda", "0.02", "--out", breslow).ExitCode);
        Assert.Equal(0, EnetRun.Of("verify", breslow, s_trial, "--event", "died").ExitCode);
        // Not as it was fitted.
        EnetRun without = EnetRun.Of("verify", model, s_trial, "--event", "died", "--strata", "hospital");
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("the claim does not hold", without.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assess", "", 1, "--event does")]
    [InlineData("assess", "--event died", 1, "fitted in 3 strata and does not name their column; --strata does")]
    [InlineData("assess", "--event died --strata hospital --target months", 2, "--target is for other families")]
    [InlineData("assess", "--event died --strata hospital --threshold 0.4", 2, "--threshold is for models of probabilities")]
    [InlineData("assess", "--event died --strata hospital --trials age", 2, "--trials is for other families")]
    [InlineData("assess", "--event died --strata hospital --times 3,3", 2, "not name one twice")]
    [InlineData("assess", "--event died --strata hospital --times 0", 2, "be numbers > 0")]
    [InlineData("assess", "--event died --strata hospital --proportional rank", 2, "be km, identity or log")]
    [InlineData("assess", "--event died --strata hospital --residuals", 2, "--residuals belongs to --json")]
    [InlineData("assess", "--event died --strata hospital --kind residuals --out x.svg", 2, "--kind residuals is not for Cox models")]
    [InlineData("assess", "--event died --strata died", 2, "column 'died' cannot be both --event and --strata")]
    [InlineData("assess", "--event hospital --strata died", 1, "is neither 1 (the event happened) nor 0 (the row was censored)")]
    [InlineData("assess", "--event died --strata stage", 1, "column 'stage' is a feature of the model; --event, --start and --strata name others")]
    [InlineData("verify", "", 1, "--event does")]
    [InlineData("verify", "--event died", 1, "--strata does")]
    public void What_lacks_or_makes_no_sense_is_refused_by_name(string command, string options, int exitCode, string message)
    {
        using var directory = new TemporaryDirectory();
        EnetRun.Of([command, Fit(directory), s_trial, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).AssertRefused(exitCode, message);
    }

    [Fact]
    public void Other_strata_are_refused_by_name()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("other.csv", File.ReadAllText(s_trial).Replace(",west,", ",south,", StringComparison.Ordinal));
        EnetRun run = EnetRun.Of(["assess", Fit(directory), data, .. s_columns]);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("is in 'south', whose baseline hazard it does not know", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assess", "--event died", "--event is for Cox models")]
    [InlineData("assess", "--times 3", "--times is for Cox models")]
    [InlineData("assess", "--proportional km", "--proportional is for Cox models")]
    [InlineData("assess", "--kind survival --out x.svg", "--kind survival is for Cox models")]
    [InlineData("verify", "--event died", "--event, --start and --strata are for Cox models")]
    public void Other_families_take_none_of_it(string command, string options, string message)
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("plain.enet");
        Assert.Equal(0, EnetRun.Of("fit", s_trial, "--target", "months", "--impute", "median", "--lambda", "0.5", "--out", model).ExitCode);
        EnetRun.Of([command, model, s_trial, .. options.Split(' ')]).AssertRefused(2, message);
    }

    private static string Fit(TemporaryDirectory directory)
    {
        string model = directory.File("trial.enet");
        EnetRun run = EnetRun.Of("fit", s_trial, "--family", "cox", "--time", "months", "--event", "died", "--start", "entered", "--strata", "hospital", "--impute", "median", "--lambda", "0.01", "--out", model);
        Assert.True(run.ExitCode == 0, run.Error);
        return model;
    }
}
