namespace ElasticNet.Fast;

/// <summary>Which columns of a table of typed columns are read, and as what. Immutable and comparable by content.</summary>
/// <remarks>
/// A column is what its type says: numbers of any type are numbers, dates days since 1970-01-01, text a category, truth values a category of
/// "false" and "true". Null, NaN and blank text are missing.
/// </remarks>
public sealed record TableReadOptions
{
    /// <summary>All columns, each as its type says.</summary>
    public static TableReadOptions Default { get; } = new();

    /// <summary>The column that is to be predicted: no feature, and rows without it are left out. Null (default): none is known.</summary>
    public string? Target { get; init; }

    /// <summary>Further columns that are no features (weights, an offset, folds): not part of <see cref="TrainingTable.Table"/>.</summary>
    public ListOf<string> Apart { get; init; }

    /// <summary>Columns not to be read at all; they may be of any type.</summary>
    public ListOf<string> Skip { get; init; }

    /// <summary>The only columns to be read, besides <see cref="Target"/> and <see cref="Apart"/>; the others may be of any type. Null (default) means all.</summary>
    public ListOf<string>? Only { get; init; }

    /// <summary>Columns that are categories though they hold numbers or dates: codes, keys. A level is called as the value is written, without digits that say nothing.</summary>
    public ListOf<string> Categories { get; init; }

    /// <summary>Columns that are numbers: truth values among them are 0 and 1. Text is refused.</summary>
    public ListOf<string> Numbers { get; init; }
}
