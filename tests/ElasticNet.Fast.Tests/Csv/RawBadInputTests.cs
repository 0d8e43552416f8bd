using System.IO.Compression;
using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

public class RawBadInputTests
{
    [Theory]
    [InlineData("a\n1\nx\n", "row 2, column 'a': 'x' is not a number, but 1 of the 2 cells of the column are; declare the column a category, or 'x' a missing value")]
    [InlineData("a\nNA\n?\n1\n", "row 2, column 'a': '?' is not a number, but 1 of the 2 cells of the column are; declare the column a category, or '?' a missing value")]
    [InlineData("a\nx\n1e5\n", "row 1, column 'a': 'x' is not a number, but")]
    [InlineData("a\n\"1,5\"\n", "row 1, column 'a': '1,5' is not a number: it has a comma, where numbers have a decimal point and no digit grouping")]
    [InlineData("a\tb\n1.5\t2\n1,5\t2\n", "row 2, column 'a': '1,5' is not a number: it has a comma")]
    [InlineData("a\tb\n1,5\t2\n1.5\t2\n", "row 1, column 'a': '1,5' is not a number: it has a comma")]
    [InlineData("a,b\n\"1,000\",2\n", "row 1, column 'a': '1,000' is not a number: it has a comma")]
    [InlineData("a\nInfinity\n", "row 1, column 'a': 'Infinity' is not a finite number; a category must be declared as one")]
    [InlineData("a\n1\n1e999\n", "row 2, column 'a': '1e999' is not a finite number")]
    [InlineData("a,y\n1,1\n2,x\n", "row 2, column 'y': 'x' is not a number")]
    [InlineData("a,b\n1,2\nx\n3,4,5\n", "row 2 has 1 field")]
    [InlineData("a,y\nx,1\nNA,2\n3,3\n", "row 1, column 'a': 'x' is not a number, but 1 of the 2 cells")]
    public void A_column_of_numbers_and_text_is_refused_with_what_can_be_done(string text, string expected)
    {
        var options = new CsvReadOptions { Apart = text.Contains(",y", StringComparison.Ordinal) ? ["y"] : [] };
        Assert.StartsWith(expected, Fault(text, options).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_in_a_declared_number_is_refused_in_the_first_row() =>
        Assert.Equal("row 1, column 'a': 'x' is not a number", Fault("a\nx\ny\n", new() { Numbers = ["a"] }).Message);

    [Fact]
    public void A_column_that_turns_to_text_in_row_900000_is_refused_there()
    {
        var text = new StringBuilder("a,b\n");
        for (int i = 1; i <= 950_000; i++)
            text.Append(i == 900_000 ? "1,late\n" : "1,2\n");
        CsvDataException fault = Fault(text.ToString());
        Assert.Equal((900_000, "b"), (fault.Row, fault.Column));
    }

    // Of columns that are declared the first fault by row is told, whichever thread finds it, and in a row the first by column.
    [Theory]
    [InlineData("a,b,c\n1,2,3\n1,x,3\ny,2,3\n", "row 2, column 'b'")]
    [InlineData("a,b,c\n1,2,3\n1,x,y\n", "row 2, column 'b'")]
    [InlineData("a,b,c\n1,2,3\n1,x,3\n1,2\n", "row 2, column 'b'")]
    [InlineData("a,b,c\n1,2,3\n1,2\n1,x,3\n", "row 2 has 2 fields")]
    [InlineData("a,b,c\n1,2,3\n1,x,3\n1,\"2,3\n", "row 2, column 'b'")]
    public void The_first_fault_is_told(string text, string expected)
    {
        Assert.StartsWith(expected, Fault(text, new() { Numbers = ["a", "b", "c"] }).Message, StringComparison.Ordinal);
        Assert.StartsWith(expected, Fault(text, new() { Apart = ["a"], Numbers = ["b", "c"] }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_fault_is_told_across_blocks()
    {
        var text = new StringBuilder("a,b\n");
        for (int i = 1; i <= 200_000; i++)
            text.Append(i switch { 60_000 => "1,x\n", 60_001 => "1\n", 150_000 => "y,2\n", _ => "1,2\n" });
        Assert.Equal(60_000, Fault(text.ToString(), new() { Numbers = ["a", "b"] }).Row);
    }

    [Fact]
    public void A_table_that_does_not_fit_is_refused_before_it_is_read_with_what_it_takes()
    {
        var text = new StringBuilder("a,b,c,d\n");
        for (int i = 0; i < 400_000; i++)
            text.Append("1.25,2.25,3.25,4.25\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        var options = new CsvReadOptions { MemoryLimit = 4_000_000 };

        using var stream = new MemoryStream(bytes);
        string expected = Assert.Throws<CsvDataException>(() => CsvTable.Read(stream, options)).Message;
        Assert.Equal("the table is too large: about 400000 rows of 4 columns take 12.8 MB of memory, and there are 4.0 MB; leave out columns or rows", expected);

        // One column of the same file fits.
        Assert.Equal(400_000, CsvTable.Read(new MemoryStream(bytes), options with { Skip = ["b", "c", "d"] }).Rows);
    }

    [Fact]
    public void A_table_of_unknown_length_is_refused_where_the_memory_ends()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 100_000));
        CsvDataException fault = Fault(text, new() { MemoryLimit = 800_000 });
        Assert.Equal(50_001, fault.Row);
        Assert.StartsWith("row 50001 is one too many: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("and there are 800000 bytes; leave out columns or rows", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 20, 0xFF)] // The first block is of no known kind.
    [InlineData(-8, -4, 0x55)] // The checksum is another.
    public void Damaged_gzip_is_refused(int from, int to, byte with)
    {
        byte[] bytes = Gzip("a,b\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i},{i * 7919 % 1000}\n")));
        int first = from < 0 ? bytes.Length + from : from;
        bytes.AsSpan(first, to - from).Fill(with);
        Assert.Contains("the compressed data are damaged", Assert.Throws<CsvDataException>(() => CsvTable.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gzip_that_was_cut_short_anywhere_is_refused()
    {
        byte[] whole = Gzip("a,b\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i * 7919 % 1000}\n")));
        Assert.Equal(60, CsvTable.Read(new MemoryStream(whole)).Rows);
        for (int length = 2; length < whole.Length; length++)
        {
            var stream = new MemoryStream(whole, 0, length);
            // What the end is mistaken for may be refused first, as a row that is none.
            Assert.Throws<CsvDataException>(() => CsvTable.Read(stream));
        }
    }

    [Fact]
    public void Gzip_files_one_after_another_are_one_table()
    {
        byte[] bytes = [.. Gzip("a,b\n1,2\n"), .. Gzip(""), .. Gzip("3,4\n"), .. Gzip(string.Concat(Enumerable.Repeat("5,6\n", 50_000)))];
        CsvTable table = CsvTable.Read(new MemoryStream(bytes));
        Assert.Equal(50_002, table.Rows);
        Assert.Equal([1, 3, 5], table.Column("a").Span[..3].ToArray());
        Assert.Throws<CsvDataException>(() => CsvTable.Read(new MemoryStream(bytes, 0, bytes.Length - 9)));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", new() { Categories = ["a"], Numbers = ["a"] }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", new() { Categories = ["a"], NumbersOnly = true }));
        Assert.Equal("there is no column 'c'; the columns are 'a', 'b'", Fault("a,b\n1,2\n", new() { Categories = ["c"] }).Message);
    }

    [Fact]
    public void A_column_apart_may_be_a_category()
    {
        CsvTable table = Read("shop,b,c\nx,1,7\n10,2,8\n9,3,9\nx,4,5\n", new() { Categories = ["shop"], Apart = ["shop", "c"] });
        Assert.Equal(["b"], table.FeatureNames);
        Assert.Equal(["10", "9", "x"], table.Levels("shop"));
        Assert.Equal([2, 0, 1, 2], table.Column("shop").ToArray());
        Assert.Empty(table.Levels("c"));
        Assert.Throws<ArgumentException>(() => table.Levels("d"));
    }

    private static CsvTable Read(string text, CsvReadOptions? options = null) => CsvTable.Read(new StringReader(text), options);

    private static CsvDataException Fault(string text, CsvReadOptions? options = null) => Assert.Throws<CsvDataException>(() => Read(text, options));

    private static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }
}
