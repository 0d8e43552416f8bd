using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

public class CsvBadInputTests
{
    [Theory]
    [InlineData("", "the CSV is empty")]
    [InlineData("\uFEFF", "the CSV is empty")]
    [InlineData("\n1,2\n", "the first line is blank")]
    [InlineData("a,b\n", "has a header but no rows")]
    [InlineData("a,b\n\n\n", "has a header but no rows")]
    [InlineData("0.5,1.25,7\n1,2,3\n", "the header is missing")]
    [InlineData("a,,c\n1,2,3\n", "column 2 of 3 has no name")]
    [InlineData("a,b,  \n1,2,3\n", "row 1 has '3' in column 3, which has no name in the header")]
    [InlineData("a,b,a\n1,2,3\n", "the header names 'a' twice, as columns 1 and 3")]
    [InlineData("a,b\n1,2\n3\n", "row 2 has 1 field, the header has 2")]
    [InlineData("a,b\n1,2,3\n", "row 1 has 3 fields, the header has 2")]
    [InlineData("a,b\n1,2\n\n3,4\n", "row 2 is blank")]
    [InlineData("a\n1\n\n2\n", "row 2 is blank")]
    [InlineData("a,b\n1,2\n3,x4\n", "row 2, column 'b': 'x4' is not a number")]
    [InlineData("a,b\n1,\"1,5\"\n", "row 1, column 'b': '1,5' is not a number: it has a comma")]
    [InlineData("a,b\n1,1 000\n", "row 1, column 'b': '1 000' is not a number")]
    [InlineData("a,b\n1,\n", "row 1, column 'b': the cell is empty")]
    [InlineData("a,b\n1, \n", "row 1, column 'b': the cell is empty")]
    [InlineData("a,b\n1,NA\n", "row 1, column 'b': 'NA' is a missing value")]
    [InlineData("a,b\n1,2\0\n", @"row 1, column 'b': '2\0' is not a number")]
    [InlineData("a,b\n1,NaN\n", "row 1, column 'b': 'NaN' is a missing value")]
    [InlineData("a,b\n-Infinity,2\n", "row 1, column 'a': '-Infinity' is not a finite number")]
    [InlineData("a,b\n1,2\n1e999,2\n", "row 2, column 'a': '1e999' is not a finite number")]
    [InlineData("a,b\n1,\"2\n3,4\n", "row 1 cannot be read")]
    [InlineData("a,b\n\"1\"2,3\n", "row 1 cannot be read")]
    public void Is_refused_with_the_place_and_the_reason(string text, string expected)
    {
        var exception = Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader(text), new CsvReadOptions { NumbersOnly = true }));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_also_there_for_programs()
    {
        var exception = Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader("a,b\n1,2\n3,x\n")));
        Assert.Equal(2, exception.Row);
        Assert.Equal("b", exception.Column);
    }

    [Theory]
    [InlineData("Y", "there is no column 'Y'; the columns are 'x', 'y'")]
    [InlineData(" y", "there is no column ' y'; the columns are 'x', 'y'")]
    public void A_column_that_is_not_there_is_refused_with_those_that_are(string name, string expected)
    {
        Assert.Equal(expected, Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader("x,y\n1,2\n"), new() { Apart = [name] })).Message);
        Assert.Equal(expected, Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader("x,y\n1,2\n"), new() { Skip = [name] })).Message);
    }

    [Theory]
    [InlineData("x;y\n1;2\n")]
    [InlineData("x;y\n1,5;2,5\n")]
    public void Another_separator_is_named_as_the_fault(string text)
    {
        string message = Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader(text), new() { Apart = ["y"] })).Message;
        Assert.EndsWith(", and columns are separated by commas or tabs unless told otherwise", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_columns_do_not_flood_the_message()
    {
        string header = string.Join(',', Enumerable.Range(0, 1000).Select(j => $"c{j}"));
        string message = Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader(header + "\n"), new() { Apart = ["y"] })).Message;
        Assert.EndsWith("'c11' and 988 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("größe,b\n1,2\n");
        var exception = Assert.Throws<CsvDataException>(() => CsvTable.Read(new MemoryStream(latin1)));
        Assert.Contains("not UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_cell_is_quoted_in_part()
    {
        string text = "a\n" + new string('z', 100_000) + "\n";
        Assert.InRange(Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader(text), new() { Numbers = ["a"] })).Message.Length, 40, 100);
    }

    [Fact]
    public void A_skipped_column_may_hold_anything()
    {
        CsvTable table = CsvTable.Read(new StringReader("id,a\nNaN,1\nsecond,2\n,3\n"), new() { Skip = ["id"] });
        Assert.Equal([1.0, 2, 3], table.Column("a").ToArray());
    }
}
