namespace ElasticNet.Fast.Csv;

/// <summary>A stream whose first bytes can be looked at before they are read, seekable or not.</summary>
internal sealed class HeadStream : Stream
{
    private const int Unread = -1;

    private readonly Stream _rest;
    private readonly byte[] _head;
    private int _length = Unread;
    private int _at;

    /// <summary>Reads so many bytes ahead, or as many as there are, once one is asked for. The stream is owned from here on.</summary>
    public HeadStream(Stream stream, int length)
    {
        _rest = stream;
        _head = new byte[length];
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head
    {
        get
        {
            if (_length == Unread)
                _length = _rest.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
            return _head.AsSpan(0, _length);
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> head = Head[_at..];
        if (head.IsEmpty)
            return _rest.Read(buffer);
        int count = Math.Min(buffer.Length, head.Length);
        head[..count].CopyTo(buffer);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rest.Dispose();
        base.Dispose(disposing);
    }
}
