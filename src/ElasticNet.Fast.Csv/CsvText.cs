using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Opens the text of a table: UTF-8 with or without a byte order mark, or UTF-16 with one; compressed by gzip or not,
/// which the first bytes tell.
/// </summary>
public static class CsvText
{
    // As long as the longest byte order mark: the decoder must see it in one piece, however few bytes a pipe gives at a time.
    private const int MarkLength = 4;

    /// <summary>Opens a file.</summary>
    public static TextReader Open(string path) => Open(OpenFile(path));

    /// <summary>Opens a stream, which the reader then owns.</summary>
    public static TextReader Open(Stream stream) => Open(stream, null);

    /// <summary>Opens a stream, which the reader then owns.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="encoding">What they are where they do not begin with a mark that says it; null: UTF-8, and anything else is refused.</param>
    public static TextReader Open(Stream stream, Encoding? encoding) => Open(stream, encoding, out _);

    /// <summary>Opens a file for reading from its beginning to its end.</summary>
    internal static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);

    /// <summary>Opens a stream, which the reader then owns.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="encoding">What they are where no mark says it; null: UTF-8.</param>
    /// <param name="length">How many bytes of text there are, or null where only reading would tell.</param>
    internal static StreamReader Open(Stream stream, Encoding? encoding, out long? length)
    {
        ArgumentNullException.ThrowIfNull(stream);
        length = stream.CanSeek ? stream.Length - stream.Position : null;
        var bytes = new HeadStream(stream, MarkLength);
        if (bytes.Head is not [0x1F, 0x8B, ..])
            return Decode(bytes, encoding);
        length = null;
        return Decode(new HeadStream(new WholeGzip(bytes), MarkLength), encoding);
    }

    private static StreamReader Decode(HeadStream bytes, Encoding? encoding) =>
        // Strict: a Latin-1 name that silently turned into question marks would no longer match its column.
        new(bytes, encoding ?? new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
}
