using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>Text from files, fit to be shown: a name in a header may hold line ends, nulls and what a terminal takes for commands.</summary>
internal static class PlainText
{
    private const int LongestQuote = 60;
    private const int LongestPath = 300;

    /// <summary>A sentence in which what stands between quotes is cut in its middle where it is longer than anybody would read; of paths more is left.</summary>
    public static string ShortQuotes(string sentence)
    {
        if (sentence.Length <= LongestQuote || !sentence.Contains('\'', StringComparison.Ordinal))
            return sentence;
        var shown = new StringBuilder(sentence.Length);
        int at = 0;
        while (at < sentence.Length && Quote(sentence, at, out int start, out int end))
        {
            string quoted = sentence[start..end];
            shown.Append(sentence, at, start - at).Append(Shorten(quoted, quoted.AsSpan().ContainsAny("/\\") ? LongestPath : LongestQuote));
            shown.Append('\'');
            at = end + 1;
        }

        return shown.Append(sentence, at, sentence.Length - at).ToString();
    }

    // An apostrophe has letters on both sides, a quotation mark has not.
    private static bool Quote(string sentence, int from, out int start, out int end)
    {
        (start, end) = (from - 1, 0);
        do
            start = sentence.IndexOf('\'', start + 1);
        while (start > 0 && char.IsLetterOrDigit(sentence[start - 1]));
        if (start < 0)
            return false;
        end = start++;
        do
            end = sentence.IndexOf('\'', end + 1);
        while (end >= 0 && end < sentence.Length - 1 && char.IsLetterOrDigit(sentence[end + 1]));
        return end >= 0;
    }

    /// <summary>Text of at most so many characters: what stands in its middle is left out, because names differ at their ends.</summary>
    public static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        int head = longest / 2, tail = text.Length - (longest - 1 - head);
        // No half of a surrogate pair is left over.
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[head - 1]) ? head - 1 : head), "…", text.AsSpan(char.IsLowSurrogate(text[tail]) ? tail + 1 : tail));
    }

    /// <summary>The text on one line; control characters as \n, \t, \0 or \u001B.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            switch (c)
            {
                case '\n': shown.Append("\\n"); break;
                case '\r': shown.Append("\\r"); break;
                case '\t': shown.Append("\\t"); break;
                case '\0': shown.Append("\\0"); break;
                case var _ when char.IsControl(c): shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"); break;
                default: shown.Append(c); break;
            }
        }
        return shown.ToString();
    }
}
