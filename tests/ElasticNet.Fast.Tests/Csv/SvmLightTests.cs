using System.IO.Compression;
using System.Text;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Csv;

public class SvmLightTests
{
    private const string Text = "# made by hand\n+1 1:0.5 3:-2e-1 # first\r\n\n-1\t2:1  \n0.5\n2 1:0 4:7";

    [Fact]
    public void Rows_targets_and_comments_are_read()
    {
        SvmLightFile file = Read(Text);
        Assert.Equal([1, -1, 0.5, 2], file.Target.ToArray());
        Assert.Equal(new double[,] { { 0.5, 0, -0.2, 0 }, { 0, 1, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 0, 7 } }, file.Features.ToDense());
        Assert.Equal(5, file.Features.StoredCount);
        Assert.Equal(0, file.IgnoredCount);
    }

    [Fact]
    public void The_first_index_is_1_unless_it_is_0()
    {
        Assert.Equal(new double[,] { { 0, 3 } }, Read("1 2:3\n").Features.ToDense());
        Assert.Equal(new double[,] { { 4, 0, 3 } }, Read("1 0:4 2:3\n", new() { ZeroBased = true }).Features.ToDense());
        Assert.Equal("line 1: index 0, where the first is 1; is the file zero-based?", Refusal("1 0:4 2:3\n"));
    }

    [Fact]
    public void Entries_beyond_the_features_count_nowhere_but_are_counted()
    {
        SvmLightFile file = Read("1 1:2 3:4 999999999999:5\n2 2:1\n", new() { FeatureCount = 2 });
        Assert.Equal(new double[,] { { 2, 0 }, { 0, 1 } }, file.Features.ToDense());
        Assert.Equal(2, file.IgnoredCount);
        Assert.Equal(5, Read("1 1:2\n", new() { FeatureCount = 5 }).Features.Columns);
    }

    [Fact]
    public void Ones_take_no_values() => Assert.False(Read("1 1:1 5:1\n0 2:1.0\n").Features.HasValues);

    [Fact]
    public void Rows_come_one_by_one_with_or_without_target()
    {
        using var reader = new SvmLightReader(new StringReader("\uFEFF1:2 4:3\n\n7 2:1\n"));
        Assert.True(reader.Read());
        Assert.Equal((double.NaN, 1L, 1L), (reader.Target, reader.RowNumber, reader.LineNumber));
        Assert.Equal([0, 3], reader.Indices.ToArray());
        Assert.Equal([2, 3], reader.Values.ToArray());
        Assert.True(reader.Read());
        Assert.Equal((7, 2L, 3L), (reader.Target, reader.RowNumber, reader.LineNumber));
        Assert.Equal([1], reader.Indices.ToArray());
        Assert.False(reader.Read());
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("", "there is no row")]
    [InlineData("# nothing\n\n", "there is no row")]
    [InlineData("1 1:1\n1:2\n", "line 2: a row begins with its target")]
    [InlineData("1 1:1\nyes 1:2\n", "line 2: the target 'yes' is not a number")]
    [InlineData("nan 1:1\n", "line 1: the target 'nan' is not a finite number")]
    [InlineData("1,2 1:1\n", "line 1: the target '1,2' is not a number")]
    [InlineData("1 1:1 7\n", "line 1: '7' is no pair index:value")]
    [InlineData("1 a:1\n", "line 1: 'a:1' is no pair index:value")]
    [InlineData("1 :1\n", "line 1: ':1' is no pair index:value")]
    [InlineData("1 -3:1\n", "line 1: '-3:1' is no pair index:value")]
    [InlineData("1 1.5:1\n", "line 1: '1.5:1' is no pair index:value")]
    [InlineData("1 9999999999999999999:1\n", "line 1: '9999999999999999999:1' is no pair index:value")]
    [InlineData("1 3:\n", "line 1: index 3: '' is not a number")]
    [InlineData("1 3: 4\n", "line 1: index 3: '' is not a number")]
    [InlineData("1 3:x\n", "line 1: index 3: 'x' is not a number")]
    [InlineData("1 3:1:2\n", "line 1: index 3: '1:2' is not a number")]
    [InlineData("1 1:1\n\n1 3:NaN\n", "line 3: index 3: 'NaN' is not a finite number")]
    [InlineData("1 3:1e999\n", "line 1: index 3: '1e999' is not a finite number")]
    [InlineData("1 3:-inf\n", "line 1: index 3: '-inf' is not a number")]
    [InlineData("1 3:1 2:1\n", "line 1: index 2 follows index 3; indices must ascend, none twice")]
    [InlineData("1 3:1 3:1\n", "line 1: index 3 follows index 3; indices must ascend, none twice")]
    [InlineData("1 1:1\n1 qid:4 3:1\n", "line 2: 'qid:4' groups rows for ranking")]
    [InlineData("1 2147483647:1\n", "line 1: index 2147483647 is beyond the 2147483590 features that a table holds")]
    public void Bad_lines_are_refused_by_number(string text, string message) => Assert.Contains(message, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void What_takes_more_memory_than_there_is_is_refused()
    {
        // Below the number of columns that a table can have, and beyond what this machine has for their starts, or read.
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 8L * 2_000_000_000)
            Assert.Contains("line 2: its last index makes a table of 2000000000 features", Refusal("1 1:1\n1 2000000000:1\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_may_be_compressed_and_lines_long()
    {
        using var directory = new TemporaryDirectory();
        var text = new StringBuilder();
        for (int i = 0; i < 3; i++)
            text.Append(i).Append(' ').AppendJoin(' ', Enumerable.Range(1, 50_000).Select(j => $"{j}:{j + i}")).Append('\n');
        string plain = directory.Write("rows.svm", text.ToString()), packed = directory.File("rows.svmlight.gz");
        using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        foreach (string path in (string[])[plain, packed])
        {
            Assert.True(SvmLightFile.IsNamed(path));
            SvmLightFile file = SvmLightFile.Read(path);
            Assert.Equal((3, 50_000, 150_000L), (file.Features.Rows, file.Features.Columns, file.Features.StoredCount));
            Assert.Equal(50_002, file.Features[2, 49_999]);
        }

        File.WriteAllBytes(packed, File.ReadAllBytes(packed)[..1000]);
        Assert.Contains("the compressed data are damaged", Assert.Throws<CsvDataException>(() => SvmLightFile.Read(packed)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(plain, [(byte)'1', (byte)' ', 0xFF, (byte)'\n']);
        Assert.Contains("the text is not UTF-8", Assert.Throws<CsvDataException>(() => SvmLightFile.Read(plain)).Message, StringComparison.Ordinal);
        Assert.False(SvmLightFile.IsNamed("rows.csv.gz"));
        Assert.True(SvmLightFile.IsNamed("ROWS.LIBSVM.GZ"));
    }

    /// <summary>However few characters the reader gives at a time.</summary>
    [Fact]
    public void Buffers_may_end_anywhere()
    {
        SvmLightFile whole = Read(Text), drops = SvmLightFile.Read(new Drops(Text));
        Assert.Equal(whole.Features.ToDense(), drops.Features.ToDense());
        Assert.Equal(whole.Target.ToArray(), drops.Target.ToArray());
    }

    private sealed class Drops(string text) : TextReader
    {
        private int _at;

        public override int Read(Span<char> buffer)
        {
            if (_at == text.Length || buffer.IsEmpty)
                return 0;
            buffer[0] = text[_at++];
            return 1;
        }
    }

    [Fact]
    public void Cancellation_stops_between_rows() =>
        Assert.Throws<OperationCanceledException>(() => SvmLightFile.Read(new StringReader(Text), null, new CancellationToken(canceled: true)));

    [Fact]
    public void Predictions_are_those_of_the_dense_rows()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, 0, -1.5]);
        using var output = new MemoryStream();
        Assert.Equal(3, PredictionWriter.WriteSvmLight(model, new StringReader("0 1:2 3:1\n3:-1 4:9\n# none\n0\n"), output, zeroBased: false, out long ignored));
        Assert.Equal(1, ignored);
        Assert.Equal("prediction\n-0.5\n2\n0.5\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void A_model_with_an_offset_or_raw_columns_is_refused()
    {
        using ElasticNetModel shifted = SampleModel.Create(0.5, [1], hasOffset: true);
        Assert.Contains("fitted with an offset", Assert.Throws<CsvDataException>(
            () => PredictionWriter.WriteSvmLight(shifted, new StringReader("0 1:2\n"), Stream.Null, zeroBased: false, out _)).Message, StringComparison.Ordinal);
        using ElasticNetModel prepared = new(ElasticNet.Fast.Tests.Models.SampleModels.Prepared(1, ElasticNet.Fast.Tests.Models.SamplePreparations.Any(1), offset: false));
        Assert.Contains("prepares raw columns", Assert.Throws<CsvDataException>(
            () => PredictionWriter.WriteSvmLight(prepared, new StringReader("0 1:2\n"), Stream.Null, zeroBased: false, out _)).Message, StringComparison.Ordinal);
    }

    private static SvmLightFile Read(string text, SvmLightOptions? options = null) => SvmLightFile.Read(new StringReader(text), options);

    private static string Refusal(string text) => Assert.Throws<CsvDataException>(() => Read(text)).Message;
}
