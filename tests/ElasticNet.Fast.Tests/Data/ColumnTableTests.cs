using System.Data;
using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.TypedRows;

namespace ElasticNet.Fast.Tests.Data;

/// <summary>Tables from arrays, readers and rows of types: what the same data are in a CSV.</summary>
public class ColumnTableTests
{
    private const string Csv = """
        area,rooms,district,sold,price
        60.5,3,north,2024-03-01,220
        ,2,south,2024-03-02 12:00,310
        55,NA,,2024-02-29,150
        70,4,north,,260
        90,5, west ,1969-12-31,
        65,2,south,2024-03-01,265
        """;

    private static readonly double[] s_area = [60.5, double.NaN, 55, 70, 90, 65];
    private static readonly int?[] s_rooms = [3, 2, null, 4, 5, 2];
    private static readonly string?[] s_district = ["north", "south", null, "north", " west ", "south"];
    private static readonly DateTime?[] s_sold = [new(2024, 3, 1), new(2024, 3, 2, 12, 0, 0), new(2024, 2, 29), null, new(1969, 12, 31), new(2024, 3, 1)];
    private static readonly double[] s_price = [220, 310, 150, 260, double.NaN, 265];

    private static FeatureTable OfCsv => CsvTable.Read(new StringReader(Csv)).Table;

    private static FeatureTable OfColumns => FeatureTable.FromColumns(("area", s_area), ("rooms", s_rooms), ("district", s_district), ("sold", s_sold), ("price", s_price));

    private static DataTable OfData
    {
        get
        {
            DataTable table = new() { Locale = CultureInfo.GetCultureInfo("de-DE") };
            table.Columns.Add("area", typeof(float));
            table.Columns.Add("rooms", typeof(short));
            table.Columns.Add("district", typeof(string));
            table.Columns.Add("sold", typeof(DateTime));
            table.Columns.Add("price", typeof(decimal));
            for (int i = 0; i < 6; i++)
                table.Rows.Add((float)s_area[i], s_rooms[i] is { } rooms ? (object)(short)rooms : DBNull.Value, s_district[i], s_sold[i] is { } sold ? sold : DBNull.Value, i == 4 ? DBNull.Value : (decimal)s_price[i]);
            return table;
        }
    }

    private static void Same(FeatureTable expected, FeatureTable actual)
    {
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Columns, actual.Columns);
        Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray());
        Assert.Equal(expected.Format!.Columns, actual.Format!.Columns);
    }

    [Fact]
    public void Columns_of_arrays_are_what_they_are_in_a_csv() => Same(OfCsv, OfColumns);

    [Fact]
    public void A_data_table_is_what_it_is_in_a_csv()
    {
        DataTable table = OfData;
        Same(OfCsv, FeatureTable.From(table));
        table.AcceptChanges();
        table.Rows[0].Delete();
        Assert.Equal(5, FeatureTable.From(table).Rows);
    }

    [Fact]
    public async Task A_reader_is_what_it_is_in_a_csv_waited_for_or_not()
    {
        using DataTableReader reader = OfData.CreateDataReader();
        Same(OfCsv, FeatureTable.From(reader));
        Assert.Equal(0, FeatureTable.From(reader).Rows);
        using DataTableReader another = OfData.CreateDataReader();
        Same(OfCsv, await FeatureTable.FromAsync(another));
        using DataTableReader stopped = OfData.CreateDataReader();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FeatureTable.FromAsync(stopped, new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => FeatureTable.From(stopped, new CancellationToken(true)));
    }

    [Fact]
    public void Every_kind_of_number_is_read_and_anything_else_refused_by_name()
    {
        DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("any", typeof(object));
        foreach (object value in new object[] { 1.5, 2.5f, 3.5m, (sbyte)4, (byte)5, (short)6, (ushort)7, 8, 9u, 10L, 11ul, (Half)12, true, DBNull.Value })
            table.Rows.Add(value);
        Assert.Equal([1.5, 2.5, 3.5, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, double.NaN], FeatureTable.From(table).Values.ToArray());
        table.Rows.Add("abc");
        Assert.StartsWith("'reader' must have columns of one kind, but 'any' has a value in row 14 (counted from 0) that is the text 'abc', but holds numbers before.", Message(table), StringComparison.Ordinal);
        table.Rows.Clear();
        table.Rows.Add("abc");
        table.Rows.Add(new DateOnly(2024, 3, 1));
        Assert.Contains("that is a date, but holds text before", Message(table), StringComparison.Ordinal);
        table.Rows.Clear();
        table.Rows.Add(new DateTimeOffset(2024, 3, 1, 6, 0, 0, TimeSpan.FromHours(5)));
        table.Rows.Add(new DateOnly(1970, 1, 2));
        Assert.Equal([19783.25, 1], FeatureTable.From(table).Values.ToArray());
        table.Rows.Clear();
        table.Rows.Add(Guid.Empty);
        Assert.Contains("of the type Guid", Message(table), StringComparison.Ordinal);

        static string Message(DataTable table) => Assert.Throws<ArgumentException>(() => FeatureTable.From(table)).Message;
    }

    [Fact]
    public void Columns_of_every_sort_convert()
    {
        FeatureTable table = FeatureTable.FromColumns(
            ("a", (float[])[1.5f, float.NaN]), ("b", (int[])[1, 2]), ("c", (bool[])[true, false]), ("d", (bool?[])[null, true]), ("e", (double?[])[null, 2.5]), ("f", (DateTime[])[DateTime.UnixEpoch, new(1970, 1, 2, 6, 0, 0)]));
        Assert.Equal([1.5, double.NaN, 1, 2, 1, 0, double.NaN, 1, double.NaN, 2.5, 0, 1.25], table.Values.ToArray());
        Assert.Equal(["a", "b", "c", "d", "e", "f"], table.Columns.Select(column => column.Name));
    }

    [Fact]
    public void What_is_to_be_predicted_is_taken_apart_and_rows_without_it_left_out()
    {
        FeatureTable sold = OfColumns.WithoutRowsLacking("price");
        Assert.Equal(5, sold.Rows);
        ElasticNetOptions options = new() { Preparation = new() { Imputation = ImputationMethod.Mean } };
        using ElasticNetModel model = ElasticNetEstimator.Fit(sold.Without("price"), sold.Target("price"), 0.1, options: options);
        CsvTable csv = CsvTable.Read(new StringReader(Csv), new() { Target = "price" });
        using ElasticNetModel same = ElasticNetEstimator.Fit(csv.Table, csv.Target, 0.1, options: options);
        Assert.Equal("price", model.TargetName);
        Assert.Equal(same.Values.ToArray(), model.Values.ToArray());
        // Either predicts what the other was fitted to, "west" as unknown to both.
        Assert.Equal(same.Predict(OfCsv), model.Predict(OfColumns));
        Assert.Equal(model.Predict(OfCsv), same.Predict(OfColumns));
        Assert.Contains("is 'price', which is what is predicted", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(sold, sold.Target("price"), 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("'name' (Price) must be one of the 5 columns (did you mean 'price'?).", Assert.Throws<ArgumentException>(() => sold.Target("Price")).Message, StringComparison.Ordinal);
        Assert.Same(sold, sold.WithoutRowsLacking("price"));
    }

    [Fact]
    public void Levels_are_classes_and_one_event_takes_two()
    {
        FeatureTable table = FeatureTable.FromColumns(("usage", (double[])[1, 8, 2, 7, 6, 3]), ("churned", (string[])["yes", "no", "yes", "no", "yes", "no"]));
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Without("churned"), table.Target("churned"), 0.05, options: new() { Family = Family.Binomial });
        Assert.Equal("yes", model.PositiveClass);
        Assert.Equal("churned", model.TargetName);
        Assert.Equal(3, OfColumns.Target("district").ClassNames!.Count);
        FeatureTable complete = OfColumns.WithoutRowsLacking("district");
        Assert.Contains("must hold two different labels for binomial, but holds 3", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(complete.Without("district"), complete.Target("district"), 0.1, options: new() { Family = Family.Binomial })).Message, StringComparison.Ordinal);
        FeatureTable same = FeatureTable.FromColumns(("churned", (string[])["yes", "yes"]));
        Assert.Contains("two different labels", Assert.Throws<ArgumentException>(() => same.Target("churned")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_can_be_categories()
    {
        FeatureTable table = FeatureTable.FromColumns(("zip", (double[])[6170, 80, double.NaN, 6170]), ("area", (double[])[1, 2, 3, 4])).WithCategories("zip");
        Assert.Equal(InputColumn.Category("zip", ["6170", "80"]), table.Columns[0]);
        Assert.Equal([0, 1, double.NaN, 0, 1, 2, 3, 4], table.Values.ToArray());
    }

    [Fact]
    public void Dates_can_be_categories_and_a_csv_has_the_same_levels()
    {
        DateTime?[] days = [new(2024, 3, 1), new(2024, 3, 2, 12, 30, 0), null, new(2024, 3, 1), new(2024, 3, 2, 12, 30, 0), new(2024, 3, 1)];
        FeatureTable table = FeatureTable.FromColumns(("day", days), ("area", (double[])[1, 2, 3, 4, 2, 7])).WithCategories("day");
        Assert.Equal(InputColumn.Category("day", ["2024-03-01", "2024-03-02 12:30:00"]), table.Columns[0]);
        Assert.Equal([0, 1, double.NaN, 0, 1, 0], table.Column(0));
        double[] y = [1, 5, 3, 2, 6, 4];
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, y, 0.01);
        using CsvFeatureReader reader = new(new StringReader("area,day\n2,2024-03-02 12:30:00\n"), model);
        Assert.True(reader.Read());
        Assert.Equal(model.Predict(table)[1], model.Predict(reader.Row));

        CsvTable years = CsvTable.Read(new StringReader("day,area\n2023-03-01,1\n2024-03-01,2\n2023-05-01,3\n2024-07-01,5\n"), new() { Dates = [TextPart.Year] });
        using ElasticNetModel ofYears = ElasticNetEstimator.Fit(years.Table.WithCategories("day (year)"), (double[])[1, 4, 2, 7], 0.01);
        using CsvFeatureReader other = new(new StringReader("area,day\n2,2024-09-01\n"), ofYears);
        Assert.True(other.Read());
        Assert.Equal(1, other.Row[0]);
    }

    [Fact]
    public void A_reader_and_a_row_take_the_same_types()
    {
        object[] values = [1.5, 1.5f, (Half)1.5, 1.5m, (sbyte)1, (byte)1, (short)1, (ushort)1, 1, 1u, 1L, 1ul, true, 'a', "a", new DateTime(2024, 3, 1), new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.FromHours(5)), new DateOnly(2024, 3, 1), DBNull.Value, System.Text.Json.JsonDocument.Parse("1.5").RootElement, System.Text.Json.JsonDocument.Parse("\"a\"").RootElement];
        foreach (object value in values)
        {
            ElasticNet.Fast.Data.ValueCollector column = new("c");
            column.Add(value);
            double[] got = new double[1];
            InputColumn kind = column.Finish(got);
            Assert.True(RowValue.TryOf(value, out RowValue row));
            Assert.Equal(row.Number, kind.Kind == InputKind.Number ? got[0] : double.NaN);
            Assert.Equal(row.Text.ToString(), kind.Kind == InputKind.Category ? kind.Levels[0] : "");
        }

        Assert.Contains("not a number, truth value, text or date", Assert.Throws<ArgumentException>(() => new ElasticNet.Fast.Data.ValueCollector("c").Add(Guid.Empty)).Message, StringComparison.Ordinal);
        Assert.False(RowValue.TryOf(Guid.Empty, out _));
    }

    [Fact]
    public void Columns_that_are_no_table_are_refused()
    {
        Assert.Contains("'a' has 2 rows and 'b' has 3", Assert.Throws<ArgumentException>(() => FeatureTable.FromColumns(("a", new double[2]), ("b", new double[3]))).Message, StringComparison.Ordinal);
        Assert.Contains("'a' is column 0 and column 1", Assert.Throws<ArgumentException>(() => FeatureTable.FromColumns(("a", new double[2]), ("a", new double[2]))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one column", Assert.Throws<ArgumentException>(() => FeatureTable.FromColumns()).Message, StringComparison.Ordinal);
        Assert.Contains("column 1 (counted from 0) of 2 is", Assert.Throws<ArgumentException>(() => FeatureTable.FromColumns(("a", new double[2]), null!)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => FeatureTable.FromColumns(("a", (double[])null!)));
        Assert.Throws<ArgumentNullException>(() => FeatureTable.FromColumns((null!, new double[2])));
    }

    [Fact]
    public void Typed_rows_come_from_anywhere()
    {
        Random random = new(1);
        House[] houses = [.. Enumerable.Range(0, 50).Select(_ => House.Any(random))];
        FeatureTable expected = FeatureTable.From<House>(houses), ofList = FeatureTable.From(new List<House>(houses)), ofQuery = FeatureTable.From(houses.Where(_ => true));
        Assert.Equal(expected.Columns, ofList.Columns);
        Assert.Equal(expected.Values.ToArray(), ofList.Values.ToArray());
        Assert.Equal(expected.Columns, ofQuery.Columns);
        Assert.Equal(expected.Values.ToArray(), ofQuery.Values.ToArray());
    }
}
