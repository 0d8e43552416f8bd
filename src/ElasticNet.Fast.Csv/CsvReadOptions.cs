namespace ElasticNet.Fast.Csv;

/// <summary>What the columns of a table are and how its cells are to be read. Immutable.</summary>
/// <remarks>
/// A column that is declared neither a number nor a category is what its values are: a number where all of them are
/// numbers, a category where none is. A column of both is refused at the first cell that differs from those above it,
/// in whatever row that is, because either reading would lose something in silence. A column without any value counts
/// as a number. Which columns are what does not depend on the order of the rows.
/// </remarks>
public sealed record CsvReadOptions
{
    /// <summary>
    /// The cells that are missing values by default, besides empty ones: <c>NA</c>, <c>N/A</c>, <c>n/a</c>,
    /// <c>#N/A</c>, <c>NaN</c>, <c>nan</c>, <c>null</c>, <c>NULL</c>. Not <c>None</c>, which is a level in many tables.
    /// </summary>
    public static IReadOnlyList<string> DefaultMissingTokens { get; } = Array.AsReadOnly(["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL"]);

    /// <summary>Everything at its default.</summary>
    public static CsvReadOptions Default { get; } = new();

    /// <summary>Columns that are no features (target, weights, offset, folds): not part of <see cref="CsvTable.Table"/>, and numbers unless <see cref="Categories"/> has them too.</summary>
    public IReadOnlyCollection<string> Apart { get; init; } = [];

    /// <summary>Columns not to be read at all; they may hold anything.</summary>
    public IReadOnlyCollection<string> Skip { get; init; } = [];

    /// <summary>The only columns to be read, besides <see cref="Apart"/>; the others may hold anything. Null (default) means all.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>Columns that are categories whatever they hold; numbers in them are levels, as they are written: <c>1</c> and <c>1.0</c> are two.</summary>
    public IReadOnlyCollection<string> Categories { get; init; } = [];

    /// <summary>Columns that are numbers: text in them is refused, in the first row already.</summary>
    public IReadOnlyCollection<string> Numbers { get; init; } = [];

    /// <summary>
    /// The cells that are missing values, compared ordinally and without the blanks around them; an empty or blank cell
    /// always is one. Default: <see cref="DefaultMissingTokens"/>.
    /// </summary>
    public IReadOnlyCollection<string> MissingTokens { get; init; } = DefaultMissingTokens;

    /// <summary>What separates two fields. Null (default): a tab where the first line has one and no more commas than tabs, else a comma.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether every cell must be a finite number: text and missing values are refused by row and column. Default false.</summary>
    public bool NumbersOnly { get; init; }

    /// <summary>
    /// The largest table that is read, in bytes of memory at 8 a cell; null (default) means the memory that this process
    /// may use. A file whose size tells that it is larger is refused before it is read.
    /// </summary>
    public long? MemoryLimit { get; init; }
}
