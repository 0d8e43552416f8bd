using System.Buffers;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Models through memory, buffers and streams: the bytes of the file everywhere.</summary>
public class StreamTests
{
    [Fact]
    public void All_ways_out_give_the_bytes_of_the_file()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3000);
        byte[] bytes = SampleModels.Bytes(model);
        ArrayBufferWriter<byte> buffer = new();
        model.Save(buffer);
        Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
        Assert.Equal(bytes, model.ToArray());
    }

    [Fact]
    public void A_stream_is_read_to_the_end_of_the_model_and_no_further()
    {
        using ElasticNetModel large = SampleModels.Model(1, 30_000), small = SampleModels.Model(2, 3);
        using Dripping source = new([1, 2, 3, .. large.ToArray(), .. small.ToArray(), 9]);
        source.ReadExactly(new byte[3]);
        using ElasticNetModel first = ElasticNetModel.Load(source), second = ElasticNetModel.Load(source);
        Assert.Equal(large.ToArray(), first.ToArray());
        Assert.Equal(small.ToArray(), second.ToArray());
        Assert.Equal(9, source.ReadByte());
        Assert.Equal(-1, source.ReadByte());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    public void What_ends_too_early_is_refused(int length)
    {
        using ElasticNetModel model = SampleModels.Model(2, 3);
        using MemoryStream source = new(model.ToArray()[..length]);
        Assert.StartsWith("Bad model file: ", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_is_not_there_takes_no_memory()
    {
        using ElasticNetModel model = SampleModels.Model(2, 3);
        byte[] bytes = model.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(16), 2_000_000_000L);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("2000000000 bytes of the model, but ends after", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), -1L);
        Assert.Contains("18446744073709551615", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    /// <summary>Gives a few bytes at a time, as a network does, and cannot seek.</summary>
    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1000));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);
    }
}
