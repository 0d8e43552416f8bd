using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Bytes in memory, piece by piece, so that there may be more than one array holds. What is received is waited for without a thread and then
/// read like a file; what was written is sent likewise.
/// </summary>
internal sealed class HeldStream : Stream
{
    // Below the size from which on arrays are never moved.
    private const int Piece = 1 << 16;

    private readonly List<byte[]> _pieces = [];
    private long _length;

    /// <summary>All bytes of a stream, which is closed.</summary>
    /// <param name="source">The stream; read asynchronously only.</param>
    /// <param name="limit">The most bytes, or null for as many as there is memory for.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="CsvDataException">There are more.</exception>
    public static async Task<HeldStream> ReceiveAsync(Stream source, long? limit, CancellationToken cancellationToken)
    {
        long most = limit ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        HeldStream held = new();
        await using (source.ConfigureAwait(false))
        {
            while (true)
            {
                int count = await source.ReadAsync(held.Room(), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                    return held;
                held._length += count;
                if (held._length > most)
                    throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"the text is too large: more than {most} bytes have come, and there is no memory for more; leave out columns or rows"));
            }
        }
    }

    /// <summary>Writes all bytes to a stream, and flushes it; asynchronously only.</summary>
    public async Task SendAsync(Stream destination, CancellationToken cancellationToken)
    {
        for (int k = 0; k < _pieces.Count; k++)
            await destination.WriteAsync(_pieces[k].AsMemory(0, (int)Math.Min(Piece, _length - (long)k * Piece)), cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int at = (int)(Position % Piece), count = (int)Math.Min(Math.Min(buffer.Length, Piece - at), Math.Max(0, _length - Position));
        if (count == 0)
            return 0;
        _pieces[(int)(Position / Piece)].AsSpan(at, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Adds bytes at the end.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            Span<byte> room = Room().Span;
            int count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            _length += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : _length);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private Memory<byte> Room()
    {
        int at = (int)(_length % Piece);
        if (_length == (long)_pieces.Count * Piece)
            _pieces.Add(new byte[Piece]);
        return _pieces[^1].AsMemory(at);
    }
}
