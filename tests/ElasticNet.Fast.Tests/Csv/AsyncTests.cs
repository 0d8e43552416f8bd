using System.IO.Compression;
using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Tables, models and predictions go through streams that refuse to be read, written or flushed synchronously, as web requests and answers do.</summary>
public class AsyncTests
{
    private const string Text = "area,district,price\n60,north,220\n80,south,310\n55,east,150\n70,north,260\n90,east,235\n65,south,\n";

    private static readonly CsvReadOptions s_price = new() { Target = "price" };

    private static ElasticNetModel Fit()
    {
        CsvTable table = CsvTable.Read(new StringReader(Text), s_price);
        return ElasticNetEstimator.Fit(table.Table, table.Target, 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_is_that_of_the_same_bytes(bool compressed)
    {
        using Body body = new(Bytes(Text, compressed));
        CsvTable expected = CsvTable.Read(new StringReader(Text), s_price), table = await CsvTable.ReadAsync(body, s_price);
        Assert.Equal(expected.Table.Columns, table.Table.Columns);
        Assert.Equal(expected.Table.Values.ToArray(), table.Table.Values.ToArray());
        Assert.Equal((1, "price"), (table.RowsWithoutTarget, table.TargetName));
        Assert.True(body.IsClosed);
    }

    [Fact]
    public async Task A_large_table_whose_column_turns_out_otherwise_is_read_again()
    {
        StringBuilder text = new("a,b\n");
        for (int i = 0; i < 60_000; i++)
            text.Append(i % 977).Append(i < 20_000 ? ",1776\n" : ",film " + i % 7 + "\n");
        CsvTable table = await CsvTable.ReadAsync(new Body(Bytes(text.ToString())));
        Assert.Equal(60_000, table.Rows);
        Assert.Equal(8, table.Levels("b").Count);
        Assert.Equal(59_999 % 977, table.Column("a").Span[^1]);
    }

    [Fact]
    public async Task What_is_too_much_is_refused_before_it_is_all_there()
    {
        Body body = new(new byte[1_000_000]);
        CsvDataException fault = await Assert.ThrowsAsync<CsvDataException>(() => CsvTable.ReadAsync(body, new() { MemoryLimit = 100_000 }));
        Assert.Contains("more than 100000 bytes", fault.Message, StringComparison.Ordinal);
        Assert.InRange(body.Position, 100_000, 300_000);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CsvTable.ReadAsync(new Body(Bytes(Text)), null, new CancellationToken(true)));
        Assert.Equal("price", (await Assert.ThrowsAsync<CsvDataException>(() => CsvTable.ReadAsync(new Body(Bytes("price\n1\nx\n"))))).Column);
    }

    [Fact]
    public async Task Sparse_tables_come_likewise()
    {
        SvmLightFile file = await SvmLightFile.ReadAsync(new Body(Bytes("1 1:2 3:4\n2 2:1\n", compressed: true)));
        Assert.Equal((2, 3), (file.Features.Rows, file.Features.Columns));
        Assert.Equal([1, 2], file.Target.ToArray());
    }

    [Fact]
    public async Task A_model_goes_out_and_comes_back()
    {
        using ElasticNetModel model = Fit();
        Body body = new();
        await model.SaveAsync(body);
        Assert.Equal(model.ToArray(), body.ToArray());
        body.Position = 0;
        using ElasticNetModel loaded = await ElasticNetModel.LoadAsync(body);
        Assert.Equal(model.ToArray(), loaded.ToArray());
        Assert.False(body.IsClosed);
        await Assert.ThrowsAsync<ModelFormatException>(() => ElasticNetModel.LoadAsync(new Body(model.ToArray()[..100])));
        await Assert.ThrowsAsync<ModelFormatException>(() => ElasticNetModel.LoadAsync(new Body(Bytes(Text))));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ElasticNetModel.LoadAsync(new Body(model.ToArray()), new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.SaveAsync(new Body(), new CancellationToken(true)));
    }

    [Fact]
    public async Task Predictions_are_the_bytes_of_those_of_a_file()
    {
        using ElasticNetModel model = Fit();
        StringBuilder rows = new("district,area\n");
        for (int i = 0; i < 20_000; i++)
            rows.Append(i % 3 == 0 ? "west," : "north,").Append(i % 90).Append('\n');
        using MemoryStream expected = new();
        PredictionWriter.Write(model, new StringReader(rows.ToString()), expected);
        Body output = new();
        (long count, InputTally tally) = await PredictionWriter.WriteAsync(model, new Body(Bytes(rows.ToString())), output);
        Assert.Equal(expected.ToArray(), output.ToArray());
        Assert.Equal(20_000, count);
        Assert.Contains("'west'", tally.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, output.Flushes);
    }

    [Fact]
    public async Task Rows_before_a_faulty_one_are_written()
    {
        using ElasticNetModel model = Fit();
        Body output = new();
        CsvDataException fault = await Assert.ThrowsAsync<CsvDataException>(() => PredictionWriter.WriteAsync(model, new Body(Bytes("district,area\nnorth,60\nnorth,x\n")), output));
        Assert.Equal(2, fault.Row);
        Assert.Equal(2, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static byte[] Bytes(string text, bool compressed = false)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (!compressed)
            return bytes;
        using MemoryStream memory = new();
        using (GZipStream gzip = new(memory, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return memory.ToArray();
    }

    /// <summary>A stream that throws on everything synchronous, gives odd pieces, and cannot seek while it is read.</summary>
    private sealed class Body : Stream
    {
        private readonly MemoryStream _bytes = new();

        public Body(byte[]? bytes = null)
        {
            _bytes.Write(bytes);
            _bytes.Position = 0;
        }

        public bool IsClosed { get; private set; }

        public int Flushes { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _bytes.Position; set => _bytes.Position = value; }

        public byte[] ToArray() => _bytes.ToArray();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return await _bytes.ReadAsync(buffer[..Math.Min(buffer.Length, 12_345)], cancellationToken);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            await _bytes.WriteAsync(buffer, cancellationToken);
        }

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            Flushes++;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw Refused();

        public override void Write(byte[] buffer, int offset, int count) => throw Refused();

        public override void Flush() => throw Refused();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }

        private static InvalidOperationException Refused() => new("Synchronous operations are disallowed.");
    }
}
