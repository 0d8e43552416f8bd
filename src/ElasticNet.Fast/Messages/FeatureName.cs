using System.Globalization;
using System.Text;

namespace ElasticNet.Fast;

/// <summary>What features are called in results and tables.</summary>
internal static class FeatureName
{
    /// <summary>The name given, or x and its place.</summary>
    public static string Of(IReadOnlyList<string>? names, int feature) => names?[feature] ?? Throw.Invariant($"x{feature}");

    /// <summary>The name given to one of several outputs, or y and its place.</summary>
    public static string OfOutput(IReadOnlyList<string>? names, int output) => names?[output] ?? Throw.Invariant($"y{output}");

    /// <summary>All of them.</summary>
    public static string[] All(IReadOnlyList<string>? names, int count) => [.. Enumerable.Range(0, count).Select(j => Of(names, j))];

    /// <summary>The name in a line of a table: it may hold anything, but there no control characters, and none that XML has no place for.</summary>
    public static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) || c >= '\uFFFE' ? ' ' : c));

    /// <summary>How many columns of a terminal a text takes: two for characters of East Asia and pictographs, none for marks on the one before.</summary>
    public static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>The text with blanks after it, or of a negative width before it, so that it takes at least so many columns of a terminal.</summary>
    public static string Padded(string text, int width)
    {
        string blanks = new(' ', Math.Max(0, Math.Abs(width) - Width(text)));
        return width < 0 ? blanks + text : text + blanks;
    }

    /// <summary>How many columns of a terminal a character takes.</summary>
    public static int Width(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF)
            or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
    }
}
