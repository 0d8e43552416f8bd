namespace ElasticNet.Fast.Csv;

/// <summary>A field of a CSV as it is written.</summary>
internal static class CsvField
{
    /// <summary>In quotes where it needs them.</summary>
    public static ReadOnlySpan<char> Quoted(ReadOnlySpan<char> text, char delimiter) =>
        text.Contains(delimiter) || text.ContainsAny("\"\r\n") || (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
            ? $"\"{text.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;

    /// <inheritdoc cref="Quoted(ReadOnlySpan{char}, char)"/>
    public static string Quoted(string text, char delimiter) => Quoted(text.AsSpan(), delimiter).ToString();
}
