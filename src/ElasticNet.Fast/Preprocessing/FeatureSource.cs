using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>How a feature comes from its input.</summary>
internal enum SourceKind
{
    /// <summary>The number.</summary>
    Number,

    /// <summary>1 where the number is missing.</summary>
    NumberMissing,

    /// <summary>The position of the level.</summary>
    Ordinal,

    /// <summary>1 where the position of the level is missing.</summary>
    OrdinalMissing,

    /// <summary>1 where the level is of this feature (a level of its own, the rare ones, or "missing").</summary>
    Level,
}

/// <summary>One feature as a function of one raw value: <see cref="InputEncoding"/> seen from the feature's side.</summary>
internal readonly struct FeatureSource
{
    private readonly int[] _levelFeatures;
    private readonly int _feature;
    private readonly int _levels;
    private readonly int _missing;
    private readonly int _unknown;
    private readonly double _fill;

    private FeatureSource(int input, SourceKind kind, int feature, int levels, int[] levelFeatures, in InputEncoding encoding)
    {
        Input = input;
        Kind = kind;
        _feature = feature;
        _levels = levels;
        _levelFeatures = levelFeatures;
        _missing = encoding.MissingFeature;
        _unknown = encoding.UnknownFeature;
        _fill = encoding.Fill;
    }

    /// <summary>The input that the feature reads.</summary>
    public int Input { get; }

    /// <summary>What it makes of it.</summary>
    public SourceKind Kind { get; }

    /// <summary>The sources of all features.</summary>
    /// <param name="inputs">The input columns.</param>
    /// <param name="encodings">What they became.</param>
    /// <param name="features">How many features they became.</param>
    public static FeatureSource[] All(IReadOnlyList<InputColumn> inputs, ReadOnlySpan<InputEncoding> encodings, int features)
    {
        FeatureSource[] sources = new FeatureSource[features];
        for (int j = 0; j < encodings.Length; j++)
        {
            InputEncoding encoding = encodings[j];
            int levels = inputs[j].Levels.Count;
            int[] levelFeatures = encoding.LevelFeatures.ToArray();
            bool isNumber = inputs[j].Kind == InputKind.Number, isLevel = encoding.Feature < 0;
            Set(encoding.Feature, isNumber ? SourceKind.Number : SourceKind.Ordinal);
            Set(encoding.MissingFeature, isNumber ? SourceKind.NumberMissing : isLevel ? SourceKind.Level : SourceKind.OrdinalMissing);
            Set(encoding.UnknownFeature, SourceKind.Level);
            foreach (int feature in levelFeatures)
                Set(feature, SourceKind.Level);

            void Set(int feature, SourceKind kind)
            {
                if (feature >= 0)
                    sources[feature] = new(j, kind, feature, levels, levelFeatures, encoding);
            }
        }

        return sources;
    }

    /// <summary>The feature where the input has this value. Allocates nothing.</summary>
    /// <param name="value">The raw value, NaN for missing; for <see cref="SourceKind.Number"/> after neighbours have filled it, where they do.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Of(double value) => Kind switch
    {
        SourceKind.Number => double.IsNaN(value) ? _fill : value,
        SourceKind.NumberMissing => double.IsNaN(value) ? 1 : 0,
        SourceKind.Ordinal => IsCode(value) ? value : IsRefused(value) ? double.NaN : _fill,
        SourceKind.OrdinalMissing => IsCode(value) ? 0 : IsRefused(value) ? double.NaN : 1,
        _ => OfLevel(value),
    };

    private double OfLevel(double value)
    {
        int feature = double.IsNaN(value) ? _missing : IsCode(value) ? _levelFeatures[(int)value] : _unknown;
        return feature == _feature ? 1 : feature == InputEncoding.Refused ? double.NaN : 0;
    }

    private bool IsCode(double value) => InputColumn.IsCode(value, _levels);

    private bool IsRefused(double value) => _unknown == InputEncoding.Refused && !double.IsNaN(value);
}
