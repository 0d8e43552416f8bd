using System.Text;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Predictions beside what the rows hold.</summary>
public class KeptColumnTests
{
    private static readonly string[] Names = ["a", "b"];

    [Theory]
    [InlineData("id,b,a\nx,2,1\n", "id,b,a,prediction\nx,2,1,-2.25\n")]
    [InlineData("id,b,a\r\n\"x, \"\"y\"\"\",2,1\r\n z ,2,\"1\"", "id,b,a,prediction\n\"x, \"\"y\"\"\",2,1,-2.25\n z ,2,\"1\",-2.25\n")]
    [InlineData("\"id, 1\",b,a\n\"two\nlines\",2,1\n\n", "\"id, 1\",b,a,prediction\n\"two\nlines\",2,1,-2.25\n")]
    [InlineData("sep=;\nid;b;a;\nx,y;2;1;\n", "id;b;a;prediction\nx,y;2;1;-2.25\n")]
    [InlineData("id\tb\ta\n\t2\t1\n", "id\tb\ta\tprediction\n\t2\t1\t-2.25\n")]
    [InlineData("b,a\n", "b,a,prediction\n")]
    public void All_columns_are_kept_as_they_stand(string rows, string expected) =>
        Assert.Equal(expected, Write(rows, new() { KeepsAll = true }));

    [Theory]
    [InlineData("id,b,a\nx,2,1\n", "id", "id,prediction\nx,-2.25\n")]
    [InlineData("id,b,a\n\"x, \"\"y\"\"\",2,1\n", "b id", "b,id,prediction\n2,\"x, \"\"y\"\"\",-2.25\n")]
    [InlineData("id;b;a\n\"x;y\";2;1\n,;2;1\n", "id", "id;prediction\n\"x;y\";-2.25\n,;-2.25\n")]
    [InlineData("id,b,a\n\" x\",2,1\n", "id a", "id,a,prediction\n\" x\",1,-2.25\n")]
    public void Some_columns_are_kept_in_the_order_they_are_named(string rows, string kept, string expected) =>
        Assert.Equal(expected, Write(rows, new() { Keep = kept.Split(' ') }, rows.Contains(';', StringComparison.Ordinal) ? ';' : null));

    [Fact]
    public void Beside_decimal_commas_stand_decimal_commas()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        PredictionWriter.Write(model, new StringReader("a;b\n1,5;2\n"), output, new() { KeepsAll = true }, new() { DecimalSeparator = ',' }, out _);
        Assert.Equal("a;b;prediction\n1,5;2;-2,125\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("a,b,prediction\n1,2,3\n", "", "the CSV has a column 'prediction'")]
    [InlineData("a,b,prediction\n1,2,3\n", "prediction", "the CSV has a column 'prediction'")]
    [InlineData("a,b\n1,2\n", "c", "there is no column 'c' for the output; the columns are 'a', 'b'")]
    [InlineData("a,b,c,c\n1,2,3,4\n", "c", "the header names 'c' twice")]
    public void What_cannot_be_kept_is_refused_before_anything_is_written(string rows, string kept, string message)
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        PredictionOptions written = kept.Length == 0 ? new() { KeepsAll = true } : new() { Keep = [kept] };
        Assert.Contains(message, Assert.Throws<CsvDataException>(() => PredictionWriter.Write(model, new StringReader(rows), output, written, null, out _)).Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public void A_row_longer_than_every_buffer_is_kept_whole()
    {
        string text = string.Concat(Enumerable.Repeat("größe🙂", 30_000));
        Assert.Equal($"id,a,b,prediction\n{text},1,2,-2.25\n", Write($"id,a,b\n{text},1,2\n", new() { KeepsAll = true }));
        Assert.Equal($"id,prediction\n{text},-2.25\n", Write($"id,a,b\n{text},1,2\n", new() { Keep = ["id"] }));
    }

    private static string Write(string rows, PredictionOptions written, char? delimiter = null)
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        PredictionWriter.Write(model, new StringReader(rows), output, written, new() { Delimiter = delimiter }, out InputTally tally);
        Assert.Equal("", tally.ToString());
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
