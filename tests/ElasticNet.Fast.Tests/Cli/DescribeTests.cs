using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class DescribeTests
{
    private const string Data = "a,town,y,none\n1,Ulm,2,\n2,Ulm,4,\nNA,Bonn,5,\n4,Köln,8,\n10,Ulm,NA,\n";

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Shows_a_line_for_each_column_in_the_order_of_the_file(string culture)
    {
        using var scope = new CultureScope(culture);
        EnetRun run = EnetRun.WithInput(Data, "describe", "-", "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n');
        Assert.Equal("5 rows, 4 columns, 1 of them categories; 7 missing values in 3 columns", lines[0]);
        Assert.Equal(["column", "type", "missing", "share", "r", "min", "mean", "median", "max", "SD"], Words(lines[3]));
        Assert.Equal(["a", "number", "1", "20.0%", "1.000", "1", "4.25", "3", "10", "4.0311"], Words(lines[4]));
        Assert.StartsWith("town    category", lines[5], StringComparison.Ordinal);
        Assert.EndsWith("3 levels: Ulm 3, Bonn 1, Köln 1", lines[5], StringComparison.Ordinal);
        Assert.Equal(["y", "number", "1", "20.0%", "1.000", "2", "4.75", "4.5", "8", "2.5"], Words(lines[6]));
        Assert.Equal(["none", "number", "5", "100.0%"], Words(lines[7]));
    }

    [Fact]
    public void Json_has_everything()
    {
        using var json = JsonDocument.Parse(EnetRun.WithInput(Data, "describe", "-", "--target", "y", "--json").Output);
        Assert.Equal(5, json.RootElement.GetProperty("rows").GetInt32());
        JsonElement columns = json.RootElement.GetProperty("columns");
        Assert.Equal(["a", "town", "y", "none"], columns.EnumerateArray().Select(column => column.GetProperty("name").GetString()));
        Assert.Equal(0.2, columns[0].GetProperty("missingShare").GetDouble());
        Assert.Equal(4.25, columns[0].GetProperty("mean").GetDouble());
        Assert.Equal(1, columns[0].GetProperty("correlation").GetDouble(), 12);
        Assert.Equal("Ulm", columns[1].GetProperty("levels")[0].GetProperty("level").GetString());
        Assert.Equal(3, columns[1].GetProperty("levels")[0].GetProperty("count").GetInt32());
        // Between the towns lie (3 − 4.75)²·2 + (5 − 4.75)² + (8 − 4.75)² of the total 18.75.
        Assert.Equal(Math.Sqrt(16.75 / 18.75), columns[1].GetProperty("correlationRatio").GetDouble(), 12);
        Assert.Equal(JsonValueKind.Null, columns[3].GetProperty("mean").ValueKind);
        Assert.Equal(JsonValueKind.Null, columns[3].GetProperty("correlation").ValueKind);
    }

    [Fact]
    public void Without_a_target_there_are_no_correlations()
    {
        Assert.DoesNotContain(" r ", EnetRun.WithInput(Data, "describe", "-").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("correlation", EnetRun.WithInput(Data, "describe", "-", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_is_told_by_the_options_of_fit()
    {
        string output = EnetRun.WithInput("id;z;a\n1;12;?\n2;13;4\n", "describe", "-", "--delimiter", ";", "--na", "?", "--categories", "z", "--exclude", "id").Output;
        Assert.Contains("2 levels: 12 1, 13 1", output, StringComparison.Ordinal);
        Assert.StartsWith("2 rows, 2 columns, 1 of them categories; 1 missing value in 1 column", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_hundred_columns_take_a_line_each_of_equal_shape()
    {
        string header = string.Join(',', Enumerable.Range(0, 500).Select(j => j == 7 ? new string('n', 80) : $"column{j}"));
        string row = string.Join(',', Enumerable.Range(0, 500).Select(j => FormattableString.Invariant($"{j * 1.1e5}")));
        string[] lines = EnetRun.WithInput($"{header}\n{row}\n{row}\n", "describe", "-").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(502, lines.Length);
        Assert.Single(lines[2..].Select(line => line.Length).Distinct());
        // A name is as long as it is, where nobody looks at it on a terminal.
        Assert.Contains(lines, line => line.StartsWith(new string('n', 80), StringComparison.Ordinal));
        Assert.InRange(lines[3].Length, 80 + 60, 80 + 100);
    }

    [Theory]
    [InlineData("describe data.csv --target y --exclude y", 2, "column 'y' cannot be both --target and --exclude")]
    [InlineData("describe data.csv --target y --categories y", 2, "column 'y' cannot be both --target and --categories")]
    [InlineData("describe no-such.csv", 1, "no-such.csv")]
    public void A_wrong_command_line_is_refused(string commandLine, int exitCode, string message) =>
        EnetRun.Of(commandLine.Split(' ')).AssertRefused(exitCode, message);

    [Theory]
    [InlineData("a,y\n1,x\n", "row 1, column 'y': 'x' is not a number")]
    [InlineData("a,b\n1,2\n", "there is no column 'y'")]
    [InlineData("a,y\n1,1\nx,1\n", "row 2, column 'a': 'x' is not a number, but 1 of the 2 cells of the column are")]
    public void A_bad_table_is_refused(string data, string message) =>
        EnetRun.WithInput(data, "describe", "-", "--target", "y").AssertRefused(1, message);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
