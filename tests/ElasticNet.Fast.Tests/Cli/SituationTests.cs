using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Situations that people report of other packages: tables as they come, folds as they fall.</summary>
[Collection(nameof(CommandLineTests))]
public class SituationTests
{
    private static string Rows(string header, Func<int, string> row, int count = 40) => header + "\n" + string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    private static string Y(int i) => FormattableString.Invariant($"{2 * (i % 7) - 0.5 * (i * i % 11) + 0.1 * (i % 3)}");

    private static EnetRun Fit(string table, params string[] options) => EnetRun.WithInput(table, ["fit", "-", "--target", "y", "--lambda", "0.01", .. options]);

    /// <summary>The first line of the report, where the features are counted.</summary>
    private static void Reads(EnetRun run, int rows, int features, string note)
    {
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(FormattableString.Invariant($"target         y, {rows} rows, {features} features\n"), run.Output, StringComparison.Ordinal);
        Assert.Equal(note.Length == 0 ? "" : $"enet: note: {note}\n", run.Error);
    }

    /// <summary>pandas' to_csv and R's write.csv: row numbers in a column without a name.</summary>
    [Fact]
    public void Row_numbers_that_were_written_along_are_left_out()
    {
        Reads(Fit(Rows(",a,b,y", i => $"{i},{i % 7},{i * i % 11},{Y(i)}")), 40, 2, "the first column has no name, as row numbers have that are written along, and is left out");
        Reads(Fit(Rows("a,,b,y", i => $"{i % 7},{i},{i * i % 11},{Y(i)}"), "--exclude", "2"), 40, 2, "");
        Reads(Fit(Rows("a,2,b,y", i => $"{i % 7},{i % 5},{i * i % 11},{Y(i)}"), "--exclude", "2"), 40, 2, "");
        Fit("a,,b,y\n1,2,3,4\n").AssertRefused(1, "column 2 of 4 has no name in the header; its place, 2, leaves it out (--exclude)");
        Fit("a,b,y\n1,2,3\n", "--exclude", "4").AssertRefused(1, "there is no column '4'");
    }

    [Fact]
    public void Codes_that_look_like_numbers_are_remarked_upon()
    {
        string[] zips = ["90210", "02134", "00501"];
        string table = Rows("zip,b,y", i => $"{zips[i % 3]},{i * i % 11},{Y(i)}");
        Reads(Fit(table), 40, 2, "column 'zip' is read as numbers, and some begin with 0 ('02134' in row 2): if they are codes, declare it a category");
        Reads(Fit(table, "--categories", "zip"), 40, 4, "");
        Reads(Fit(Rows("a,b,y", i => $"0.{i % 7},{i * i % 11},{Y(i)}")), 40, 2, "");
    }

    /// <summary>What word processors and some locales make of a minus.</summary>
    [Fact]
    public void A_long_minus_is_a_minus_where_somebody_says_so()
    {
        string table = Rows("a,b,y", i => $"{(i % 7 > 2 ? "−" : "")}{i % 7},{i * i % 11},{Y(i)}");
        Fit(table).AssertRefused(1, "it has the minus sign −, which an option of reading takes off; a category must be declared as one (--signs, --categories)");
        Assert.Equal(Fit(table.Replace('−', '-')).Output.Split("time")[0], Fit(table, "--signs").Output.Split("time")[0]);
    }

    /// <summary>pandas writes 2024-03-01 12:00:00+00:00.</summary>
    [Theory]
    [InlineData("2024-03-{0:00} 12:00:00+00:00")]
    [InlineData("2024-03-{0:00}T12:00:00+05:30")]
    [InlineData("2024-03-{0:00}T12:00:00.123456-0800")]
    [InlineData("2024-03-{0:00} 12:00+02")]
    public void Times_with_their_distance_from_Greenwich_are_dates(string form) =>
        Reads(Fit(Rows("d,b,y", i => $"{form.Replace("{0:00}", (1 + i % 28).ToString("00", null), StringComparison.Ordinal)},{i * i % 11},{Y(i)}")), 40, 2, "column 'd' is a date and is read as days since 1970-01-01");

    [Fact]
    public void Grouped_thousands_are_told_from_decimal_commas()
    {
        Fit(Rows("v,b,y", i => $"\"1,{100 + i}\",{i * i % 11},{Y(i)}")).AssertRefused(1, "(--thousands, --decimal, --categories)");
        Fit(Rows("v,b,y", i => $"\"1,{i % 7}\",{i * i % 11},{Y(i)}")).AssertRefused(1, "(--decimal, --categories)");
    }

    [Fact]
    public void Blanks_on_the_last_line_are_no_row() => Reads(Fit(Rows("a,b,y", i => $"{i % 7},{i * i % 11},{Y(i)}") + "   \n \n"), 40, 2, "");

    /// <summary>"One multinomial or binomial class has 1 or 0 observations; not allowed."</summary>
    [Fact]
    public void A_class_that_one_fold_alone_has_is_named_as_the_reason()
    {
        string table = Rows("a,b,y", i => $"{i % 7},{i * i % 11},{(i == 3 ? "yes" : "no")}");
        EnetRun.WithInput(table, "fit", "-", "--target", "y", "--family", "binomial", "--folds", "5")
            .AssertRefused(1, "of 5 without a model: in the rows that it trains on it is 0 in every row that counts: there is one class only, and no finite intercept fits it. Cross-validation needs such rows in more folds than one.");
        Assert.Equal(0, EnetRun.WithInput(table, "fit", "-", "--target", "y", "--family", "binomial", "--lambda", "0.01").ExitCode);
    }

    [Fact]
    public void Remedies_are_options_here()
    {
        string counts = Rows("a,b,y", i => $"{i % 7},{i * i % 11},{2 + i % 2}");
        Fit(counts, "--family", "negative-binomial").AssertRefused(1, "--family poisson is for them.");
        EnetRun wide = EnetRun.WithInput(Rows("a,b,c,y", i => $"{i},{i * i},{i * i * i},{i}", 4), "fit", "-", "--target", "y", "--lambda", "0", "--table");
        Assert.EndsWith("leave features out, or see enet infer.\n", wide.Error, StringComparison.Ordinal);
    }
}
