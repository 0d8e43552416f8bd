namespace ElasticNet.Fast.Csv;

/// <summary>How rows are read that a model is to predict. Immutable.</summary>
public sealed record CsvRowOptions
{
    /// <summary>Everything at its default.</summary>
    public static CsvRowOptions Default { get; } = new();

    /// <summary>The column that holds the offset; needed by, and only by, a model that was fitted with one.</summary>
    public string? OffsetColumn { get; init; }

    /// <summary>A column to be read beside what the model needs, for <see cref="CsvFeatureReader.Target"/>: what predictions are compared with.</summary>
    public string? TargetColumn { get; init; }

    /// <summary>The cells that are missing values; see <see cref="CsvReadOptions.MissingTokens"/>. Those of the training table should be given again.</summary>
    public IReadOnlyCollection<string> MissingTokens { get; init; } = CsvReadOptions.DefaultMissingTokens;

    /// <summary>What separates two fields; see <see cref="CsvReadOptions.Delimiter"/>.</summary>
    public char? Delimiter { get; init; }
}
