using ElasticNet.Fast.Tests.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class PredictTests
{
    private static readonly string[] Names = ["a", "b"];

    [Fact]
    public void Writes_one_prediction_a_row_from_a_file_or_standard_input()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, hasOffset: false);
        string rows = directory.Write("rows.csv", "extra,b,a\nx,1,2\ny,0,0\n");

        Assert.Equal(new EnetRun(0, "prediction\n-0.5\n0.5\n", ""), EnetRun.Of("predict", model, rows));
        Assert.Equal(new EnetRun(0, "prediction\n-0.5\n0.5\n", ""), EnetRun.WithInput(File.ReadAllText(rows), "predict", model, "-"));
    }

    [Fact]
    public void An_offset_is_named_by_its_column()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, hasOffset: true);
        string rows = directory.Write("rows.csv", "a,b,o\n0,0,10\n");

        Assert.Equal(new EnetRun(0, "prediction\n10.5\n", ""), EnetRun.Of("predict", model, rows, "--offset", "o"));
        EnetRun.Of("predict", model, rows).AssertRefused(1, "name its column with --offset");
    }

    [Fact]
    public void A_svmlight_file_is_known_by_its_name()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, hasOffset: false);
        string rows = directory.Write("rows.svm", "7 1:2 2:1\n7 # zeros\n2:1 3:5\n"), zeroBased = directory.Write("rows.libsvm", "0 0:2 1:1\n");

        Assert.Equal(new EnetRun(0, "prediction\n-0.5\n0.5\n-1\n", "enet: 1 entries of features beyond the 2 of the model count nowhere\n"), EnetRun.Of("predict", model, rows));
        Assert.Equal(new EnetRun(0, "prediction\n-0.5\n", ""), EnetRun.Of("predict", model, zeroBased, "--zero-based"));
        (EnetRun.Of("predict", model, zeroBased) with { Output = "" }).AssertRefused(1, "line 1: index 0, where the first is 1");
        EnetRun.Of("predict", model, rows, "--offset", "o").AssertRefused(2, "--offset, --na, --delimiter, --decimal, --thousands and --encoding are for a CSV");
        EnetRun.Of("predict", model, "rows.csv", "--zero-based").AssertRefused(2, "--zero-based is for a svmlight file");
        EnetRun.Of("predict", Save(directory, hasOffset: true), rows).AssertRefused(1, "fitted with an offset");
    }

    [Theory]
    [InlineData("b\n1\n", "the model needs a column that the CSV lacks: 'a'")]
    [InlineData("a,b\n1,2\n1,\n", "row 2, column 'b': the cell is empty")]
    [InlineData("a,b\n1,2\nNaN,2\n", "row 2, column 'a': 'NaN' is a missing value")]
    [InlineData("", "the CSV is empty")]
    public void Bad_rows_are_refused_with_1(string rows, string message)
    {
        using var directory = new TemporaryDirectory();
        EnetRun run = EnetRun.WithInput(rows, "predict", Save(directory, hasOffset: false), "-");
        (run with { Output = "" }).AssertRefused(1, message);
        Assert.DoesNotContain("\n\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_with_1()
    {
        using var directory = new TemporaryDirectory();
        string noModel = directory.Write("no.enet", "a,b\n1,2\n");
        EnetRun run = EnetRun.WithInput("a,b\n1,2\n", "predict", noModel, "-");
        run.AssertRefused(1, "enet: ");
        Assert.DoesNotContain("unexpected", run.Error, StringComparison.Ordinal);
        EnetRun.WithInput("a,b\n1,2\n", "predict", "no-such.enet", "-").AssertRefused(1, "no-such.enet");
    }

    private static string Save(TemporaryDirectory directory, bool hasOffset)
    {
        string path = directory.File("model.enet");
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names, hasOffset);
        model.Save(path);
        return path;
    }
}
