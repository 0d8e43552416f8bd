namespace ElasticNet.Fast.Csv;

/// <summary>The lines of a text one at a time, in memory of the longest.</summary>
internal sealed class TextLines(TextReader text) : IDisposable
{
    private char[] _buffer = new char[1 << 16];
    private int _at;
    private int _end;
    private bool _ended;
    private int _start;
    private int _length;

    /// <summary>The current line, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The current line without its end; overwritten by the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Current => _buffer.AsSpan(_start, _length);

    /// <summary>Goes to the next line; false at the end.</summary>
    /// <exception cref="CsvDataException">The line is longer than an array.</exception>
    public bool Read()
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_at + searched, _end - _at - searched).IndexOf('\n');
            if (found >= 0)
                return Take(searched + found, 1);
            searched = _end - _at;
            if (_ended)
                return searched > 0 && Take(searched, 0);
            Fill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => text.Dispose();

    private bool Take(int length, int lineEnd)
    {
        (_start, _length) = (_at, length);
        // A reader of bytes drops the byte order mark by itself, a string still has it.
        if (Number++ == 0 && length > 0 && _buffer[_at] == '\uFEFF')
            (_start, _length) = (_at + 1, length - 1);
        _at += length + lineEnd;
        return true;
    }

    private void Fill()
    {
        int kept = _end - _at;
        if (kept == Array.MaxLength)
            throw new CsvDataException($"line {Number + 1} is longer than the {Array.MaxLength} characters that a line may have");
        char[] room = kept == _buffer.Length ? new char[(int)Math.Min(2L * kept, Array.MaxLength)] : _buffer;
        _buffer.AsSpan(_at, kept).CopyTo(room);
        (_buffer, _at, _end) = (room, 0, kept);
        int count = text.Read(_buffer.AsSpan(_end));
        _ended = count == 0;
        _end += count;
    }
}
