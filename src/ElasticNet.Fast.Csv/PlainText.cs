using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>Text from files, fit to be shown: a name in a header may hold line ends, nulls and what a terminal takes for commands.</summary>
internal static class PlainText
{
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
