using System.IO.Compression;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Decompresses gzip and refuses a file that was cut short, which the platform reads as if it ended there: rows would be
/// missing and nobody told. Gzip files may follow one another, so a short one of ours is read after the last byte; its
/// text comes out at the end, and only there, if everything before it was whole.
/// </summary>
internal sealed class WholeGzip : ForwardStream
{
    private static readonly byte[] s_mark = [.. "\0\u00FFthe end"u8];
    private static readonly byte[] s_compressedMark = Compress(s_mark);

    // The last bytes read: text, unless they turn out to be the mark.
    private readonly byte[] _held = new byte[s_mark.Length];
    private bool _holds;

    /// <param name="compressed">The compressed bytes, owned from here on.</param>
    public WholeGzip(Stream compressed)
        : base(new GZipStream(new Marked(compressed), CompressionMode.Decompress))
    {
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The compressed bytes are damaged or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (!_holds && Below.ReadAtLeast(_held, _held.Length, throwOnEndOfStream: false) < _held.Length)
            throw CutShort();
        _holds = true;
        int count = Below.Read(buffer);
        if (count == 0)
            return _held.AsSpan().SequenceEqual(s_mark) ? 0 : throw CutShort();
        HoldBack(buffer[..count]);
        return count;
    }

    // What was held comes first, and as many bytes are held of what came last.
    private void HoldBack(Span<byte> read)
    {
        Span<byte> last = stackalloc byte[_held.Length];
        int moved = Math.Max(read.Length - last.Length, 0), kept = read.Length - moved;
        read[moved..].CopyTo(last[^kept..]);
        _held.AsSpan(kept).CopyTo(last);
        read[..moved].CopyTo(read[kept..]);
        _held.AsSpan(0, kept).CopyTo(read);
        last.CopyTo(_held);
    }

    private static InvalidDataException CutShort() => new("The compressed data end before they are complete.");

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    /// <summary>The compressed bytes and, after the last, the mark.</summary>
    private sealed class Marked(Stream below) : ForwardStream(below)
    {
        private bool _ended;
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            if (!_ended && Below.Read(buffer) is > 0 and var count)
                return count;
            _ended |= !buffer.IsEmpty;
            ReadOnlySpan<byte> rest = s_compressedMark.AsSpan(_at);
            rest = rest[..Math.Min(rest.Length, buffer.Length)];
            rest.CopyTo(buffer);
            _at += rest.Length;
            return rest.Length;
        }
    }
}
