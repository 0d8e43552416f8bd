using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

public class CsvFeatureReaderTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void Columns_are_matched_by_name_in_any_order()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 2, 3], Names);
        Assert.Equal([[1, 2, 3], [4, 5, 6]], Rows(model, "c,extra,a,b\n3,text,1,2\n6,,4,5\n"));
    }

    [Fact]
    public void A_feature_without_a_coefficient_may_be_absent_or_hold_anything()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 0, 3], Names);
        Assert.Equal([[1, 0, 3]], Rows(model, "a,c\n1,3\n"));
        Assert.Equal([[1, 0, 3]], Rows(model, "a,b,c\n1,NaN,3\n"));
        Assert.Equal([[1, 0, 3]], Rows(model, "a,b,b,,c\n1,text,2,4,3\n"));
    }

    [Fact]
    public void A_target_is_read_beside_the_features_and_may_be_missing()
    {
        using ElasticNetModel named = SampleModel.Create(0, [1, 0, 3], Names), unnamed = SampleModel.Create(0, [1, 0, 3], null);
        using var reader = new CsvFeatureReader(new StringReader("y,a,c\n7.5,1,3\nNA,4,6\n"), named, new() { TargetColumn = "y" });
        Assert.True(reader.Read());
        Assert.Equal((7.5, 1.0, 3.0), (reader.Target, reader.Row[0], reader.Row[2]));
        Assert.True(reader.Read());
        Assert.Equal((double.NaN, 4.0), (reader.Target, reader.Row[0]));
        // By position the target is skipped, wherever it stands.
        foreach (string text in (string[])["y,p,q,r\n7,1,2,3\n", "p,y,q,r\n1,7,2,3\n", "p,q,r,y\n1,2,3,7\n"])
        {
            using var positioned = new CsvFeatureReader(new StringReader(text), unnamed, new() { TargetColumn = "y" });
            Assert.True(positioned.Read());
            Assert.Equal((7.0, 1.0, 3.0), (positioned.Target, positioned.Row[0], positioned.Row[2]));
        }

        Assert.Contains("there is no column 'z' for the target", Assert.Throws<CsvDataException>(
            () => new CsvFeatureReader(new StringReader("a,c\n1,3\n"), named, new() { TargetColumn = "z" })).Message, StringComparison.Ordinal);
        Assert.Contains("the CSV 2 columns beside offset and target", Assert.Throws<CsvDataException>(
            () => new CsvFeatureReader(new StringReader("a,c,y\n1,3,1\n"), unnamed, new() { TargetColumn = "y" })).Message, StringComparison.Ordinal);
        using var faulty = new CsvFeatureReader(new StringReader("y,a,c\nx,1,3\n"), named, new() { TargetColumn = "y" });
        Assert.Contains("column 'y'", Assert.Throws<CsvDataException>(() => faulty.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_with_a_coefficient_must_be_there()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 0, 3], Names);
        string message = Assert.Throws<CsvDataException>(() => Rows(model, "a,C\n1,3\n")).Message;
        Assert.Equal("the model needs a column that the CSV lacks: 'c'; the columns are 'a', 'C'", message);
        Assert.Contains("columns that the CSV lacks: 'a', 'c'", Assert.Throws<CsvDataException>(() => Rows(model, "b\n1\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_used_column_must_be_named_once()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 0, 3], Names);
        Assert.Equal("the header names 'c' twice, as columns 2 and 4", Assert.Throws<CsvDataException>(() => Rows(model, "a,c,b,c\n1,2,3,4\n")).Message);
    }

    [Theory]
    [InlineData("a,c\n1,2\nNaN,3\n", "row 2, column 'a': 'NaN' is a missing value")]
    [InlineData("a,c\n1,2\n1,∞\n", "row 2, column 'c': '∞' is not a")]
    [InlineData("a,c\n1,\n", "row 1, column 'c': the cell is empty")]
    [InlineData("a,c\n1,x\n", "row 1, column 'c': 'x' is not a number")]
    [InlineData("a,c\n1,2\n1\n", "row 2 has 1 field, the header has 2")]
    [InlineData("", "the CSV is empty")]
    public void Bad_rows_are_refused_by_row_and_column(string text, string expected)
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 0, 3], Names);
        Assert.Contains(expected, Assert.Throws<CsvDataException>(() => Rows(model, text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_names_takes_columns_by_position()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 0, 3]);
        Assert.Equal([[1, 0, 3]], Rows(model, "p,q,r\n1,2,3\n"));
        string message = Assert.Throws<CsvDataException>(() => Rows(model, "p,q\n1,2\n")).Message;
        Assert.Contains("matched by position: it has 3 features, the CSV 2 columns", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_billion_unnamed_features_take_no_memory()
    {
        using ElasticNetModel model = new(SampleModel.Content(0, []) with { FeatureCount = int.MaxValue });
        string message = Assert.Throws<CsvDataException>(() => Rows(model, "p,q\n1,2\n")).Message;
        Assert.Contains("it has 2147483647 features, the CSV 2 columns", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_offset_is_a_column_of_its_own()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 2], hasOffset: true);
        using var reader = new CsvFeatureReader(new StringReader("p,o,q\n1,0.5,2\n"), model, new() { OffsetColumn = "o" });
        Assert.True(reader.Read());
        Assert.Equal([1, 2], reader.Row.ToArray());
        Assert.Equal(0.5, reader.Offset);
    }

    [Fact]
    public void An_offset_is_needed_exactly_by_a_model_that_has_one()
    {
        using ElasticNetModel with = SampleModel.Create(0, [1, 2], ["p", "q"], hasOffset: true);
        using ElasticNetModel without = SampleModel.Create(0, [1, 2], ["p", "q"]);
        Assert.Contains("needs one to predict", Assert.Throws<CsvDataException>(() => Rows(with, "p,q\n1,2\n")).Message, StringComparison.Ordinal);
        Assert.Contains("no column 'o' for the offset", Assert.Throws<CsvDataException>(() => Rows(with, "p,q\n1,2\n", "o")).Message, StringComparison.Ordinal);
        Assert.Contains("fitted without an offset", Assert.Throws<CsvDataException>(() => Rows(without, "p,q\n1,2\n", "q")).Message, StringComparison.Ordinal);
    }

    private static List<double[]> Rows(ElasticNetModel model, string text, string? offset = null)
    {
        using var reader = new CsvFeatureReader(new StringReader(text), model, new() { OffsetColumn = offset });
        var rows = new List<double[]>();
        while (reader.Read())
        {
            rows.Add(reader.Row.ToArray());
            Assert.Equal(rows.Count, reader.RowNumber);
        }
        return rows;
    }
}
