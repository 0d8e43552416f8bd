using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>Opens the text of a CSV: UTF-8 with or without a byte order mark, or UTF-16 with one.</summary>
public static class CsvText
{
    /// <summary>Opens a file.</summary>
    public static TextReader Open(string path) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan));

    /// <summary>Opens a stream, which the reader then owns.</summary>
    public static TextReader Open(Stream stream) =>
        // Strict: a Latin-1 name that silently turned into question marks would no longer match its column.
        new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
}
