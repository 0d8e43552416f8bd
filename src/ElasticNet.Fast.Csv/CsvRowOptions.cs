namespace ElasticNet.Fast.Csv;

/// <summary>How rows are read that a model is to predict. Immutable and comparable by content.</summary>
public sealed record CsvRowOptions
{
    /// <summary>Everything at its default.</summary>
    public static CsvRowOptions Default { get; } = new();

    /// <summary>The column that holds the offset; needed by, and only by, a model that was fitted with one.</summary>
    public string? OffsetColumn { get; init; }

    /// <summary>Of a model of several outputs that was fitted with offsets, in the place of <see cref="OffsetColumn"/>: the column of each class or response, in the order of the model.</summary>
    public ListOf<string> OffsetColumns { get; init; }

    /// <summary>The column whose logarithm is the offset, in the place of <see cref="OffsetColumn"/>: time at risk, area, number insured. Its values are above 0.</summary>
    public string? ExposureColumn { get; init; }

    /// <summary>The column with the stratum of a row, as the model calls them; for survival curves of a model that has several.</summary>
    public string? StratumColumn { get; init; }

    /// <summary>A column to be read beside what the model needs, for <see cref="CsvFeatureReader.Target"/>: what predictions are compared with.</summary>
    public string? TargetColumn { get; init; }

    /// <summary>The cells that are missing values, besides empty ones. Empty (default): as in the table that the model was fitted to (<see cref="ElasticNetModel.TextFormat"/>); <c>[""]</c>: only empty ones.</summary>
    public ListOf<string> MissingTokens { get; init; }

    /// <summary>What stands before the fraction of a number, a point or a comma. Null (default): as in the table that the model was fitted to.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>What may stand between thousands. Null (default): as in the table that the model was fitted to.</summary>
    public char? GroupSeparator { get; init; }

    /// <summary>What separates two fields; see <see cref="CsvReadOptions.Delimiter"/>.</summary>
    public char? Delimiter { get; init; }
}
