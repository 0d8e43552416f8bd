using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>The one place where a cell becomes a number: culture-invariant, finite, or refused with its row and column.</summary>
internal static class CsvNumber
{
    private const int LongestQuote = 40;

    /// <summary>Parses a cell; blanks around the number are allowed, digit grouping is not.</summary>
    /// <exception cref="CsvDataException">The cell is empty, no number, or not finite.</exception>
    public static double Parse(ReadOnlySpan<char> cell, long row, string column)
    {
        // The framework ignores null characters after a number: damage that must not pass for data.
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !cell.Contains('\0'))
        {
            return double.IsFinite(value)
                ? value
                : throw new CsvDataException(row, column, $"'{Quote(cell)}' is not a finite number");
        }
        ReadOnlySpan<char> text = cell.Trim();
        if (text.IsEmpty)
            throw new CsvDataException(row, column, "is empty; missing values are not supported");
        if (text is "NA" or "N/A" or "na" or "null" or "NULL")
            throw new CsvDataException(row, column, $"'{text}' is a missing value; these are not supported");
        throw new CsvDataException(row, column, $"'{Quote(cell)}' is not a number");
    }

    private static string Quote(ReadOnlySpan<char> cell) =>
        cell.Length <= LongestQuote ? cell.ToString() : string.Concat(cell[..LongestQuote], "…");
}
