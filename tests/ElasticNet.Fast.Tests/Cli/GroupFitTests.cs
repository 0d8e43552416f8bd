using System.Text.Json;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Groups of features on the command line are those of the library.</summary>
[Collection(nameof(CommandLineTests))]
public class GroupFitTests
{
    private static readonly string s_churn = Path.Combine(SourceTree.Root, "tests", "data", "churn.csv");
    private static readonly string s_diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");
    private static readonly string s_words = Path.Combine(SourceTree.Root, "tests", "data", "words.svm");

    [Fact]
    public void Levels_are_in_or_out_together()
    {
        string[] fit = ["fit", s_churn, "--target", "churned", "--family", "binomial", "--impute", "mean", "--group-levels", "--json", "--lambda"];
        foreach (string lambda in new[] { "0.08", "0.03", "0.01" })
        {
            Dictionary<string, double> coefficients = Coefficients([.. fit, lambda]);
            foreach (string column in new[] { "contract", "payment" })
                Assert.Single(coefficients.Where(pair => pair.Key.StartsWith(column, StringComparison.Ordinal)).Select(pair => pair.Value != 0).Distinct());
        }

        Assert.NotEqual(Coefficients([.. fit, "0.01"]), Coefficients([.. fit.Where(word => word != "--group-levels"), "0.01"]));
    }

    [Fact]
    public void A_file_of_groups_and_mixing()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("groups.csv");
        File.WriteAllText(file, "column,group\ns1,serum\ns2,serum\ns3,serum\nage,person\nsex,person\n");
        Dictionary<string, double> coefficients = Coefficients(["fit", s_diabetes, "--target", "progression", "--groups", file, "--group-mixing", "0.3", "--lambda", "2", "--json"]);
        CsvTable table = CsvTable.Read(s_diabetes, new() { Apart = ["progression"] });
        int At(string name) => table.FeatureNames.ToList().IndexOf(name);
        using ElasticNetModel expected = ElasticNetEstimator.Fit(table.Features, table.Column("progression").Span, 2, 1, new()
        {
            FeatureGroups = [new([At("s1"), At("s2"), At("s3")]), new([At("age"), At("sex")])],
            GroupMixing = 0.3,
            FeatureNames = table.FeatureNames,
        });
        Assert.Equal(expected.Coefficients.ToArray(), coefficients.Values);
    }

    [Fact]
    public void Groups_of_a_sparse_file_cross_validated()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("groups.csv"), model = directory.File("words.enet");
        File.WriteAllText(file, "column,group\n" + string.Concat(Enumerable.Range(1, 60).Select(word => $"{word},{(word + 2) / 3}\n")));
        EnetRun run = EnetRun.Of("fit", s_words, "--groups", file, "--out", model, "--folds", "4");
        Assert.Equal((EnetRun.ConstantNote("58"), 0), (run.Error, run.ExitCode));
        using ElasticNetModel loaded = ElasticNetModel.Load(model);
        Assert.Equal(20, loaded.Problem!.FeatureGroups.Count);
        Assert.True(loaded.Fit.IsExact);
        Assert.All(
            loaded.Coefficients.ToArray().Select((value, j) => (Word: j + 1, Value: value)).Chunk(3),
            group => Assert.Single(group.Where(pair => pair.Word != 58).Select(pair => pair.Value != 0).Distinct()));
    }

    [Fact]
    public void Verify_recomputes_the_proof()
    {
        using TemporaryDirectory directory = new();
        string model = directory.File("churn.enet");
        Assert.Equal(0, EnetRun.Of("fit", s_churn, "--target", "churned", "--family", "binomial", "--impute", "mean", "--group-levels", "--lambda", "0.01", "--out", model).ExitCode);
        EnetRun verify = EnetRun.Of("verify", model, s_churn);
        Assert.True(verify.ExitCode == 0, verify.Error);
        Assert.Contains("the claim holds: ", verify.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("column,group\nbmi,a\nheight,a\n", "row 2, column 'column': of --groups: 'height' is no feature")]
    [InlineData("column,group\nbmi,a\nbp,a\nbmi,b\n", "row 3, column 'column': of --groups: 'bmi' is in group 'a' already; groups must not overlap")]
    [InlineData("column,group\nbmi,\n", "row 1, column 'group': of --groups is empty")]
    [InlineData("feature,group\nbmi,a\n", "there is no column 'column'")]
    public void Files_that_are_no_groups(string text, string message)
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("groups.csv");
        File.WriteAllText(file, text);
        EnetRun.Of("fit", s_diabetes, "--target", "progression", "--groups", file, "--lambda", "1").AssertRefused(1, message);
    }

    [Fact]
    public void Levels_of_a_table_of_numbers() =>
        EnetRun.Of("fit", s_diabetes, "--target", "progression", "--group-levels", "--lambda", "1").AssertRefused(1, "--group-levels groups the levels of categories, but every column holds numbers");

    private static Dictionary<string, double> Coefficients(string[] args)
    {
        EnetRun run = EnetRun.Of(args);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("coefficients").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetDouble());
    }
}
