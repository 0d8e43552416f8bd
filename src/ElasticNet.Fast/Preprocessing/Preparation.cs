namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Preparation as it was learnt from training rows: how a row of input columns becomes a row of features. Immutable and
/// thread-safe; part of a model and of its file.
/// </summary>
/// <remarks>
/// Features are imputed and encoded, not scaled: scales belong to the penalty, and coefficients are on the original
/// scale. A feature is NaN where its value is missing and nothing fills it (<see cref="ImputationMethod.None"/>,
/// <see cref="ImputationMethod.DropRows"/>), and where the level is one that <see cref="UnknownLevelRule.Refuse"/> refuses.
/// What was never missing in training is filled all the same. A category's value that is no code counts as an unknown level.
/// </remarks>
public sealed partial class Preparation
{
    private readonly FeatureSource[] _sources;

    /// <summary>Features of input j: [j] up to [j + 1].</summary>
    private readonly int[] _firstFeature;

    /// <summary>The inputs that are numbers: the columns of what fills them.</summary>
    private readonly int[] _numbers;

    internal Preparation(
        PreparationOptions options, ReadOnlyMemory<InputEncoding> encodings, IReadOnlyList<string> featureNames, double[] centers, double[] scales,
        INumberImputer? imputer = null)
    {
        Options = options;
        Inputs = options.Inputs;
        Encodings = encodings;
        FeatureNames = featureNames;
        Centers = centers;
        Scales = scales;
        Imputer = imputer;
        _sources = FeatureSource.All(Inputs, encodings.Span, featureNames.Count);
        _numbers = NumbersOf(Inputs);
        _firstFeature = new int[encodings.Length + 1];
        foreach (FeatureSource source in _sources)
            _firstFeature[source.Input + 1]++;
        for (int j = 0; j < encodings.Length; j++)
            _firstFeature[j + 1] += _firstFeature[j];
    }

    /// <summary>What was asked for, its inputs among it.</summary>
    public PreparationOptions Options { get; }

    /// <summary>The columns that a row must have, in this order.</summary>
    public IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>
    /// The features that they become, in the order of the inputs: <c>age</c>, <c>age (missing)</c>, <c>district=north</c>,
    /// <c>district (rare)</c>, <c>district (missing)</c>.
    /// </summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The number of features, p.</summary>
    public int FeatureCount => _sources.Length;

    /// <summary>What becomes of how many columns, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{Inputs.Count} columns to {FeatureCount} features: imputation {Options.Imputation}, categories {Options.Encoding}, scaling {Options.Scaling?.ToString() ?? "by the penalty"}");

    /// <summary>The centers of the scaled features; empty without <see cref="PreparationOptions.Scaling"/>.</summary>
    public ReadOnlyMemory<double> Centers { get; }

    /// <summary>The units of the scaled features; empty without <see cref="PreparationOptions.Scaling"/>.</summary>
    public ReadOnlyMemory<double> Scales { get; }

    /// <summary>What each input became.</summary>
    internal ReadOnlyMemory<InputEncoding> Encodings { get; }

    /// <summary>How the rounds of <see cref="ImputationMethod.Iterative"/> and <see cref="ImputationMethod.Multiple"/> ended; null for other methods.</summary>
    public ImputationConvergence? Convergence => Equations?.Convergence;

    /// <summary>What fills gaps in numbers from the other numbers of a row; null where each column is filled by itself.</summary>
    internal INumberImputer? Imputer { get; }

    /// <summary>The training rows that fill gaps; null but for <see cref="ImputationMethod.NearestNeighbors"/> with a column of numbers.</summary>
    internal NeighborImputer? Neighbors => Imputer as NeighborImputer;

    /// <summary>The regressions that fill gaps; null but for <see cref="ImputationMethod.Iterative"/> and <see cref="ImputationMethod.Multiple"/>.</summary>
    internal ChainedEquations? Equations => Imputer as ChainedEquations;

    /// <summary>Where each feature comes from.</summary>
    internal ReadOnlySpan<FeatureSource> Sources => _sources;

    /// <summary>The same with scales.</summary>
    internal Preparation WithScales(double[] centers, double[] scales) =>
        new(Options, Encodings, FeatureNames, centers, scales, Imputer);

    /// <summary>Which inputs are numbers.</summary>
    internal static int[] NumbersOf(IReadOnlyList<InputColumn> inputs) =>
        [.. Enumerable.Range(0, inputs.Count).Where(input => inputs[input].Kind == InputKind.Number)];
}
