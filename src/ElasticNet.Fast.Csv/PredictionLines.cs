using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>Collects the bytes of predictions. What was added is written when this is flushed or disposed, and where there is no more room.</summary>
/// <param name="output">Flushed, not closed.</param>
internal sealed class PredictionLines(Stream output) : IDisposable
{
    private const int Room = 1 << 16;
    private const int LongestNumber = 32;
    private const int LongestPiece = 1 << 12;

    private readonly byte[] _buffer = new byte[Room];
    private int _used;

    /// <summary>Adds bytes.</summary>
    public PredictionLines Add(ReadOnlySpan<byte> bytes)
    {
        if (_used > Room - bytes.Length)
            WriteOut();
        if (bytes.Length > Room)
        {
            output.Write(bytes);
            return this;
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
        return this;
    }

    /// <summary>Adds text, as UTF-8.</summary>
    public PredictionLines Add(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int length = Math.Min(text.Length, LongestPiece);
            // Not between the halves of a character.
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
                length--;
            Demand(Encoding.UTF8.GetMaxByteCount(length));
            _used += Encoding.UTF8.GetBytes(text[..length], _buffer.AsSpan(_used));
            text = text[length..];
        }

        return this;
    }

    /// <summary>Adds a character.</summary>
    public PredictionLines Add(char character) => Add(new ReadOnlySpan<char>(in character));

    /// <summary>Adds a number, the shortest that reads back the same.</summary>
    public PredictionLines Add(double number, char decimalSeparator)
    {
        Demand(LongestNumber);
        number.TryFormat(_buffer.AsSpan(_used), out int written, default, CultureInfo.InvariantCulture);
        if (decimalSeparator != '.')
            _buffer.AsSpan(_used, written).Replace((byte)'.', (byte)decimalSeparator);
        _used += written;
        return this;
    }

    /// <summary>Hands on what was added.</summary>
    public void Flush()
    {
        if (_used == 0)
            return;
        WriteOut();
        output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private void Demand(int bytes)
    {
        if (_used > Room - bytes)
            WriteOut();
    }

    private void WriteOut()
    {
        // Whatever becomes of them, they are not written twice.
        int used = _used;
        _used = 0;
        output.Write(_buffer, 0, used);
    }
}
