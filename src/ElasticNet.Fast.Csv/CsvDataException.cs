using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// A CSV is not what it must be. The message says where; rows are data lines counted from 1, so the line after the
/// header is row 1. A message is one line: control characters of the file are shown as \n, \t, \0 or \u001B.
/// </summary>
public sealed class CsvDataException : Exception
{
    /// <summary>Something about the CSV as a whole.</summary>
    public CsvDataException(string message, Exception? inner = null)
        : base(PlainText.ShortQuotes(PlainText.OneLine(message)), inner)
    {
    }

    /// <summary>Something about one row, or one cell of it.</summary>
    /// <param name="row">The data line, counted from 1; the header is not counted.</param>
    /// <param name="column">The name of the column, or null where the whole row is meant.</param>
    /// <param name="problem">What is wrong there, as the end of a sentence that starts with the place.</param>
    /// <param name="inner">What the CSV library said, if it said so.</param>
    public CsvDataException(long row, string? column, string problem, Exception? inner = null)
        : base(PlainText.ShortQuotes(PlainText.OneLine(Place(row, column) + " " + problem)), inner)
    {
        Row = row;
        Column = column;
    }

    /// <summary>The data line, counted from 1; null where the whole file is meant.</summary>
    public long? Row { get; }

    /// <summary>The name of the column; null where a whole row or file is meant.</summary>
    public string? Column { get; }

    /// <summary>What could be told about the table that would help; a program says it in the words of its options.</summary>
    internal CsvRemedy Remedy { get; init; }

    private static string Place(long row, string? column) =>
        column is null
            ? string.Create(CultureInfo.InvariantCulture, $"row {row}")
            : string.Create(CultureInfo.InvariantCulture, $"row {row}, column '{column}':");
}
