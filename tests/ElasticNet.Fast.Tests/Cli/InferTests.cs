using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class InferTests
{
    private static readonly string s_diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Theory]
    [InlineData("debiased", "--lambda", "3")]
    [InlineData("multi-split", "--splits", "3")]
    [InlineData("post-selection", "--lambda", "5", "--noise", "54")]
    [InlineData("bootstrap", "--lambda", "3", "--resamples", "100", "--draw", "residuals", "--interval", "percentile")]
    [InlineData("refit", "--lambda", "5")]
    public void Prints_what_the_library_says(string method, params string[] options)
    {
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        ElasticNetOptions fit = new() { FeatureNames = table.FeatureNames };
        double[] y = table.Column("progression").ToArray();
        ElasticNetInference inference = new(table.Features, y, fit);
        InferenceOptions asked = new() { Level = 0.9 };
        InferenceResult expected = method switch
        {
            "debiased" => inference.Debiased(asked with { Lambda = 3 }),
            "multi-split" => inference.MultiSplit(asked with { Splits = 3 }),
            "post-selection" => inference.PostSelection(5, asked with { NoiseDeviation = 54 }),
            "bootstrap" => inference.Bootstrap(asked with { Lambda = 3, Resamples = 100, Bootstrap = BootstrapKind.Residual, Interval = BootstrapInterval.Percentile }),
            _ => inference.Refit(ElasticNetEstimator.Fit(table.Features, y, 5, 1, fit), asked),
        };
        string[] line = ["infer", s_diabetes, "--target", "progression", "--method", method, "--level", "0.9", .. options];
        EnetRun text = EnetRun.Of(line);
        Assert.Equal(("", 0), (text.Error, text.ExitCode));
        Assert.Equal(expected.ToString(), text.Output);

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. line, "--json"]).Output);
        JsonElement[] found = [.. json.RootElement.GetProperty("coefficients").EnumerateArray()];
        Assert.Equal(expected.Coefficients.Select(c => c.Name), found.Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(expected.Coefficients.Select(c => double.IsFinite(c.Lower) ? c.Lower : (double?)null), found.Select(Lower));
        Assert.Equal(method == "refit", json.RootElement.GetProperty("naiveAfterSelection").GetBoolean());
        Assert.Equal(method == "refit", text.Output.Contains("NAIVE", StringComparison.Ordinal));

        static double? Lower(JsonElement c) => c.GetProperty("lower") is { ValueKind: JsonValueKind.Number } lower ? lower.GetDouble() : null;
    }

    [Fact]
    public void Gaps_and_categories_are_prepared()
    {
        string csv = "a,b,y\n" + string.Join("\n", Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{(i % 9 == 0 ? "" : Math.Sin(i))},{(i % 3 == 0 ? "u" : "v")},{i % 5}"))) + "\n";
        EnetRun run = EnetRun.WithInput(csv, "infer", "-", "--target", "y", "--impute", "median");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("as if they had been observed", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nb=u ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method", "magic", "--method (magic) must be debiased")]
    [InlineData("--method", "post-selection", "needs --lambda")]
    [InlineData("--splits", "3", "--splits belongs to --method multi-split")]
    [InlineData("--level", "1", "--level (1) must be a number in (0, 1)")]
    [InlineData("--level", "95", "--level (95) must be a number in (0, 1)")]
    [InlineData("--lambda", "0", "--lambda (0) must be a number > 0")]
    [InlineData("--l1-ratio", "0", "--l1-ratio (0) must be one number in (0, 1]")]
    [InlineData("--adjust", "sidak", "--adjust (sidak) must be none")]
    public void A_wrong_command_line_is_refused(string option, string value, string message) =>
        EnetRun.Of("infer", s_diabetes, "--target", "progression", option, value).AssertRefused(2, message);

    [Fact]
    public void Copies_and_complete_categories_are_noted()
    {
        string csv = "a,b,g,y\n" + string.Join("\n", Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{Math.Sin(i)},{2 * Math.Sin(i)},{"uvw"[i * i % 3 % 2 + i % 2]},{Math.Sin(i) + Math.Cos(7 * i) + i % 2}"))) + "\n";
        EnetRun run = EnetRun.WithInput(csv, "infer", "-", "--target", "y", "--lambda", "0.05");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("\nnote: 'a' and 'b' are copies of each other", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nnote: 'g=u', 'g=v' and 'g=w' depend linearly on each other (with the intercept)", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(EnetRun.WithInput(csv, "infer", "-", "--target", "y", "--lambda", "0.05", "--json").Output);
        JsonElement first = json.RootElement.GetProperty("coefficients")[0];
        Assert.Equal(JsonValueKind.Null, first.GetProperty("upper").ValueKind);
        Assert.Contains("copies", first.GetProperty("note").GetString(), StringComparison.Ordinal);
        EnetRun referred = EnetRun.WithInput(csv, "infer", "-", "--target", "y", "--lambda", "0.05", "--reference", "first");
        Assert.DoesNotContain("'g=", referred.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_names_options_of_the_program() =>
        EnetRun.WithInput("a,b,c,y\n1,2,4,1\n2,1,3,5\n4,4,1,2\n7,3,3,3\n", "infer", "-", "--target", "y", "--lambda", "1e-9")
            .AssertRefused(1, "Give a larger --lambda, or --noise.");

    [Fact]
    public void What_cannot_be_inferred_is_said_in_one_line() =>
        EnetRun.Of("infer", s_diabetes, "--target", "progression", "--method", "post-selection", "--lambda", "1e6").AssertRefused(1, "Nothing is selected at λ = 1000000");
}
