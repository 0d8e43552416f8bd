using System.Text;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Csv;

[Reproducible]
public class CsvTableTests
{
    [Fact]
    public void Columns_are_features_in_the_order_of_the_file_and_those_set_apart_are_not()
    {
        CsvTable table = Read("a,y,b,id,w\n1,10,3,first,0.5\n2,20,4,second,1.5\n", apart: ["y", "w"], skip: ["id"]);

        Assert.Equal(2, table.Rows);
        Assert.Equal(["a", "b"], table.FeatureNames);
        Assert.Equal(2, table.Features.Columns);
        Assert.True(table.Features.IsColumnMajor);
        Assert.Equal([1, 2, 3, 4], Elements(table));
        Assert.Equal([10, 20], table.Column("y").ToArray());
        Assert.Equal([0.5, 1.5], table.Column("w").ToArray());
        Assert.Equal([3, 4], table.Column("b").ToArray());
        Assert.Throws<ArgumentException>(() => table.Column("id"));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\n1,2\n3,4")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n")]
    [InlineData("\uFEFF\"a\",\"b\"\n\"1\",\"2\"\n3,4\n")]
    [InlineData("a,b\n 1 ,\t2\n3,4\n\n\n")]
    [InlineData("a,b\n1e0,+2\n3.000,400e-2\n")]
    public void The_same_table_in_other_spellings(string text)
    {
        CsvTable table = Read(text);
        Assert.Equal(["a", "b"], table.FeatureNames);
        Assert.Equal([1, 3, 2, 4], Elements(table));
    }

    [Fact]
    public void Quoted_names_may_hold_commas_quotes_and_any_letter()
    {
        CsvTable table = Read("\"a, b\",\"say \"\"x\"\"\",größe,#tag,名\n1,2,3,4,5\n");
        Assert.Equal(["a, b", "say \"x\"", "größe", "#tag", "名"], table.FeatureNames);
        Assert.Equal([1, 2, 3, 4, 5], Elements(table));
    }

    [Fact]
    public void A_line_that_starts_with_a_hash_is_data_and_not_a_comment()
    {
        Assert.Equal(["#1"], Read("a,b\n#1,2\n").Table.Columns[0].Levels);
    }

    [Fact]
    public void Columns_named_by_counting_are_names()
    {
        Assert.Equal(["0", "1", "2"], Read("0,1,2\n5,6,7\n").FeatureNames);
        Assert.Equal(["1", "2"], Read("1,2\n5,6\n").FeatureNames);
    }

    [Fact]
    public void One_row_and_one_column_are_a_table()
    {
        CsvTable table = Read("a\n7\n");
        Assert.Equal(1, table.Rows);
        Assert.Equal([7], Elements(table));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_read_the_same_in_every_culture(string culture)
    {
        using var scope = new CultureScope(culture);
        Assert.Equal([1234.5, -0.25, 1e-7], Elements(Read("INDEX,i,ı\n1234.5,-.25,1E-7\n")));
        Assert.Throws<CsvDataException>(() => Read("a\n\"1,5\"\n"));
    }

    // Rows cross the blocks that two threads share; every number must come back bit for bit where it belongs.
    [Property(MaxTest = 20)]
    public void What_was_written_is_what_is_read(byte width, ushort seed)
    {
        int columns = 1 + (width % 70);
        int rows = 1 + (seed % 9000);
        var random = new Random(seed);
        double[] values = new double[rows * columns];
        for (int k = 0; k < values.Length; k++)
            values[k] = Math.ScaleB(random.NextDouble() - 0.5, random.Next(-200, 200));

        var text = new StringBuilder();
        text.AppendJoin(',', Enumerable.Range(0, columns).Select(j => $"c{j}")).Append('\n');
        for (int i = 0; i < rows; i++)
            text.AppendJoin(',', Enumerable.Range(0, columns).Select(j => FormattableString.Invariant($"{values[(j * rows) + i]}"))).Append('\n');

        Assert.Equal(values, Elements(Read(text.ToString())));
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CsvTable.Read(new StringReader("a\n1\n"), options: null, source.Token));
    }

    private static CsvTable Read(string text, string[]? apart = null, string[]? skip = null) =>
        CsvTable.Read(new StringReader(text), new CsvReadOptions { Apart = apart ?? [], Skip = skip ?? [] });

    private static double[] Elements(CsvTable table) =>
        [.. table.FeatureNames.SelectMany(name => table.Column(name).ToArray())];
}
