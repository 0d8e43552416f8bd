using System.Text;
using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Tests.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class FitBadInputTests
{
    [Theory]
    [InlineData("", "", "the CSV is empty")]
    [InlineData("a,y\n", "", "no rows")]
    [InlineData("1.5,2\n3,4\n", "", "the header is missing")]
    [InlineData("a,a,y\n1,2,3\n", "", "the header names 'a' twice")]
    [InlineData("a,b\n1,2\n", "", "there is no column 'y'; the columns are 'a', 'b'")]
    [InlineData("a,y\n1,2\n", "--weights w", "there is no column 'w'")]
    [InlineData("a,y\n1,2\n", "--exclude b", "there is no column 'b'")]
    [InlineData("y\n1\n2\n", "", "no column is left to be a feature")]
    [InlineData("a,y\n1,2\n2,3\n", "--exclude a", "no column is left to be a feature")]
    [InlineData("a,y\n1,2\nx,3\n", "", "row 2, column 'a': 'x' is not a number")]
    [InlineData("a,y\n1,\n1,NaN\n", "", "column 'y', the target, is missing in all 2 rows")]
    [InlineData("a,y\n1,2\n-Infinity,3\n", "", "row 2, column 'a': '-Infinity' is not a finite number")]
    [InlineData("a,y\n1,2\n1\n", "", "row 2 has 1 field, the header has 2")]
    [InlineData("a,y,f\n1,2,0\n2,3,0.5\n", "--fold-column f", "row 2, column 'f': 0.5 is not a whole number")]
    public void Is_refused_with_1_and_one_line(string data, string options, string message)
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("data.csv", data);
        EnetRun.Of(["fit", path, "--target", "y", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).AssertRefused(1, message);
    }

    [Fact]
    public void More_folds_than_rows_are_refused()
    {
        EnetRun.WithInput("a,y\n1,2\n2,3\n3,5\n", "fit", "-", "--target", "y").AssertRefused(1, "10");
        EnetRun.WithInput("a,y\n1,2\n2,3\n3,5\n", "fit", "-", "--target", "y", "--folds", "4").AssertRefused(1, "4");
    }

    [Fact]
    public void Negative_weights_are_refused()
    {
        EnetRun.WithInput("a,y,w\n1,2,1\n2,3,-1\n3,5,1\n", "fit", "-", "--target", "y", "--weights", "w", "--lambda", "1")
            .AssertRefused(1, "-1");
    }

    [Fact]
    public void A_missing_file_is_refused_by_name()
    {
        EnetRun.Of("fit", "no-such-file.csv", "--target", "y").AssertRefused(1, "no-such-file.csv");
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_by_name()
    {
        string place = Path.Combine("no-such-directory", "model.enet");
        EnetRun.WithInput("a,y\n1,2\n2,3\n", "fit", "-", "--target", "y", "--lambda", "0.1", "--out", place).AssertRefused(1, "no-such-directory");
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_before_the_data_are_read()
    {
        using var directory = new TemporaryDirectory();
        string missing = Path.Combine(directory.Path, "missing", "model.enet");
        EnetRun.Of("fit", "no-such-file.csv", "--target", "y", "--out", missing).AssertRefused(1, "must lie in a directory that exists");
        EnetRun.Of("fit", "no-such-file.csv", "--target", "y", "--out", directory.Path).AssertRefused(1, "must name a file; it is a directory");
        if (!OperatingSystem.IsLinux())
            return; // A directory that takes no file, from anybody.
        EnetRun.Of("fit", "no-such-file.csv", "--target", "y", "--out", "/proc/model.enet").AssertRefused(1, "'/proc/model.enet' could not be written");
        EnetRun.Of("fit", "no-such-file.csv", "--target", "y", "--report", "/proc/report.html").AssertRefused(1, "'/proc/report.html' could not be written");
        EnetRun.Of("select", "no-such-file.csv", "--target", "y", "--refit", "bic", "--out", "/proc/model.enet").AssertRefused(1, "'/proc/model.enet' could not be written");
        EnetRun.Of("stability", "no-such-file.csv", "--target", "y", "--plot", "/proc/plot.svg").AssertRefused(1, "'/proc/plot.svg' could not be written");
    }

    [Fact]
    public void A_fit_is_reported_even_if_its_model_cannot_be_saved()
    {
        using var directory = new TemporaryDirectory();
        string place = directory.File("gone"), file = Path.Combine(place, "model.enet");
        Directory.CreateDirectory(place);
        // The place is there when the command line is looked at, and gone when the data have been read.
        using var input = new PieceStream(() =>
        {
            if (!Directory.Exists(place))
                return "";
            Directory.Delete(place);
            return "a,y\n1,2\n2,3\n3,5\n";
        });
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int exitCode;
        using (var terminal = new Terminal(input, output, error, showsProgress: false))
            exitCode = new CommandLine(terminal).Run(["fit", "-", "--target", "y", "--lambda", "0.1", "--out", file]);
        EnetRun run = new(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
        Assert.Contains("certificate", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("model.enet", run.Output, StringComparison.Ordinal);
        (run with { Output = "" }).AssertRefused(1, $"'{file}' could not be written");
    }

    [Fact]
    public void A_directory_is_not_a_file()
    {
        using var directory = new TemporaryDirectory();
        string expected = $"enet: '{directory.Path}' is a directory, not a file\n";
        Assert.Equal(new EnetRun(1, "", expected), EnetRun.Of("fit", directory.Path, "--target", "y"));
        Assert.Equal(new EnetRun(1, "", expected), EnetRun.Of("predict", directory.Path, "-"));
        Assert.Equal(new EnetRun(1, "", expected), EnetRun.Of("inspect", directory.Path));
    }

    [Fact]
    public void Names_that_would_command_a_terminal_are_shown_harmless()
    {
        const string Header = "\"a\nb\u001B[2J\",y\n";
        EnetRun.WithInput(Header + "1,1\nx,1\n", "fit", "-", "--target", "y").AssertRefused(1, @"row 2, column 'a\nb\u001B[2J': 'x' is not a number");
        EnetRun run = EnetRun.WithInput(Header + "1,2\n2,3\n3,5\n", "fit", "-", "--target", "y", "--lambda", "0.1");
        Assert.Contains(@"a\nb\u001B[2J ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', run.Output);
        EnetRun said = EnetRun.WithInput("\" \u001B[2J\",y\n1,2\n2,3\n3,5\n", "describe", "-");
        Assert.Equal((0, "enet: note: blanks around the names of columns are left out (' \\u001B[2J')\n"), (said.ExitCode, said.Error));
    }

    [Theory]
    [InlineData("a,y\n1,2\n", 2.0, true)] // One row: nothing varies, so nothing but the intercept.
    [InlineData("a,y\n7,1\n7,3\n", 2.0, true)] // A constant column has coefficient 0.
    [InlineData("a,y\n1,4\n2,4\n3,4\n", 4.0, false)] // A constant target is explained by the intercept.
    public void Nothing_to_explain_gives_the_mean(string data, double intercept, bool isConstant)
    {
        EnetRun run = EnetRun.WithInput(data, "fit", "-", "--target", "y", "--lambda", "0.5", "--json");
        Assert.Equal((0, isConstant ? EnetRun.ConstantNote("a") : ""), (run.ExitCode, run.Error));
        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.Equal(intercept, json.RootElement.GetProperty("intercept").GetDouble());
        Assert.Equal(0, json.RootElement.GetProperty("coefficients").GetProperty("a").GetDouble());
        Assert.InRange(json.RootElement.GetProperty("relativeGap").GetDouble(), 0, 1e-15);
    }
}
