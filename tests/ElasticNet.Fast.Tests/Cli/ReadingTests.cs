using System.Globalization;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Tables as people have them, on the command line. Command lines run one after another.</summary>
[Collection(nameof(CommandLineTests))]
public class ReadingTests
{
    [Fact]
    public void A_decimal_comma_is_read_where_it_is_said()
    {
        EnetRun run = EnetRun.WithInput("a;y\n0,5;1\n1,5;3\n2,5;5\n", "fit", "-", "--target", "y", "--lambda", "0", "--decimal", ",");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        EnetRun.WithInput("a;y\n0,5;1\n", "fit", "-", "--target", "y", "--delimiter", ";").AssertRefused(1, "it has a comma, where numbers have a decimal point and no digit grouping; a category must be declared as one (--decimal, --categories)");
    }

    [Theory]
    [InlineData("--decimal ;", "--decimal (;) must be a point or a comma")]
    [InlineData("--thousands x", "--thousands (x) must be space, comma, point, apostrophe or underscore")]
    [InlineData("--decimal , --thousands comma", "--thousands and --decimal cannot both be ','")]
    [InlineData("--thousands point", "--thousands and --decimal cannot both be '.'")]
    [InlineData("--decimal , --delimiter ,", "--delimiter and --decimal cannot both be ','")]
    [InlineData("--dates day", "--dates (day) must be days, year, quarter, month, weekday, hour, or text alone")]
    [InlineData("--dates days,days", "--dates (days,days) must not name one twice")]
    [InlineData("--encoding ebcdic", "--encoding (ebcdic) must be utf-8 or latin-1")]
    public void Wrong_options_are_usage_errors(string options, string message) =>
        EnetRun.WithInput("a,y\n1,2\n", ["fit", "-", "--target", "y", .. options.Split(' ')]).AssertRefused(2, message);

    [Fact]
    public void A_level_called_NA_stays_one()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("c.enet");
        EnetRun.WithInput("a,country,y\n1,NA,9\n2,DE,3\n3,FR,5\n4,NA,9.5\n1,DE,2\n2,FR,4\n", "fit", "-", "--target", "y", "--lambda", "0.01", "--na", "NULL", "--out", model);
        EnetRun predict = EnetRun.WithInput("a,country\n1,NA\n", "predict", model, "-");
        Assert.Equal("", predict.Error);
        Assert.Equal(8.768334311047234, double.Parse(predict.Output.Split('\n')[1], CultureInfo.InvariantCulture), 1e-9);
    }

    [Fact]
    public void Levels_under_a_reference_that_nobody_knows_are_told()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("zip.enet");
        EnetRun.WithInput("a,zip,y\n1,01234,1\n2,02468,3\n3,03702,2\n4,01234,4\n5,02468,6\n6,03702,5\n", "fit", "-", "--target", "y", "--lambda", "0.05", "--categories", "zip", "--reference", "first", "--out", model);
        EnetRun predict = EnetRun.WithInput("a,zip\n0,1234\n0,\"02468 \"\n0,\n", "predict", model, "-");
        Assert.Equal(
            "enet: note: 1 of 3 rows has a level of 'zip' that the model does not know ('1234'), counted as no level, which is that of '01234'; 1 of 3 rows has no 'zip', counted as no level, which is that of '01234'\n",
            predict.Error);
    }

    [Fact]
    public void Text_that_names_rows_is_refused_with_what_can_be_done()
    {
        string data = "cust,a,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"u{i},{i % 7},{i % 5}\n")));
        EnetRun.WithInput(data, "fit", "-", "--target", "y").AssertRefused(1,
            "column 'cust' has 60 levels in 60 rows, such as 'u0': what names rows says nothing about others; leave it out (--exclude), pool what is rare (--min-level-count 2), or say that it is meant (--categories)");
        foreach (string[] way in new string[][] { ["--exclude", "cust"], ["--min-level-count", "2"], ["--categories", "cust"] })
            Assert.Equal(0, EnetRun.WithInput(data, ["fit", "-", "--target", "y", .. way]).ExitCode);
        Assert.Equal(0, EnetRun.WithInput(data, "describe", "-").ExitCode);
    }

    [Fact]
    public void Dates_are_days_and_months_in_fit_and_predict()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("days.enet");
        string data = "day,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{new DateOnly(2024, 1, 1).AddDays(i * 6):yyyy-MM-dd},{i % 11}\n")));
        EnetRun fit = EnetRun.WithInput(data, "fit", "-", "--target", "y", "--lambda", "0.01", "--dates", "days,month", "--out", model);
        Assert.Equal((0, "enet: note: column 'day' is a date and is read as days, month\n"), (fit.ExitCode, fit.Error));
        EnetRun predict = EnetRun.WithInput("day\n2024-05-05\n2030-12-01\n", "predict", model, "-");
        Assert.Equal((0, ""), (predict.ExitCode, predict.Error));
        Assert.Equal("enet: row 1, column 'day': 'soon' is not a date such as 2024-03-01\n", EnetRun.WithInput("day\nsoon\n", "predict", model, "-").Error);
        Assert.Equal(0, EnetRun.WithInput(data, "verify", model, "-").ExitCode);
    }

    [Fact]
    public void A_column_that_is_the_target_is_remarked_upon()
    {
        string data = "a,twice,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 7 % 5},{2 * i},{i}\n")));
        EnetRun run = EnetRun.WithInput(data, "fit", "-", "--target", "y", "--lambda", "0.01");
        Assert.Equal("enet: warning: column 'twice' is the target 'y' to rounding, up to scale; --exclude leaves it out\n", run.Error);
        string near = "a,most,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 7 % 5},{i + (i % 3 * 0.5)},{i}\n")));
        Assert.Contains("note: column 'most' alone explains 99.", EnetRun.WithInput(near, "fit", "-", "--target", "y", "--lambda", "0.01").Error, StringComparison.Ordinal);
    }
}
