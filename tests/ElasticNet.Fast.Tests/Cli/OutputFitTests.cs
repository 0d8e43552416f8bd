using System.Globalization;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;
using TemporaryDirectory = ElasticNet.Fast.Tests.Repository.TemporaryDirectory;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Several classes and responses from the command line: chosen by a criterion, explained, reported, with offsets, assessed by groups.</summary>
[Collection(nameof(CommandLineTests))]
public class OutputFitTests
{
    [Theory]
    [InlineData("multinomial", "kind", "bic", "BIC")]
    [InlineData("multinomial", "kind", "ebic", "EBIC")]
    [InlineData("multigaussian", "u,v", "aicc", "AICc")]
    [InlineData("multigaussian", "u,v", "gcv", "GCV")]
    public void A_criterion_chooses(string family, string target, string criterion, string shown)
    {
        using var directory = new TemporaryDirectory();
        string data = Write(directory);
        string[] fit = ["fit", data, "--family", family, "--target", target, "--exclude", family == "multinomial" ? "u,v,o1,o2,o3,site" : "kind,o1,o2,o3,site", "--criterion", criterion];
        EnetRun run = EnetRun.Of(fit);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"(least {shown}, ", run.Output, StringComparison.Ordinal);
        EnetRun grouped = EnetRun.Of([.. fit, "--grouped", "--json"]);
        Assert.Equal((0, ""), (grouped.ExitCode, grouped.Error));
        using var json = JsonDocument.Parse(grouped.Output);
        Assert.Equal(shown, json.RootElement.GetProperty("criterion").GetProperty("name").GetString());
        Assert.True(json.RootElement.GetProperty("degreesOfFreedom").GetDouble() > 0);
        EnetRun.Of([.. fit[..^1], "alo"]).AssertRefused(2, $"--criterion alo and --family {family} exclude each other");
    }

    [NeedsFact(Tool.Font)]
    public void What_is_fitted_is_explained_and_reported()
    {
        using var directory = new TemporaryDirectory();
        string data = Write(directory), report = directory.File("r.html"), model = directory.File("m.enet");
        foreach (string[] options in (string[][])[["multinomial", "kind", "u,v,o1,o2,o3,site"], ["multigaussian", "u,v", "kind,o1,o2,o3,site"]])
        {
            EnetRun run = EnetRun.Of("fit", data, "--family", options[0], "--target", options[1], "--exclude", options[2], "--folds", "4", "--explain", "--report", report, "--out", model, "--json");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            using var json = JsonDocument.Parse(run.Output);
            JsonElement explained = json.RootElement.GetProperty("explanation");
            Assert.Equal(json.RootElement.GetProperty("devianceRatio").GetDouble(), explained.GetProperty("features").EnumerateArray().Sum(one => one.GetProperty("devianceContribution").GetDouble()), 1e-7);
            Assert.All(explained.GetProperty("features").EnumerateArray(), one => Assert.NotEqual(0, one.GetProperty("coefficient").GetDouble()));
            string[] outputs = [.. explained.GetProperty("outputs").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
            Assert.All(explained.GetProperty("features").EnumerateArray(), one => Assert.Contains(one.GetProperty("output").GetString(), outputs));
            string text = EnetRun.Of("fit", data, "--family", options[0], "--target", options[1], "--exclude", options[2], "--lambda", "0.05", "--explain").Output;
            Assert.Contains(options[0] == "multinomial" ? " class " : " response ", text, StringComparison.Ordinal);
            Assert.Contains("of deviance  entered", text, StringComparison.Ordinal);
            string page = File.ReadAllText(report);
            Assert.Contains(options[0] == "multinomial" ? ">recall<" : ">RMSE<", page, StringComparison.Ordinal);
            Assert.All(outputs, name => Assert.Contains(name, page, StringComparison.Ordinal));
            using ElasticNetModel kept = ElasticNetModel.Load(model);
            Assert.NotNull(kept.Path);
        }
    }

    [Fact]
    public void Offsets_of_outputs_are_as_many_columns()
    {
        using var directory = new TemporaryDirectory();
        string data = Write(directory), model = directory.File("m.enet"), rows = directory.Write("new.csv", "a,b,c,o1,o2,o3\n1,0,0,0.5,-1,2\n0,1,1,0,0,0\n");
        EnetRun fit = EnetRun.Of("fit", data, "--family", "multinomial", "--target", "kind", "--exclude", "u,v,site", "--offset", "o1,o2,o3", "--lambda", "0.05", "--out", model);
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        string[] lines = EnetRun.Of("predict", model, rows, "--offset", "o1,o2,o3").Output.Split('\n');
        using ElasticNetModel fitted = ElasticNetModel.Load(model);
        double[] expected = new double[3];
        fitted.Predict([1, 0, 0], expected, [0.5, -1, 2]);
        Assert.Equal(expected, lines[1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        Assert.True(fitted.Provenance.HasOffset);
        EnetRun assessed = EnetRun.Of("assess", model, data, "--json");
        Assert.Equal((0, ""), (assessed.ExitCode, assessed.Error));
        using var json = JsonDocument.Parse(assessed.Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("nullDeviance").ValueKind);

        EnetRun.Of("predict", model, rows).AssertRefused(1, "needs them to predict: name their columns in this order with --offset, separated by commas");
        EnetRun.Of("predict", model, rows, "--offset", "o1,o2").AssertRefused(1, "an offset for each of its 3 outputs");
        EnetRun.Of("fit", data, "--family", "multinomial", "--target", "kind", "--exclude", "u,v,site,o3", "--offset", "o1,o2", "--lambda", "0.05").AssertRefused(1, "--offset names 2 columns, and column 'kind' has 3 classes");
        EnetRun.Of("fit", data, "--family", "multigaussian", "--target", "u,v", "--exclude", "kind,site,o2,o3", "--offset", "o1", "--lambda", "0.05").AssertRefused(2, "--offset names 1 columns, and --target 2");
        EnetRun.Of("fit", data, "--family", "multinomial", "--target", "kind", "--offset", "o1,kind,o3", "--lambda", "0.05").AssertRefused(2, "column 'kind' cannot be both --target and --offset");

        EnetRun responses = EnetRun.Of("fit", data, "--family", "multigaussian", "--target", "u,v", "--exclude", "kind,site,o3", "--offset", "o1,o2", "--lambda", "0.05", "--out", model);
        Assert.Equal((0, ""), (responses.ExitCode, responses.Error));
        Assert.Equal((0, ""), (EnetRun.Of("assess", model, data, "--json") is var again ? again.ExitCode : 1, again.Error));
    }

    [NeedsFact(Tool.Font)]
    public void Assessments_are_by_groups_and_written()
    {
        using var directory = new TemporaryDirectory();
        string data = Write(directory), model = directory.File("m.enet"), page = directory.File("a.html");
        EnetRun.Of("fit", data, "--family", "multinomial", "--target", "kind", "--exclude", "u,v,o1,o2,o3,site", "--lambda", "0.02", "--out", model);
        EnetRun run = EnetRun.Of("assess", model, data, "--by", "site", "--out", page);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("by site", run.Output, StringComparison.Ordinal);
        Assert.Contains("By site", File.ReadAllText(page), StringComparison.Ordinal);
        using (var json = JsonDocument.Parse(EnetRun.Of("assess", model, data, "--by", "site", "--json").Output))
        {
            JsonElement[] groups = [.. json.RootElement.GetProperty("groups").EnumerateArray()];
            Assert.Equal(["north", "south"], groups.Select(group => group.GetProperty("name").GetString()));
            Assert.Equal(json.RootElement.GetProperty("rows").GetInt32(), groups.Sum(group => group.GetProperty("rows").GetInt32()));
            Assert.Equal(
                json.RootElement.GetProperty("logLoss").GetDouble() * json.RootElement.GetProperty("rows").GetInt32(),
                groups.Sum(group => group.GetProperty("logLoss").GetDouble() * group.GetProperty("rows").GetInt32()), 1e-9);
        }

        foreach (string kind in new[] { "roc", "confusion" })
            Assert.Equal(0, EnetRun.Of("assess", model, data, "--out", directory.File($"{kind}.svg"), "--kind", kind).ExitCode);
        Assert.Contains("each class against the rest", File.ReadAllText(directory.File("roc.svg")), StringComparison.Ordinal);

        EnetRun.Of("fit", data, "--family", "multigaussian", "--target", "u,v", "--exclude", "kind,o1,o2,o3,site", "--lambda", "0.02", "--out", model);
        EnetRun responses = EnetRun.Of("assess", model, data, "--by", "site", "--out", page);
        Assert.Equal((0, ""), (responses.ExitCode, responses.Error));
        Assert.Contains("by site: v", responses.Output, StringComparison.Ordinal);
        using var both = JsonDocument.Parse(EnetRun.Of("assess", model, data, "--by", "site", "--json").Output);
        JsonElement[] each = [.. both.RootElement.GetProperty("responses").EnumerateArray()];
        Assert.Equal(["u", "v"], each.Select(one => one.GetProperty("name").GetString()));
        Assert.All(each, one => Assert.InRange(one.GetProperty("devianceExplained").GetDouble(), 0.5, 1));
        Assert.Equal(2, each[1].GetProperty("groups").GetArrayLength());
    }

    [Fact]
    public void Select_says_what_any_class_uses()
    {
        using var directory = new TemporaryDirectory();
        string data = Write(directory);
        EnetRun run = EnetRun.Of("select", data, "--family", "multinomial", "--target", "kind", "--exclude", "u,v,o1,o2,o3,site", "--folds", "4", "--refit", "1se");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("a fit without a penalty on what 1se selects", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(EnetRun.Of("select", data, "--family", "multigaussian", "--grouped", "--target", "u,v", "--exclude", "kind,o1,o2,o3,site", "--folds", "4", "--refit", "bic", "--json").Output);
        Assert.Equal(["u", "v"], json.RootElement.GetProperty("refit").GetProperty("outputs").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        string trial = Path.Combine(SourceTree.Root, "tests", "data", "trial.csv");
        EnetRun cox = EnetRun.Of("select", trial, "--family", "cox", "--time", "months", "--event", "died", "--start", "entered", "--strata", "hospital", "--impute", "median", "--folds", "4", "--refit", "bic");
        Assert.Equal(0, cox.ExitCode);
        Assert.Contains("\nbic ", cox.Output, StringComparison.Ordinal);
        EnetRun.Of("select", data, "--family", "multinomial", "--target", "kind", "--refit", "alo", "--exclude", "u,v,o1,o2,o3,site").AssertRefused(1, "'rule' (alo) must be one of min, 1se");
    }

    /// <summary>Three kinds that overlap, two responses, and three columns of offsets.</summary>
    private static string Write(TemporaryDirectory directory)
    {
        Random random = new(5);
        StringBuilder text = new("a,b,c,site,o1,o2,o3,u,v,kind\n");
        string[] kinds = ["cat", "dog", "eel"];
        for (int i = 0; i < 150; i++)
        {
            double a = Normal(), b = Normal(), c = Normal();
            double[] pull = [1.2 * a + Normal(), -a + b + Normal(), -1.3 * b + Normal()];
            text.Append(CultureInfo.InvariantCulture, $"{a:0.000},{b:0.000},{c:0.000},{(i % 3 == 0 ? "north" : "south")},{0.2 * Normal():0.000},{0.2 * Normal():0.000},{0.2 * Normal():0.000},{2 * a - b + 0.5 * Normal():0.000},{a + 3 * c + 0.5 * Normal():0.000},{kinds[Array.IndexOf(pull, pull.Max())]}\n");
        }

        return directory.Write("data.csv", text.ToString());

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
