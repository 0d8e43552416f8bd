namespace ElasticNet.Fast.Csv;

/// <summary>How a svmlight (libsvm) file is read. Immutable.</summary>
public sealed record SvmLightOptions
{
    /// <summary>Everything at its default.</summary>
    public static SvmLightOptions Default { get; } = new();

    /// <summary>True where the first feature has index 0 in the file, false where it has index 1.</summary>
    public bool ZeroBased { get; init; }

    /// <summary>
    /// The number of features, p ≥ 0: entries of features beyond count nowhere but in <see cref="SvmLightReader.IgnoredCount"/>, as
    /// those that a model has never seen. Null: as many as the file names.
    /// </summary>
    public int? FeatureCount { get; init; }
}
