using System.Globalization;
using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Numbers in clothes, dates, and columns of several kinds.</summary>
public class WrittenNumbersTests
{
    [Theory]
    [InlineData("1,5", ',', null, false, 1.5)]
    [InlineData("-12,75e2", ',', null, false, -1275)]
    [InlineData("1 234,5", ',', ' ', false, 1234.5)]
    [InlineData("1\u00A0234\u202F567", '.', ' ', false, 1234567)]
    [InlineData("1,234.5", '.', ',', false, 1234.5)]
    [InlineData("1.234.567,25", ',', '.', false, 1234567.25)]
    [InlineData("12’345.5", '.', '\'', false, 12345.5)]
    [InlineData("12.5 %", '.', null, true, 12.5)]
    [InlineData("$10.11", '.', null, true, 10.11)]
    [InlineData("-$10.11", '.', null, true, -10.11)]
    [InlineData("€ 1 234,50", ',', ' ', true, 1234.5)]
    [InlineData("(5)", '.', null, true, -5)]
    [InlineData("(£1,000)", '.', ',', true, -1000)]
    [InlineData("1234.5", '.', ',', false, 1234.5)]
    public void Written_so_it_is_this_number(string cell, char point, char? group, bool signs, double value)
    {
        CsvTable table = Read($"a;b\n{cell};1\n", new() { Delimiter = ';', DecimalSeparator = point, GroupSeparator = group, Signs = signs });
        Assert.Equal(InputKind.Number, table.Table.Columns[0].Kind);
        Assert.Equal([value], table.Column("a").ToArray());
    }

    [Theory]
    [InlineData("12,34.5", '.', ',')]
    [InlineData("1,2345", '.', ',')]
    [InlineData("1234,567", '.', ',')]
    [InlineData(",123", '.', ',')]
    [InlineData("1.5", ',', null)]
    [InlineData("1 23", '.', ' ')]
    public void Grouped_wrongly_it_is_none(string cell, char point, char? group)
    {
        CsvReadOptions options = new() { Delimiter = ';', DecimalSeparator = point, GroupSeparator = group, Numbers = ["a"] };
        Assert.Contains("is not a number", Assert.Throws<CsvDataException>(() => Read($"a;b\n{cell};1\n", options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1%", "it has the sign %")]
    [InlineData("$10", "it has the sign $")]
    [InlineData("1 234", "it has thousands that are set apart")]
    [InlineData("(5)", "it has brackets")]
    [InlineData("1,5", "it has a comma")]
    public void In_clothes_it_is_refused_by_name(string cell, string message)
    {
        string text = "a;b\n" + string.Concat(Enumerable.Repeat($"{cell};1\n", 30));
        Assert.Contains(message, Assert.Throws<CsvDataException>(() => Read(text, new() { Delimiter = ';' })).Message, StringComparison.Ordinal);
        Assert.Equal(InputKind.Category, Read(text, new() { Delimiter = ';', Categories = ["a"] }).Table.Columns[0].Kind);
    }

    [Fact]
    public void Numbers_of_two_signs_are_refused()
    {
        Assert.Contains("row 2, column 'a': '5 €' has the sign €, but the numbers before have the sign $", Assert.Throws<CsvDataException>(() => Read("a\n$5\n5 €\n", new() { Signs = true })).Message, StringComparison.Ordinal);
        Assert.Contains("'5' has no sign", Assert.Throws<CsvDataException>(() => Read("a\n5%\n5\n", new() { Signs = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_are_days_and_parts()
    {
        const string text = "day,y\n2024-03-01,1\n1969-12-31,2\n,3\n2024-12-31 18:30,4\n";
        CsvTable days = Read(text);
        Assert.Equal([19783, -1, double.NaN, 20088 + (18.5 / 24)], days.Column("day").ToArray());
        Assert.Equal(["column 'day' is a date and is read as days since 1970-01-01"], days.Notes);
        CsvTable parts = Read(text, new() { Dates = [TextPart.Year, TextPart.Quarter, TextPart.Month, TextPart.Weekday, TextPart.Hour] });
        Assert.Equal(["day (year)", "day (quarter)", "day (month)", "day (weekday)", "day (hour)", "y"], parts.FeatureNames);
        Assert.Equal([2024, 1969, double.NaN, 2024], parts.Column("day (year)").ToArray());
        Assert.Equal(["03", "12", "", "12"], Levels(parts, "day (month)"));
        Assert.Equal(["5 Friday", "3 Wednesday", "", "2 Tuesday"], Levels(parts, "day (weekday)"));
        Assert.Equal(["00", "00", "", "18"], Levels(parts, "day (hour)"));
        Assert.Equal(new ColumnGaps(1, 3), parts.Gaps("day (hour)"));
        Assert.Equal(InputKind.Category, Read("day,y\n2024-03-01,1\n", new() { Dates = [] }).Table.Columns[0].Kind);
    }

    [Theory]
    [InlineData("01.03.2024", 19783)]
    [InlineData("2024/3/1", 19783)]
    [InlineData("2024-03-01T12:00:00Z", 19783.5)]
    [InlineData("2024-03-01 06:00", 19783.25)]
    public void Dates_of_several_forms(string cell, double days) => Assert.Equal([days], Read($"d;y\n{cell};1\n", new() { Delimiter = ';' }).Column("d").ToArray());

    [Theory]
    [InlineData("2024-02-30")]
    [InlineData("3/1/2024")]
    [InlineData("24-03-01")]
    [InlineData("2024-03-01 25:00")]
    public void No_dates(string cell) => Assert.Equal(InputKind.Category, Read($"d\n{cell}\nx\n").Table.Columns[0].Kind);

    /// <summary>A film called 1776, wherever it stands, is a film.</summary>
    [Fact]
    public void A_column_is_decided_as_a_whole_whatever_the_order()
    {
        string[] cells = ["1776", "Alien", "Brazil", "300", "Casablanca", "NA", "007", "2024-01-01", "Dune", "Elf", "Fargo", "Gigi"];
        string[] sorted = [.. Levels(Read(Csv(cells)), "a").Order(StringComparer.Ordinal)];
        Assert.Contains("007", sorted);
        for (int first = 0; first < cells.Length; first++)
        {
            string[] turned = [.. cells[first..], .. cells[..first]];
            foreach (CsvTable table in new[] { Read(Csv(turned)), CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(Csv(turned)))) })
            {
                Assert.Equal([.. turned.Select(cell => cell == "NA" ? "" : cell)], Levels(table, "a"));
                Assert.Contains("column 'a' is text, and a number or date in 4 of 11 cells", Assert.Single(table.Notes), StringComparison.Ordinal);
            }
        }

        static string Csv(string[] cells) => "a,b\n" + string.Concat(cells.Select((cell, i) => string.Create(CultureInfo.InvariantCulture, $"{cell},{i}\n")));
    }

    [Fact]
    public void Nearly_all_numbers_refuse_the_odd_cell_whatever_the_order()
    {
        string[] cells = ["1", "2", "x", "4", "5"];
        for (int first = 0; first < cells.Length; first++)
        {
            string[] turned = [.. cells[first..], .. cells[..first]];
            string message = Assert.Throws<CsvDataException>(() => Read("a\n" + string.Join('\n', turned))).Message;
            Assert.Equal($"row {Array.IndexOf(turned, "x") + 1}, column 'a': 'x' is not a number, but 4 of the 5 cells of the column are; declare the column a category, or 'x' a missing value", message);
        }
    }

    [Fact]
    public void Latin_1_is_read_where_it_is_said()
    {
        byte[] bytes = Encoding.Latin1.GetBytes("größe,y\n1,2\n");
        Assert.Equal("größe", CsvTable.Read(new MemoryStream(bytes), new() { Encoding = Encoding.Latin1 }).FeatureNames[0]);
        Assert.Contains("not UTF-8", Assert.Throws<CsvDataException>(() => CsvTable.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    /// <summary>What was said when the table was read need not be said again: the model knows.</summary>
    [Fact]
    public void A_model_reads_rows_as_its_table_was_read()
    {
        CsvTable table = Read(
            "rate;country;day;y\n1,5 %;NA;2024-01-01;9\n2,5 %;DE;2024-02-01;3\n?;FR;2024-03-01;5\n4 %;NA;2024-04-01;9,5\n",
            new() { Target = "y", DecimalSeparator = ',', Signs = true, MissingTokens = ["?"], Dates = [TextPart.Days, TextPart.Month] });
        using ElasticNetModel fitted = ElasticNetEstimator.Fit(table.Table, table.Target, 0.01, 0, new() { Preparation = new() { Imputation = ImputationMethod.Mean } });
        using ElasticNetModel model = ElasticNetModel.Load(Models.SampleModels.Bytes(fitted));
        double[] expected = model.Predict(table.Table);
        using var output = new MemoryStream();
        PredictionWriter.Write(
            model, new StringReader("day;country;rate\n2024-01-01;NA;1,5 %\n2024-02-01;DE;2,5%\n01.03.2024;FR;?\n2024-04-01;NA;4 %\n2024-04-01;XX;4 %\n"), output, null, out InputTally tally);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.ToArray()).Split('\n')[1..5].Select(line => double.Parse(line, CultureInfo.InvariantCulture)));
        Assert.Contains("1 of 5 rows has a level of 'country' that the model does not know ('XX')", tally.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 of 5 rows has no 'rate', filled by ", tally.ToString(), StringComparison.Ordinal);
        Assert.Contains("has no sign, but the model was fitted to numbers with the sign %", Assert.Throws<CsvDataException>(() => PredictionWriter.Write(model, new StringReader("day;country;rate\n2024-01-01;NA;1,5\n"), Stream.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_beyond_double_is_refused()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1e300], ["a"]);
        Assert.Contains("row 1 predicts Infinity", Assert.Throws<CsvDataException>(() => PredictionWriter.Write(model, new StringReader("a\n1e300\n"), Stream.Null)).Message, StringComparison.Ordinal);
    }

    private static string[] Levels(CsvTable table, string name)
    {
        InputColumn column = table.Table.Columns.Single(column => column.Name == name);
        return [.. table.Column(name).ToArray().Select(code => double.IsNaN(code) ? "" : column.Levels[(int)code])];
    }

    private static CsvTable Read(string text, CsvReadOptions? options = null) => CsvTable.Read(new StringReader(text), options);
}
