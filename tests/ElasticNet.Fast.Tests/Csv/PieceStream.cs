using System.Text;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>A pipe that gives one piece at a time; an empty one is the end.</summary>
internal sealed class PieceStream(Func<string> next) : MemoryStream
{
    private byte[] _piece = [];
    private int _at;

    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer)
    {
        if (_at == _piece.Length)
            (_piece, _at) = (Encoding.UTF8.GetBytes(next()), 0);
        int count = Math.Min(buffer.Length, _piece.Length - _at);
        _piece.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
}
