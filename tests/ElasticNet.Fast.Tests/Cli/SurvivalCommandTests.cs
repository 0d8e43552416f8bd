using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Cox on the command line: fitted, said, stored, predicted, and refused by name where it makes no sense.</summary>
[Collection(nameof(CommandLineTests))]
public class SurvivalCommandTests
{
    private const string Table = "age,arm,site,entered,months,died\n63,a,x,0,5,1\n51,b,y,1,8,0\n70,a,x,0,3,1\n44,b,x,2,9,1\n58,a,y,0,9,1\n66,b,y,0,4,1\n47,a,x,3,12,0\n55,b,y,0,7,1\n61,a,x,0,6,1\n49,b,y,0,11,0\n72,b,x,0,2,1\n53,a,y,1,10,0\n";

    [Fact]
    public void It_is_fitted_said_stored_and_predicted()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table), model = Path.Combine(directory.Path, "trial.enet");
        string[] fit = ["fit", data, "--family", "cox", "--time", "months", "--event", "died", "--start", "entered", "--strata", "site", "--lambda", "0.05", "--l1-ratio", "0.5"];
        EnetRun text = EnetRun.Of([.. fit, "--out", model]);
        Assert.True(text.ExitCode == 0, text.Error);
        Assert.Contains("Cox, log link: the relative hazard", text.Output, StringComparison.Ordinal);
        Assert.Contains("baseline       2 strata, 8 times of events", text.Output, StringComparison.Ordinal);
        Assert.Contains("hazard ratio", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("intercept", text.Output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("inspect", model, "--json", "--baseline").Output);
        JsonElement root = json.RootElement;
        Assert.Equal(("cox", "efron", 0.0, false), (root.GetProperty("family").GetString(), root.GetProperty("ties").GetString(), root.GetProperty("intercept").GetDouble(), root.GetProperty("hasIntercept").GetBoolean()));
        Assert.Equal(["x", "y"], root.GetProperty("baseline").GetProperty("strata").EnumerateArray().Select(stratum => stratum.GetProperty("name").GetString()));
        Assert.False(JsonDocument.Parse(EnetRun.Of("inspect", model, "--json").Output).RootElement.TryGetProperty("baseline", out _));
        using JsonDocument breslow = JsonDocument.Parse(EnetRun.Of([.. fit, "--ties", "breslow", "--json"]).Output);
        Assert.Equal("breslow", breslow.RootElement.GetProperty("ties").GetString());

        double[] risk = Numbers(EnetRun.Of("predict", model, data, "--type", "risk")), link = Numbers(EnetRun.Of("predict", model, data, "--type", "link"));
        Assert.Equal(Numbers(EnetRun.Of("predict", model, data)), risk);
        Assert.Equal(link.Select(eta => Link.Log.Inverse(eta)), risk);
        string[] curves = EnetRun.Of("predict", model, data, "--type", "survival", "--times", "4,8.5", "--strata", "site").Output.Split('\n')[..^1];
        Assert.Equal("prediction_4,prediction_8.5", curves[0]);
        using ElasticNetModel loaded = ElasticNetModel.Load(model);
        string[] sites = [.. Table.Split('\n')[1..^1].Select(line => line.Split(',')[2])];
        for (int i = 0; i < sites.Length; i++)
        {
            double[] row = [.. curves[i + 1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(loaded.Baseline!.Survival(link[i], 4, sites[i] == "x" ? 0 : 1), row[0]);
            Assert.Equal(loaded.Baseline!.Survival(link[i], 8.5, sites[i] == "x" ? 0 : 1), row[1]);
            Assert.InRange(row[1], 0, row[0]);
        }

        string[] kept = EnetRun.Of("predict", model, data, "--type", "survival", "--times", "4,8.5", "--strata", "site", "--id", "age").Output.Split('\n');
        Assert.Equal("age,prediction_4,prediction_8.5", kept[0]);
        Assert.Equal("63," + curves[1], kept[1]);
        string objects = directory.Write("rows.jsonl", "{\"age\":63,\"arm\":\"a\",\"site\":\"x\"}\n");
        Assert.Equal($"{{\"prediction\":[{curves[1]}]}}\n", EnetRun.Of("predict", model, objects, "--json", "--type", "survival", "--times", "4,8.5", "--strata", "site").Output);
    }

    [Fact]
    public void Cross_validation_is_by_the_partial_likelihood_or_the_order()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table);
        string[] fit = ["fit", data, "--family", "cox", "--time", "months", "--event", "died", "--exclude", "site,entered", "--folds", "3", "--l1-ratio", "0.5"];
        Assert.Contains("partial-likelihood deviance", EnetRun.Of(fit).Output, StringComparison.Ordinal);
        Assert.Contains("held out       concordance", EnetRun.Of([.. fit, "--measure", "c-index"]).Output, StringComparison.Ordinal);
        EnetRun.Of([.. fit, "--measure", "auc"]).AssertRefused(2, "be partial-deviance or c-index with --family cox");
    }

    [Theory]
    [InlineData("--family cox --event died", 2, "--family cox needs --time")]
    [InlineData("--family cox --time months", 2, "--family cox needs --event")]
    [InlineData("--family cox --time months --event died --target months", 2, "--target is for other families")]
    [InlineData("--target months --time months", 2, "--time belongs to --family cox")]
    [InlineData("--target months --strata site", 2, "--strata belongs to --family cox")]
    [InlineData("--target months --ties efron", 2, "--ties belongs to --family cox")]
    [InlineData("--family cox --time months --event died --ties exact", 2, "be efron or breslow")]
    [InlineData("--family cox --time months --event died --no-intercept", 2, "--no-intercept and --family cox exclude each other")]
    [InlineData("--family cox --time months --event died --link log", 2, "--link and --family cox exclude each other")]
    [InlineData("--family cox --time months --event died --exposure age", 2, "--exposure belongs to a family")]
    [InlineData("--family cox --time months --event died --positive 1", 2, "--positive belongs to --family binomial")]
    [InlineData("--family cox --time months --event died --criterion alo", 2, "--criterion alo and --family cox exclude each other")]
    [InlineData("--family cox --time months --event died --nested 3", 2, "--nested and --family cox exclude each other")]
    [InlineData("--family cox --time months --event died --table", 2, "--table and --family cox exclude each other")]
    [InlineData("--family cox --time months --event died --impute multiple", 2, "--impute multiple and --family cox exclude each other")]
    [InlineData("--family cox --time months --event months", 2, "column 'months' cannot be both --time and --event")]
    [InlineData("--family cox --time months --event age", 1, "'63' is neither 1 (the event happened) nor 0 (the row was censored)")]
    [InlineData("--family cox --time entered --event died", 1, "0 is no time until which a row was watched: it must be above 0")]
    [InlineData("--family cox --time months --event died --start age", 1, "63 must be before 'months', which is 5")]
    public void What_makes_no_sense_is_refused_by_name(string options, int exitCode, string message)
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table);
        EnetRun.Of(["fit", data, .. options.Split(' ')]).AssertRefused(exitCode, message);
    }

    [Theory]
    [InlineData("stability", "")]
    [InlineData("infer", " --method bootstrap")]
    public void Other_commands_do_not_take_it(string command, string more)
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table);
        EnetRun.Of([command, data, .. $"--target months --family cox{more}".Split(' ')]).AssertRefused(2, "--family cox is for enet fit");
    }

    [Fact]
    public void Predictions_of_it_and_of_others_are_told_apart()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table), cox = Path.Combine(directory.Path, "cox.enet"), plain = Path.Combine(directory.Path, "plain.enet"), single = Path.Combine(directory.Path, "single.enet");
        Assert.Equal(0, EnetRun.Of("fit", data, "--family", "cox", "--time", "months", "--event", "died", "--strata", "site", "--lambda", "0.05", "--out", cox).ExitCode);
        Assert.Equal(0, EnetRun.Of("fit", data, "--family", "cox", "--time", "months", "--event", "died", "--lambda", "0.05", "--out", single).ExitCode);
        Assert.Equal(0, EnetRun.Of("fit", data, "--target", "months", "--lambda", "0.05", "--out", plain).ExitCode);
        EnetRun.Of("predict", plain, data, "--type", "risk").AssertRefused(2, "--type risk and --type survival are of Cox models");
        EnetRun.Of("predict", plain, data, "--type", "survival", "--times", "3").AssertRefused(2, "--type risk and --type survival are of Cox models");
        EnetRun.Of("predict", cox, data, "--type", "survival").AssertRefused(2, "--type survival needs --times");
        EnetRun.Of("predict", cox, data, "--times", "3").AssertRefused(2, "--times belongs to --type survival");
        EnetRun.Of("predict", cox, data, "--strata", "site").AssertRefused(2, "--strata belongs to --type survival");
        EnetRun.Of("predict", cox, data, "--type", "survival", "--times", "3,x").AssertRefused(2, "be numbers ≥ 0");
        EnetRun.Of("predict", cox, data, "--type", "survival", "--times", "3,3").AssertRefused(2, "not name one twice");
        EnetRun.Of("predict", cox, data, "--type", "survival", "--times", "3").AssertRefused(1, "the model has 2 strata");
        EnetRun.Of("predict", cox, data, "--type", "class").AssertRefused(1, "has no classes");
        EnetRun.Of("predict", single, data, "--type", "survival", "--times", "3", "--strata", "site").AssertRefused(1, "was fitted without strata");
        string unknown = directory.Write("unknown.csv", Table.Replace(",y,", ",z,", StringComparison.Ordinal));
        EnetRun refused = EnetRun.Of("predict", cox, unknown, "--type", "survival", "--times", "3", "--strata", "site");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'z' is a stratum that the model does not know", refused.Error, StringComparison.Ordinal);
        EnetRun.Of("inspect", plain, "--json", "--baseline").AssertRefused(2, "--baseline is of Cox models");
        EnetRun.Of("inspect", cox, "--baseline").AssertRefused(2, "--baseline belongs to --json");
    }

    [Fact]
    public void A_stratum_without_events_is_said_to_add_nothing()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table + "50,a,z,0,6,0\n");
        EnetRun run = EnetRun.Of("fit", data, "--family", "cox", "--time", "months", "--event", "died", "--strata", "site", "--lambda", "0.05");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("note: stratum 'z' of 'site' has no event and adds nothing", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_are_censored_nothing_is_fitted()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table.Replace(",1\n", ",0\n", StringComparison.Ordinal));
        EnetRun.Of("fit", data, "--family", "cox", "--time", "months", "--event", "died", "--lambda", "0.05").AssertRefused(1, "all 12 rows are censored");
    }

    [NeedsFact(Tool.Font)]
    public void It_is_explained_and_reported()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("trial.csv", Table), report = directory.File("r.html");
        EnetRun run = EnetRun.Of("fit", data, "--family", "cox", "--time", "months", "--event", "died", "--exclude", "site,entered", "--lambda", "0.02", "--l1-ratio", "0.5", "--explain", "--report", report);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("ratio per SD", run.Output, StringComparison.Ordinal);
        string html = File.ReadAllText(report);
        foreach (string words in new[] { "hazard ratio per unit", "hazard ratio per IQR", "multiplies the hazard", "groups of rising relative hazard", "of survival with the event" })
            Assert.Contains(words, html, StringComparison.Ordinal);
    }

    private static double[] Numbers(EnetRun run) => [.. run.Output.Split('\n')[1..^1].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}
