using System.Buffers;
using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>What is wrong with a cell, as the end of a sentence that starts with its place.</summary>
internal static class CellFault
{
    private const int LongestQuote = 40;

    private static readonly SearchValues<char> s_ofNumbers = SearchValues.Create("0123456789+-.,eE");

    /// <summary>A cell of a column of numbers that is neither a number nor missing.</summary>
    public static string NoNumber(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        if (HasDecimalComma(text))
            return $"'{Quote(text)}' is not a number: it has a comma, where numbers have a decimal point and no digit grouping";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !cell.Contains('\0')
            ? $"'{Quote(cell)}' is not a finite number"
            : $"'{Quote(cell)}' is not a number";
    }

    /// <summary>Whether text is neither a number nor fit to be a level unless somebody says so: 1,5 or 1e999 or Infinity.</summary>
    public static bool IsNearlyNumber(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        return HasDecimalComma(text) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>A cell that is missing where nothing may be.</summary>
    public static string Missing(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        return text.IsEmpty
            ? "the cell is empty, where a number must be; nothing says what a missing value becomes"
            : $"'{Quote(text)}' is a missing value, where a number must be; nothing says what it becomes";
    }

    /// <summary>The text of a cell, as far as a message can bear it.</summary>
    public static string Quote(ReadOnlySpan<char> cell) =>
        cell.Length <= LongestQuote ? cell.ToString() : string.Concat(cell[..LongestQuote], "…");

    /// <summary>Whether text is a number but for its commas.</summary>
    // 1,5 and -12,75 and 1,000: digits, one comma or more, digits; perhaps a sign, points and an exponent.
    public static bool HasDecimalComma(ReadOnlySpan<char> text) =>
        text.Contains(',') && text.ContainsAnyInRange('0', '9') && !text.ContainsAnyExcept(s_ofNumbers);
}
