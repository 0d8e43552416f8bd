using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <summary>
/// Preparation as it was learnt from training rows: how a row of input columns becomes a row of features. Immutable and
/// thread-safe; part of a model and of its file.
/// </summary>
public sealed class Preparation
{
    internal Preparation(PreparationOptions options, InputEncoding[] encodings, string[] featureNames, double[] centers, double[] scales)
    {
        Options = options;
        Inputs = options.Inputs!;
        Encodings = encodings;
        FeatureNames = Array.AsReadOnly(featureNames);
        Centers = centers;
        Scales = scales;
    }

    /// <summary>What was asked for; its inputs are never null here.</summary>
    public PreparationOptions Options { get; }

    /// <summary>The columns that a row must have, in this order.</summary>
    public IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>The features that they become: <c>age</c>, <c>age (missing)</c>, <c>district=north</c>, <c>district (rare)</c>, <c>district (missing)</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The centers of the scaled features; empty without <see cref="PreparationOptions.Scaling"/>.</summary>
    public ReadOnlyMemory<double> Centers { get; }

    /// <summary>The units of the scaled features; empty without <see cref="PreparationOptions.Scaling"/>.</summary>
    public ReadOnlyMemory<double> Scales { get; }

    /// <summary>What each input became.</summary>
    internal ReadOnlyMemory<InputEncoding> Encodings { get; }
}
