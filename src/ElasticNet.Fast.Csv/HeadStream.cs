namespace ElasticNet.Fast.Csv;

/// <summary>A stream whose first bytes can be looked at before they are read, seekable or not.</summary>
/// <param name="below">The stream, owned from here on.</param>
/// <param name="length">How many bytes are read ahead, or as many as there are, once one is asked for.</param>
internal sealed class HeadStream(Stream below, int length) : ForwardStream(below)
{
    private const int Unread = -1;

    private readonly byte[] _head = new byte[length];
    private int _length = Unread;
    private int _at;

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head
    {
        get
        {
            if (_length == Unread)
                _length = Below.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
            return _head.AsSpan(0, _length);
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> head = Head[_at..];
        // A byte less than there is room for: of a reader of text that is filled up, the next question would be for more.
        if (head.IsEmpty)
            return Below.Read(Below.CanSeek || buffer.Length < 2 ? buffer : buffer[..^1]);
        int count = Math.Min(buffer.Length, head.Length);
        head[..count].CopyTo(buffer);
        _at += count;
        return count;
    }
}
