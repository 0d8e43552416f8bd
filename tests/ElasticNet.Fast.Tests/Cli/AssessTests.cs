using System.Globalization;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>A stored model on rows with a target: roles, labels, gaps, groups, files.</summary>
[Collection(nameof(CommandLineTests))]
public class AssessTests
{
    [Fact]
    public void Classes_by_their_labels_with_groups()
    {
        using var directory = new TemporaryDirectory();
        (string data, string model) = Churn(directory);
        EnetRun run = EnetRun.Of("assess", model, data, "--by", "plan", "--threshold", "0.6");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("churned, binomial, logit link: the probability of 'yes', not 'no'", run.Output, StringComparison.Ordinal);
        Assert.Contains("called yes", run.Output, StringComparison.Ordinal);
        Assert.Contains("from 0.6 on", run.Output, StringComparison.Ordinal);
        Assert.Contains("by plan", run.Output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("assess", model, data, "--by", "plan", "--threshold", "0.6", "--json").Output);
        string[] classes = EnetRun.Of("predict", model, data, "--type", "class", "--threshold", "0.6").Output.Split('\n')[1..^1];
        string[] labels = [.. File.ReadLines(data).Skip(1).Select(line => line.Split(',')[^1])];
        JsonElement confusion = json.RootElement.GetProperty("confusion");
        Assert.Equal(Count("yes", "yes"), confusion.GetProperty("truePositives").GetDouble());
        Assert.Equal(Count("no", "yes"), confusion.GetProperty("falsePositives").GetDouble());
        Assert.Equal(Count("yes", "no"), confusion.GetProperty("falseNegatives").GetDouble());
        Assert.Equal(Count("no", "no"), confusion.GetProperty("trueNegatives").GetDouble());
        Assert.Equal(["basic", "full"], json.RootElement.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        Assert.Equal(labels.Length, json.RootElement.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("rows").GetInt32()));
        Assert.Equal(1, json.RootElement.GetProperty("curve")[json.RootElement.GetProperty("curve").GetArrayLength() - 1].GetProperty("sensitivity").GetDouble());

        // A column that is no feature of the model, and a feature of numbers.
        Assert.Contains("by year", EnetRun.Of("assess", model, data, "--by", "year").Output, StringComparison.Ordinal);
        Assert.Contains("by usage", EnetRun.Of("assess", model, data, "--by", "usage").Output, StringComparison.Ordinal);

        double Count(string label, string called) => labels.Zip(classes).Count(pair => pair == (label, called));
    }

    [Fact]
    public void Rows_that_cannot_be_judged_are_left_out_and_said()
    {
        using var directory = new TemporaryDirectory();
        (string _, string model) = Churn(directory);
        string gaps = directory.Write("gaps.csv", "churned,usage,plan,calls,year\nyes,3,basic,1,2020\nno,,full,2,2021\n,4,full,2,2021\nno,8,full,0,2020\n");
        EnetRun run = EnetRun.Of("assess", model, gaps);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 of 4 rows has no 'churned' and is left out", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 3 rows has no prediction", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("rows           2,", run.Output.Split('\n')[1], StringComparison.Ordinal);

        string one = directory.Write("one.csv", "usage,plan,calls,churned\n3,basic,1,yes\n8,full,2,yes\n");
        EnetRun same = EnetRun.Of("assess", model, one);
        Assert.Equal(0, same.ExitCode);
        Assert.Contains("AUC not defined", same.Output, StringComparison.Ordinal);
        string other = directory.Write("other.csv", "usage,plan,calls,churned\n3,basic,1,yes\n8,full,2,maybe\n");
        EnetRun.Of("assess", model, other).AssertRefused(1, "row 2, column 'churned': 'maybe' is none of the model's classes 'no' and 'yes'");
        string lacking = directory.Write("lacking.csv", "plan,churned\nbasic,yes\n");
        Assert.Equal(1, EnetRun.Of("assess", model, lacking).ExitCode);
    }

    [Fact]
    public void Weights_trials_and_exposures_are_named_as_in_fit()
    {
        using var directory = new TemporaryDirectory();
        StringBuilder grouped = new("a,n,y\n"), single = new("a,y\n");
        for (int i = 0; i < 12; i++)
        {
            int trials = 1 + i % 4, successes = i * 5 % 7 % (trials + 1);
            grouped.Append(CultureInfo.InvariantCulture, $"{i},{trials},{successes}\n");
            for (int k = 0; k < trials; k++)
                single.Append(CultureInfo.InvariantCulture, $"{i},{(k < successes ? 1 : 0)}\n");
        }

        string a = directory.Write("a.csv", grouped.ToString()), b = directory.Write("b.csv", single.ToString()), model = Path.Combine(directory.Path, "m.enet");
        Assert.Equal(0, EnetRun.Of("fit", a, "--target", "y", "--trials", "n", "--family", "binomial", "--lambda", "0.01", "--out", model).ExitCode);
        using JsonDocument shares = JsonDocument.Parse(EnetRun.Of("assess", model, a, "--trials", "n", "--json").Output), rows = JsonDocument.Parse(EnetRun.Of("assess", model, b, "--json").Output);
        foreach (string name in new[] { "auc", "averagePrecision", "logLoss", "observed", "predicted", "weight" })
            Assert.Equal(rows.RootElement.GetProperty(name).GetDouble(), shares.RootElement.GetProperty(name).GetDouble(), 1e-12);

        string counts = directory.Write("c.csv", "a,t,w,y\n1,2,1,3\n2,1,0,9\n3,4,2,5\n4,2,1,2\n5,1,1,1\n6,3,1,6\n"), rate = Path.Combine(directory.Path, "rate.enet");
        Assert.Equal(0, EnetRun.Of("fit", counts, "--target", "y", "--exposure", "t", "--weights", "w", "--family", "poisson", "--lambda", "0.01", "--out", rate).ExitCode);
        using JsonDocument found = JsonDocument.Parse(EnetRun.Of("assess", rate, counts, "--exposure", "t", "--weights", "w", "--json").Output);
        using JsonDocument inspected = JsonDocument.Parse(EnetRun.Of("inspect", rate, "--json").Output);
        Assert.Equal(inspected.RootElement.GetProperty("devianceRatio").GetDouble(), found.RootElement.GetProperty("devianceExplained").GetDouble(), 1e-9);
        Assert.Equal(5, found.RootElement.GetProperty("rows").GetInt32());
        EnetRun.Of("assess", rate, counts).AssertRefused(1, "or with --exposure");
        EnetRun.Of("assess", rate, counts, "--exposure", "t", "--trials", "w").AssertRefused(2, "--trials is for models of probabilities");
        EnetRun.Of("assess", rate, counts, "--exposure", "t", "--kind", "roc", "--out", Path.Combine(directory.Path, "x.svg")).AssertRefused(2, "--kind roc is for models of probabilities");
        EnetRun.Of("assess", model, a, "--trials", "n", "--offset", "a").AssertRefused(1, "fitted without an offset");
    }

    [Fact]
    public void Gaussian_models_have_errors_and_residuals()
    {
        using var directory = new TemporaryDirectory();
        string data = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv"), model = Path.Combine(directory.Path, "d.enet");
        using JsonDocument fit = JsonDocument.Parse(EnetRun.Of("fit", data, "--target", "progression", "--lambda", "1", "--out", model, "--json").Output);
        EnetRun text = EnetRun.Of("assess", model, data);
        Assert.Equal(0, text.ExitCode);
        Assert.DoesNotContain("AUC", text.Output, StringComparison.Ordinal);
        using JsonDocument found = JsonDocument.Parse(EnetRun.Of("assess", model, data, "--json").Output);
        Assert.Equal(fit.RootElement.GetProperty("devianceRatio").GetDouble(), found.RootElement.GetProperty("devianceExplained").GetDouble(), 1e-10);
        EnetRun.Of("assess", model, data, "--threshold", "0.3").AssertRefused(2, "--threshold is for models of probabilities");
        EnetRun.Of("assess", model, data, "--target", "bmi").AssertRefused(1, "column 'bmi' is a feature of the model");
    }

    [NeedsFact(Tool.Font)]
    public void Reports_and_pictures_are_files()
    {
        using var directory = new TemporaryDirectory();
        (string data, string model) = Churn(directory);
        string report = Path.Combine(directory.Path, "r.html"), picture = Path.Combine(directory.Path, "p.svg");
        Assert.Contains($"report         {report}", EnetRun.Of("assess", model, data, "--by", "plan", "--out", report).Output, StringComparison.Ordinal);
        string html = File.ReadAllText(report);
        Assert.Equal(4 * 2, html.Split("<picture").Length - 1);
        Assert.Contains("average precision", html, StringComparison.Ordinal);
        Assert.Contains("By plan", html, StringComparison.Ordinal);
        foreach (string kind in new[] { "roc", "precision-recall", "calibration", "residuals" })
        {
            Assert.Equal(0, EnetRun.Of("assess", model, data, "--kind", kind, "--out", picture).ExitCode);
            Assert.StartsWith("<svg ", File.ReadAllText(picture), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--threshold 2", "must be a number in [0, 1]")]
    [InlineData("--out x.pdf", "must end in .html for a report")]
    [InlineData("--kind roc", "--kind says which picture --out writes")]
    [InlineData("--kind pie --out x.svg", "must be roc, precision-recall, calibration, residuals, confusion or survival")]
    [InlineData("--offset a --exposure b", "exclude each other")]
    [InlineData("--by churned", "column 'churned' cannot be both --target and --by")]
    [InlineData("--exposure calls", "--exposure is for models with a logarithmic link")]
    public void What_is_asked_wrongly_is_a_usage_error(string arguments, string message)
    {
        using var directory = new TemporaryDirectory();
        (string data, string model) = Churn(directory);
        EnetRun.Of(["assess", model, data, .. arguments.Split(' ')]).AssertRefused(2, message);
    }

    private static (string Data, string Model) Churn(TemporaryDirectory directory)
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 90, 2, 8);
        StringBuilder text = new("usage,plan,calls,year,churned\n");
        for (int i = 0; i < 90; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Math.Round(5 * x[i, 0])},{(x[i, 1] > 0 ? "full" : "basic")},{i % 5},{2020 + i % 3},{(y[i] == 1 ? "yes" : "no")}\n");
        string data = directory.Write("churn.csv", text.ToString()), model = Path.Combine(directory.Path, "churn.enet");
        Assert.Equal(0, EnetRun.Of("fit", data, "--target", "churned", "--family", "binomial", "--exclude", "year", "--lambda", "0.01", "--out", model).ExitCode);
        return (data, model);
    }
}
