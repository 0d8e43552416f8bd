namespace ElasticNet.Fast;

/// <summary>
/// How the text of a table became values: what means "missing", how numbers are written, which columns were dates. Belongs to a model that
/// was fitted to such a table and to its file, and whoever reads rows for the model obeys it. Immutable and comparable by content.
/// </summary>
public sealed record TextFormat
{
    /// <summary>The cells that are missing values by default, besides empty ones.</summary>
    public static ListOf<string> DefaultMissingTokens { get; } = ["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL"];

    /// <summary>Everything at its default.</summary>
    public static TextFormat Default { get; } = new();

    /// <summary>The cells that are missing values, besides empty ones.</summary>
    public ListOf<string> MissingTokens { get; init; } = DefaultMissingTokens;

    /// <summary>What stands before the fraction of a number: a point (default) or a comma.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>What may stand between thousands: a blank (of any width), a comma, a point, an apostrophe or an underscore. Null (default): nothing.</summary>
    public char? GroupSeparator { get; init; }

    /// <summary>Whether numbers may wear a currency or percent sign, or brackets for a minus: <c>$ 5</c>, <c>12.5 %</c>, <c>(5)</c>. The sign is taken off, nothing else.</summary>
    public bool Signs { get; init; }

    /// <summary>The columns that are read in a way of their own: parts of dates, and numbers with a sign.</summary>
    public ListOf<TextColumn> Columns { get; init; }
}

/// <summary>A column that is read in a way of its own.</summary>
/// <param name="Name">What it is called in the model.</param>
/// <param name="Source">What it is called in the text.</param>
/// <param name="Part">What is taken of a cell.</param>
/// <param name="Sign">The sign that its numbers wear; empty for none.</param>
public sealed record TextColumn(string Name, string Source, TextPart Part, string Sign = "");

/// <summary>What is taken of a cell.</summary>
public enum TextPart
{
    /// <summary>The number.</summary>
    Number,

    /// <summary>Of a date: the days since 1970-01-01, with the time of day as a fraction.</summary>
    Days,

    /// <summary>Of a date: the year, a number.</summary>
    Year,

    /// <summary>Of a date: the quarter, a category of "1" to "4".</summary>
    Quarter,

    /// <summary>Of a date: the month, a category of "01" to "12".</summary>
    Month,

    /// <summary>Of a date: the day of the week, a category of "1 Monday" to "7 Sunday".</summary>
    Weekday,

    /// <summary>Of a date: the hour, a category of "00" to "23".</summary>
    Hour,
}
