namespace ElasticNet.Fast.Csv;

/// <summary>A reader whose beginning can be looked at before it is read.</summary>
internal sealed class HeadReader : TextReader
{
    private const int Longest = 1 << 16;

    private readonly TextReader _rest;
    private readonly char[] _head = new char[Longest];
    private int _length;
    private int _at;
    private bool _ended;

    /// <summary>Reads ahead to the end of the first line, or as far as there is room. The reader is owned from here on.</summary>
    public HeadReader(TextReader text)
    {
        _rest = text;
        More();
        // A reader of bytes drops the byte order mark by itself, a string still has it.
        if (_length > 0 && _head[0] == '\uFEFF')
            _at = 1;
        Line(0, out _);
    }

    /// <summary>What was read ahead and not read since.</summary>
    public ReadOnlySpan<char> Head => _head.AsSpan(_at, _length - _at);

    /// <summary>A line of what was not read, without its end; reads ahead to it, as far as there is room.</summary>
    /// <param name="start">Where it begins in <see cref="Head"/>.</param>
    /// <param name="next">Where the one after it begins.</param>
    public ReadOnlySpan<char> Line(int start, out int next)
    {
        int found, searched = start;
        while ((found = Head[searched..].IndexOf('\n')) < 0)
        {
            searched = Head.Length;
            if (!More())
            {
                next = Head.Length;
                return Head[start..].TrimEnd('\r');
            }
        }

        next = searched + found + 1;
        return Head[start..(next - 1)].TrimEnd('\r');
    }

    /// <summary>Reads over characters of <see cref="Head"/>.</summary>
    public void Skip(int count) => _at += count;

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

    private bool More()
    {
        if (_ended || _length == Longest)
            return false;
        int read = _rest.Read(_head, _length, Longest - _length);
        _ended = read == 0;
        _length += read;
        return read > 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rest.Dispose();
        base.Dispose(disposing);
    }
}
