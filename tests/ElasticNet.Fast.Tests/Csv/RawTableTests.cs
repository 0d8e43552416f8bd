using System.IO.Compression;
using System.Text;
using ElasticNet.Fast.Csv;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Tables as users have them: numbers, categories and gaps.</summary>
[Reproducible]
public class RawTableTests
{
    [Fact]
    public void Columns_are_what_their_values_are()
    {
        CsvTable table = Read("age,district,y,empty\n41,south,1,\n,north,2,NA\n29,NA,3,\n7e1, south ,NaN,\n", new() { Apart = ["y"] });

        Assert.Equal(["age: number", "district: category of 2 levels", "empty: number"], table.Table.Columns.Select(column => column.ToString()));
        Assert.Equal(["north", "south"], table.Table.Columns[1].Levels);
        Assert.Equal([41, double.NaN, 29, 70], table.Column("age").ToArray());
        Assert.Equal([1, 0, double.NaN, 1], table.Column("district").ToArray());
        Assert.All(table.Column("empty").ToArray(), value => Assert.True(double.IsNaN(value)));
        Assert.Equal([1, 2, 3, double.NaN], table.Column("y").ToArray());
        Assert.Equal(new ColumnGaps(1, 2), table.Gaps("age"));
        Assert.Equal(new ColumnGaps(1, 3), table.Gaps("district"));
        Assert.Equal(new ColumnGaps(4, 1), table.Gaps("empty"));
        Assert.Equal(new ColumnGaps(1, 4), table.Gaps("y"));
        Assert.Equal(["age", "district", "empty", "y"], table.ColumnNames);
        Assert.Equal(table.Column("district").ToArray(), table.Table.Column(1).ToArray());
    }

    [Fact]
    public void What_a_column_is_can_be_declared()
    {
        CsvTable table = Read("code,mixed,size\n2,x,1\n10,3,2\n2,,3\n", new() { Categories = ["code", "mixed"], Numbers = ["size"] });
        Assert.Equal(["10", "2"], table.Table.Columns[0].Levels);
        Assert.Equal([1, 0, 1], table.Column("code").ToArray());
        Assert.Equal(["3", "x"], table.Table.Columns[1].Levels);
        Assert.Equal([1, 0, double.NaN], table.Column("mixed").ToArray());
    }

    [Fact]
    public void A_declared_category_without_a_value_has_no_levels()
    {
        CsvTable table = Read("c,a\n,1\nNA,2\n", new() { Categories = ["c"] });
        Assert.Equal("c: category of 0 levels", table.Table.Columns[0].ToString());
        Assert.Equal(2, table.Gaps("c").Count);
    }

    [Fact]
    public void Missing_tokens_replace_those_of_the_library()
    {
        CsvTable table = Read("a,c\n1,NA\n-999,?\n -999 ,None\n-999.0,\n", new() { MissingTokens = ["?", " -999"] });
        Assert.Equal([1, double.NaN, double.NaN, -999], table.Column("a").ToArray());
        Assert.Equal(["NA", "None"], table.Table.Columns[1].Levels);
        Assert.Equal(new ColumnGaps(2, 2), table.Gaps("c"));
    }

    [Fact]
    public void None_is_a_level_unless_somebody_says_otherwise() =>
        Assert.Equal(["None", "brick"], Read("garage,a\nNone,1\nbrick,2\n").Table.Columns[0].Levels);

    [Theory]
    [InlineData("a\tname, first\n1\tx, y\n")]
    [InlineData("\"a\"\t\"name, first\"\r\n1\t\"x, y\"\r\n")]
    public void Tabs_are_told_by_the_first_line(string text)
    {
        CsvTable table = Read(text);
        Assert.Equal(["a", "name, first"], table.FeatureNames);
        Assert.Equal(["x, y"], table.Table.Columns[1].Levels);
    }

    [Theory]
    [InlineData("\"a\tb\",c\n1,2\n")]
    [InlineData("a,b,c\td\n1,2,3\n")]
    public void A_tab_inside_a_name_does_not_separate(string text) => Assert.Contains('\t', string.Concat(Read(text).FeatureNames));

    [Fact]
    public void Any_separator_can_be_given() => Assert.Equal(["a", "b,c"], Read("a;b,c\n1;2\n", new() { Delimiter = ';' }).FeatureNames);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Byte_order_marks_and_gzip_are_told_by_the_first_bytes(string encoding)
    {
        var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, Encoding.GetEncoding(encoding), leaveOpen: true))
            writer.Write("größe,ort\n1.5,Köln\n2.5,Łódź\n");
        Check(new MemoryStream(bytes.ToArray()));

        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(bytes.ToArray());
        Check(new MemoryStream(compressed.ToArray()));
        Check(new Trickle(compressed.ToArray()));

        static void Check(Stream stream)
        {
            CsvTable table = CsvTable.Read(stream);
            Assert.Equal(["größe", "ort"], table.FeatureNames);
            Assert.Equal([1.5, 2.5], table.Column("größe").ToArray());
            Assert.Equal(["Köln", "Łódź"], table.Table.Columns[1].Levels);
        }
    }

    [Fact]
    public void Incomplete_rows_can_be_left_out()
    {
        CsvTable table = Read("a,c,y\n1,x,\n2,x,20\n,y,30\n4,,40\n5,y,50\n", new() { Apart = ["y"] });
        CsvTable complete = table.WithoutIncompleteRows();
        Assert.Equal(2, complete.Rows);
        Assert.Equal([2, 5], complete.Column("a").ToArray());
        Assert.Equal([0, 1], complete.Column("c").ToArray());
        Assert.Equal([20, 50], complete.Column("y").ToArray());
        Assert.Equal(["a", "c"], complete.FeatureNames);
        Assert.All(complete.ColumnNames, name => Assert.Equal(0, complete.Gaps(name).Count));
        Assert.Same(complete, complete.WithoutIncompleteRows());
    }

    // The order of rows changes neither what a column is nor the levels nor, row by row, the values.
    [Property(MaxTest = 20)]
    public void The_order_of_rows_does_not_matter(ushort seed)
    {
        var random = new Random(seed);
        string[] lines = [.. Enumerable.Range(0, 1 + random.Next(3000)).Select(i => FormattableString.Invariant(
            $"{i},{(random.Next(4) == 0 ? "NA" : random.Next(100))},{(random.Next(4) == 0 ? "" : $"level {random.Next(50)}")}"))];
        CsvTable table = Read("i,n,c\n" + string.Join('\n', lines));
        random.Shuffle(lines);
        CsvTable shuffled = Read("i,n,c\n" + string.Join('\n', lines));

        Assert.Equal(table.Table.Columns.Select(column => column.ToString()), shuffled.Table.Columns.Select(column => column.ToString()));
        Assert.Equal(table.Table.Columns[2].Levels, shuffled.Table.Columns[2].Levels);
        for (int row = 0; row < table.Rows; row++)
        {
            int original = (int)shuffled.Column("i").Span[row];
            Assert.Equal(table.Column("n").Span[original], shuffled.Column("n").Span[row]);
            Assert.Equal(table.Column("c").Span[original], shuffled.Column("c").Span[row]);
        }
    }

    [Fact]
    public void A_hundred_thousand_columns_are_read()
    {
        const int Columns = 100_000;
        var text = new StringBuilder();
        text.AppendJoin(',', Enumerable.Range(0, Columns).Select(j => $"c{j}")).Append('\n');
        for (int i = 0; i < 12; i++)
            text.AppendJoin(',', Enumerable.Range(0, Columns).Select(j => j % 7 == 0 ? "t" : $"{i + j}")).Append('\n');
        CsvTable table = CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Equal((12, Columns), (table.Rows, table.FeatureNames.Count));
        Assert.Equal(InputKind.Category, table.Table.Columns[7].Kind);
        Assert.Equal(Enumerable.Range(99_999, 12).Select(value => (double)value), table.Column("c99999").ToArray());
    }

    // Numbers grow longer: what the first rows promised for the rest is far from enough.
    [Fact]
    public void A_wrong_guess_of_the_number_of_rows_does_no_harm()
    {
        var text = new StringBuilder("a,b\n");
        for (int i = 0; i < 20_000; i++)
            text.Append($"{i + 0.123456789},{i + 0.123456789}\n");
        for (int i = 20_000; i < 120_000; i++)
            text.Append($"{i % 10},{i % 10}\n");
        CsvTable table = CsvTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Equal(120_000, table.Rows);
        Assert.Equal(19_999.123456789, table.Column("b").Span[19_999]);
        Assert.Equal(9, table.Column("b").Span[119_999]);
    }

    private static CsvTable Read(string text, CsvReadOptions? options = null) => CsvTable.Read(new StringReader(text), options);

    /// <summary>A stream that cannot seek and gives one byte at a time, as a pipe may.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer.IsEmpty ? buffer : buffer[..1]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
