using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// The text of a table, which is wanted a second time where a column turned out to be something else than its first cells. A file is read
/// again; what comes through a pipe is kept as far as that is cheap.
/// </summary>
internal sealed class TableText : IDisposable
{
    private readonly Stream? _stream;
    private readonly Encoding? _encoding;
    private readonly long _start;
    private readonly Tape? _tape;

    /// <summary>A stream, which is owned from here on.</summary>
    public TableText(Stream stream, Encoding? encoding)
    {
        _encoding = encoding;
        _stream = stream;
        if (stream.CanSeek)
            _start = stream.Position;
        else
            _tape = new Tape(CsvText.Open(stream, encoding));
    }

    /// <summary>A reader, which is owned from here on.</summary>
    public TableText(TextReader text) => _tape = new Tape(text);

    /// <summary>The text from its beginning.</summary>
    /// <param name="length">Its length in bytes, where that is known.</param>
    public TextReader Open(out long? length)
    {
        if (_tape is null)
            return CsvText.Open(new KeptOpen(_stream!), _encoding, out length);
        length = null;
        return _tape;
    }

    /// <summary>The text from its beginning once more, after it was read to its end; null where it was too long to keep.</summary>
    public TextReader? OpenAgain(out long? length)
    {
        length = null;
        if (_tape is not null)
            return _tape.Replay();
        _stream!.Position = _start;
        return Open(out length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tape?.Release();
        _stream?.Dispose();
    }

    /// <summary>A reader that keeps what it reads, up to 32 million characters.</summary>
    private sealed class Tape(TextReader text) : TextReader
    {
        private const int Longest = 1 << 25;

        private StringBuilder? _kept = new();

        public override int Peek() => text.Peek();

        public override int Read()
        {
            Span<char> one = stackalloc char[1];
            return Read(one) == 0 ? -1 : one[0];
        }

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            int count = text.Read(buffer);
            if (_kept is not null)
                _kept = _kept.Length + count > Longest ? null : _kept.Append(buffer[..count]);
            return count;
        }

        public StringReader? Replay() => _kept is null ? null : new StringReader(_kept.ToString());

        public void Release() => text.Dispose();
    }

    /// <summary>A stream that who reads it may not close.</summary>
    private sealed class KeptOpen(Stream stream) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => stream.Length;

        public override long Position { get => stream.Position; set => stream.Position = value; }

        public override int Read(Span<byte> buffer) => stream.Read(buffer);

        public override int Read(byte[] buffer, int offset, int count) => stream.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
