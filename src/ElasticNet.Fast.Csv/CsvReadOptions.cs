using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>What the columns of a table are and how its cells are to be read. Immutable and comparable by content.</summary>
/// <remarks>
/// A column that is declared neither a number nor a category is what its cells are, all of them and in whatever order: numbers, where all
/// are; days, where all are dates (2024-03-01, 2024/03/01, 01.03.2024, with or without a time); a category, where more than half are other
/// text, and <see cref="CsvTable.Notes"/> says so if some are numbers. Anything in between is refused by row and cell, because either
/// reading would lose something in silence. A column without any value counts as a number.
/// </remarks>
public sealed record CsvReadOptions
{
    /// <summary>
    /// The cells that are missing values by default, besides empty ones: <c>NA</c>, <c>N/A</c>, <c>n/a</c>,
    /// <c>#N/A</c>, <c>NaN</c>, <c>nan</c>, <c>null</c>, <c>NULL</c>. Not <c>None</c>, which is a level in many tables.
    /// </summary>
    public static ListOf<string> DefaultMissingTokens => TextFormat.DefaultMissingTokens;

    /// <summary>Everything at its default.</summary>
    public static CsvReadOptions Default { get; } = new();

    /// <summary>The column that is to be predicted: read as numbers, and no feature. Rows without it are left out. Null (default): none is known.</summary>
    public string? Target { get; init; }

    /// <summary>Columns that are no features (target, weights, offset, folds): not part of <see cref="CsvTable.Table"/>, and numbers unless <see cref="Categories"/> has them too.</summary>
    public ListOf<string> Apart { get; init; }

    /// <summary>Columns not to be read at all; they may hold anything. What no column is called may be its place, counted from 1. A first column without a name is left out anyway, and that is noted.</summary>
    public ListOf<string> Skip { get; init; }

    /// <summary>The only columns to be read, besides <see cref="Apart"/>; the others may hold anything. Null (default) means all.</summary>
    public ListOf<string>? Only { get; init; }

    /// <summary>Columns that are categories whatever they hold; numbers in them are levels, as they are written: <c>1</c> and <c>1.0</c> are two.</summary>
    public ListOf<string> Categories { get; init; }

    /// <summary>Columns that are numbers: text in them is refused, in the first row already.</summary>
    public ListOf<string> Numbers { get; init; }

    /// <summary>
    /// The cells that are missing values, compared ordinally and without the blanks around them; an empty or blank cell
    /// always is one. Default: <see cref="DefaultMissingTokens"/>.
    /// </summary>
    public ListOf<string> MissingTokens { get; init; } = DefaultMissingTokens;

    /// <summary>What stands before the fraction of a number: a point (default) or a comma.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>What may stand between thousands: a blank (of any width), a comma, a point, an apostrophe or an underscore. Null (default): nothing.</summary>
    public char? GroupSeparator { get; init; }

    /// <summary>
    /// Whether numbers may wear a currency or percent sign, or brackets for a minus: <c>$ 5</c>, <c>12.5 %</c>, <c>(5)</c> are 5, 12.5 and −5.
    /// The numbers of a column must all wear the same sign. Default false: they are refused.
    /// </summary>
    public bool Signs { get; init; }

    /// <summary>What a column of dates becomes: a column for each part. Default: the days since 1970-01-01, as one number. Empty: dates are text.</summary>
    public ListOf<TextPart> Dates { get; init; } = [TextPart.Days];

    /// <summary>How bytes are text, where they do not begin with a mark that says it. Null (default): UTF-8, and anything else is refused.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>How cells become values.</summary>
    internal TextFormat Format => new() { MissingTokens = MissingTokens, DecimalSeparator = DecimalSeparator, GroupSeparator = GroupSeparator, Signs = Signs };

    /// <summary>What separates two fields. Null (default): a tab where the first line has one and no more commas than tabs, else a comma; with decimal commas a semicolon in place of a comma.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether every cell must be a finite number: text and missing values are refused by row and column. Default false.</summary>
    public bool NumbersOnly { get; init; }

    /// <summary>
    /// The largest table that is read, in bytes of memory at 8 a cell; null (default) means the memory that this process
    /// may use. A file whose size tells that it is larger is refused before it is read.
    /// </summary>
    public long? MemoryLimit { get; init; }
}
