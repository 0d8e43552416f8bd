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
        EnetRun.Of("predict", model, rows, "--offset", "o").AssertRefused(2, "--id, --json, --na, --delimiter, --decimal, --thousands and --encoding are for a CSV");
        EnetRun.Of("predict", model, "rows.csv", "--zero-based").AssertRefused(2, "--zero-based is for a svmlight file");
        EnetRun.Of("predict", Save(directory, hasOffset: true), rows).AssertRefused(1, "fitted with an offset");
    }

    [Fact]
    public void Columns_are_kept_and_rows_may_be_objects()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, hasOffset: true);
        string rows = directory.Write("rows.csv", "id,b,a,o\n\"x, y\",2,1,1\n");
        string[] offset = ["--offset", "o"];
        Assert.Equal(new EnetRun(0, "id,b,a,o,prediction\n\"x, y\",2,1,1,-1.25\n", ""), EnetRun.Of(["predict", model, rows, "--append", .. offset]));
        Assert.Equal(new EnetRun(0, "o,id,prediction\n1,\"x, y\",-1.25\n", ""), EnetRun.Of(["predict", model, rows, "--id", "o,id", .. offset]));
        const string objects = "{\"id\":\"x\",\"b\":2,\"a\":1,\"o\":1}\n";
        Assert.Equal(new EnetRun(0, "{\"prediction\":-1.25}\n", ""), EnetRun.WithInput(objects, ["predict", model, "-", "--json", .. offset]));
        Assert.Equal(new EnetRun(0, "{\"id\":\"x\",\"prediction\":-1.25}\n", ""), EnetRun.WithInput(objects, ["predict", model, "-", "--json", "--id", "id", .. offset]));
        EnetRun.WithInput("id,b,a,o,prediction\n1,2,1,1,5\n", ["predict", model, "-", "--append", .. offset]).AssertRefused(1, "name the columns to keep (--id)");
        EnetRun.WithInput("sep=,\nid,b,a,o\n1,\"2,5\",1,1\n", ["predict", model, "-", "--append", "--decimal", ",", .. offset]).AssertRefused(1, "which is the decimal sign of the predictions, too");
    }

    [Fact]
    public void A_file_is_written_as_a_whole_or_not_at_all()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, hasOffset: false), output = directory.File("out.csv");
        string rows = directory.Write("rows.csv", "a,b\n1,2\n"), bad = directory.Write("bad.csv", "a,b\n1,2\n1,x\n"), sparse = directory.Write("rows.svm", "1:1 2:2\n");
        Assert.Equal(new EnetRun(0, "", ""), EnetRun.Of("predict", model, rows, "--out", output));
        Assert.Equal("prediction\n-2.25\n", File.ReadAllText(output));
        EnetRun.Of("predict", model, bad, "--append", "--out", output).AssertRefused(1, "row 2, column 'b': 'x' is not a number");
        Assert.Equal("prediction\n-2.25\n", File.ReadAllText(output));
        Assert.Equal(new EnetRun(0, "", ""), EnetRun.Of("predict", model, rows, "--append", "--out", rows));
        Assert.Equal("a,b,prediction\n1,2,-2.25\n", File.ReadAllText(rows));
        Assert.Equal(new EnetRun(0, "", ""), EnetRun.Of("predict", model, sparse, "--out", output));
        Assert.Equal("prediction\n-2.25\n", File.ReadAllText(output));
        EnetRun.Of("predict", "no-such.enet", rows, "--out", directory.Path).AssertRefused(1, "must name a file; it is a directory");
        EnetRun.Of("predict", "no-such.enet", rows, "--out", output).AssertRefused(1, "no-such.enet");
        Assert.Equal(5, Directory.GetFiles(directory.Path).Length);
    }

    [Theory]
    [InlineData("--append --id a", "--append keeps all columns, and --id some")]
    [InlineData("--id a,a", "--id (a,a) must not name one twice")]
    [InlineData("--id a,,b", "--id (a,,b) must not have empty entries")]
    [InlineData("--json --delimiter ;", "--delimiter is for a CSV")]
    public void What_is_written_must_make_sense(string options, string message) =>
        EnetRun.Of(["predict", "m.enet", "rows.csv", .. options.Split(' ')]).AssertRefused(2, message);

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
