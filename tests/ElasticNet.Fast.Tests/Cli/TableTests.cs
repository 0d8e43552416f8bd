using System.Globalization;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary><c>enet fit --table</c>.</summary>
[Collection(nameof(CommandLineTests))]
public class TableTests
{
    [Fact]
    public void Without_a_penalty_it_is_that_of_lm()
    {
        using var directory = new TemporaryDirectory();
        string cars = Cars(directory);
        EnetRun run = EnetRun.Of("fit", cars, "--target", "mpg", "--lambda", "0", "--table");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("residual standard error 2.5934 on 29 degrees of freedom", run.Output, StringComparison.Ordinal);
        Assert.Contains("R² 0.8268", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NAIVE", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("fit", cars, "--target", "mpg", "--lambda", "0", "--table", "--json").Output);
        using JsonDocument robust = JsonDocument.Parse(EnetRun.Of("fit", cars, "--target", "mpg", "--lambda", "0", "--table", "--hc3", "--json").Output);
        JsonElement table = json.RootElement.GetProperty("table"), other = robust.RootElement.GetProperty("table");
        Assert.Equal(("classical", "hc3", "t"), (table.GetProperty("standardErrors").GetString(), other.GetProperty("standardErrors").GetString(), table.GetProperty("statistic").GetString()));
        Assert.Equal(0.63273, Line(table, 1, "standardError"), 5e-6);
        Assert.NotEqual(Line(table, 1, "standardError"), Line(other, 1, "standardError"));
        Assert.Equal(Line(table, 1, "estimate"), Line(other, 1, "estimate"));
        Assert.Equal(json.RootElement.GetProperty("coefficients").GetProperty("wt").GetDouble(), Line(table, 1, "estimate"), 1e-9);

        static double Line(JsonElement table, int k, string name) => table.GetProperty("coefficients")[k].GetProperty(name).GetDouble();
    }

    [Fact]
    public void After_a_selection_it_is_marked()
    {
        using var directory = new TemporaryDirectory();
        EnetRun run = EnetRun.Of("fit", Cars(directory), "--target", "mpg", "--table", "--folds", "4");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("NAIVE: the same data chose these features", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_have_a_reference_and_families_have_z()
    {
        using var directory = new TemporaryDirectory();
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 90, 2, 8);
        StringBuilder text = new("usage,plan,churned\n");
        for (int i = 0; i < 90; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Math.Round(5 * x[i, 0])},{(x[i, 1] > 0.3 ? "full" : x[i, 1] < -0.4 ? "basic" : "half")},{(y[i] == 1 ? "yes" : "no")}\n");
        string data = directory.Write("churn.csv", text.ToString());
        string[] fit = ["fit", data, "--target", "churned", "--family", "binomial", "--lambda", "0", "--table"];
        EnetRun.Of(fit).AssertRefused(2, "--table needs a level of 'plan' that the others are compared with, because together they are the intercept: --reference first");
        EnetRun run = EnetRun.Of([.. fit, "--reference", "first"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("maximum likelihood, binomial, logit link, 90 rows; standard errors classical", run.Output, StringComparison.Ordinal);
        Assert.Contains("plan=half", run.Output, StringComparison.Ordinal);
        Assert.Contains(" z ", run.Output, StringComparison.Ordinal);
        EnetRun.Of([.. fit, "--reference", "first", "--class-weight", "balanced"]).AssertRefused(2, "needs --hc3");
        Assert.Equal(0, EnetRun.Of([.. fit, "--reference", "first", "--class-weight", "balanced", "--hc3"]).ExitCode);
        EnetRun.Of("fit", data, "--target", "churned", "--family", "binomial", "--lambda", "0", "--hc3").AssertRefused(2, "--hc3 belongs to --table");
        EnetRun.Of("fit", data, "--target", "usage", "--family", "huber", "--lambda", "0", "--table").AssertRefused(2, "--table and --family huber exclude each other");
        EnetRun.Of([.. fit, "--impute", "multiple"]).AssertRefused(2, "--table and --impute multiple exclude each other");
    }

    private static string Cars(TemporaryDirectory directory)
    {
        string folder = Path.Combine(SourceTree.Root, "tests", "ElasticNet.Fast.Tests", "Golden", "data");
        string[] x = File.ReadAllLines(Path.Combine(folder, "mtcars.x.csv")), y = File.ReadAllLines(Path.Combine(folder, "mtcars.y.csv"));
        int wt = Array.IndexOf(x[0].Split(','), "wt"), hp = Array.IndexOf(x[0].Split(','), "hp");
        StringBuilder text = new("wt,hp,mpg\n");
        for (int i = 1; i < x.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{x[i].Split(',')[wt]},{x[i].Split(',')[hp]},{y[i]}\n");
        return directory.Write("cars.csv", text.ToString());
    }
}
