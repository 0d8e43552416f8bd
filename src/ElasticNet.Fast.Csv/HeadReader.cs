namespace ElasticNet.Fast.Csv;

/// <summary>A reader whose beginning can be looked at before it is read.</summary>
internal sealed class HeadReader : TextReader
{
    private const int Longest = 1 << 16;

    private readonly TextReader _rest;
    private readonly char[] _head = new char[Longest];
    private readonly int _length;
    private int _at;

    /// <summary>Reads ahead to the end of the first line, or as far as there is room. The reader is owned from here on.</summary>
    public HeadReader(TextReader text)
    {
        _rest = text;
        int read;
        int searched = 0;
        do
        {
            read = text.Read(_head, _length, Longest - _length);
            searched = _length;
            _length += read;
        }
        while (read > 0 && _length < Longest && _head.AsSpan(searched, read).IndexOf('\n') < 0);
        // A reader of bytes drops the byte order mark by itself, a string still has it.
        if (_length > 0 && _head[0] == '\uFEFF')
            _at = 1;
    }

    /// <summary>What was read ahead and not read since.</summary>
    public ReadOnlySpan<char> Head => _head.AsSpan(_at, _length - _at);

    /// <inheritdoc/>
    public override int Peek() => _at < _length ? _head[_at] : _rest.Peek();

    /// <inheritdoc/>
    public override int Read() => _at < _length ? _head[_at++] : _rest.Read();

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (_at == _length)
            return _rest.Read(buffer);
        int count = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rest.Dispose();
        base.Dispose(disposing);
    }
}
