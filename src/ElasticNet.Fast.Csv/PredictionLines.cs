using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>The lines that predictions become. What was added is written when this is flushed or disposed.</summary>
internal sealed class PredictionLines : IDisposable
{
    private const int Room = 1 << 16;
    private const int LongestNumber = 32;

    private readonly Stream _output;
    private readonly byte[] _buffer = new byte[Room];
    private int _used;

    /// <param name="output">Flushed at the end, not closed.</param>
    public PredictionLines(Stream output) => _output = output;

    /// <summary>A label as a field of a CSV, with the end of the line.</summary>
    public static byte[] Field(string label) =>
        Encoding.UTF8.GetBytes((label.AsSpan().ContainsAny(",\"\r\n\t") ? $"\"{label.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : label) + "\n");

    /// <summary>Adds a line that is made already.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (_used > Room - line.Length)
            WriteOut();
        if (line.Length > Room)
        {
            _output.Write(line);
            return;
        }

        line.CopyTo(_buffer.AsSpan(_used));
        _used += line.Length;
    }

    /// <summary>Adds a line.</summary>
    public void Add(double prediction)
    {
        if (_used > Room - LongestNumber)
            WriteOut();
        prediction.TryFormat(_buffer.AsSpan(_used), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
        _buffer[_used++] = (byte)'\n';
    }

    /// <summary>Hands on what was added.</summary>
    public void Flush()
    {
        if (_used == 0)
            return;
        WriteOut();
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private void WriteOut()
    {
        // Whatever becomes of them, they are not written twice.
        int used = _used;
        _used = 0;
        _output.Write(_buffer, 0, used);
    }
}
