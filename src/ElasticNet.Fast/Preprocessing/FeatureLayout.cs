namespace ElasticNet.Fast.Preprocessing;

/// <summary>Which features the inputs become, and what they are called.</summary>
internal sealed class FeatureLayout
{
    private readonly PreparationOptions _options;
    private readonly List<string> _names = [];

    /// <summary>Lays out the features of all inputs in their order.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="facts">What the training rows say of each input.</param>
    public FeatureLayout(PreparationOptions options, ReadOnlySpan<ColumnFacts> facts)
    {
        _options = options;
        Encodings = new InputEncoding[facts.Length];
        for (int j = 0; j < facts.Length; j++)
        {
            InputColumn input = options.Inputs[j];
            Encodings[j] = input.Kind == InputKind.Category && options.Encoding == CategoryEncoding.OneHot
                ? OneHot(input, facts[j])
                : Value(input, facts[j]);
        }
    }

    /// <summary>What each input became.</summary>
    public InputEncoding[] Encodings { get; }

    /// <summary>The names of the features.</summary>
    public string[] Names => [.. _names];

    private bool Refuses => _options.UnknownLevels == UnknownLevelRule.Refuse;

    private InputEncoding Value(InputColumn input, ColumnFacts facts)
    {
        int feature = Add(input.Name);
        int missing = _options.MissingIndicators && facts.HasGaps ? Add(input.Name + " (missing)") : InputEncoding.None;
        int unknown = input.Kind == InputKind.Category && Refuses ? InputEncoding.Refused : InputEncoding.None;
        return new(feature, missing, unknown, default, facts.Fill);
    }

    private InputEncoding OneHot(InputColumn input, ColumnFacts facts)
    {
        int[] features = new int[facts.LevelCounts.Length];
        int reference = Reference(facts), least = _options.MinLevelCount;
        bool hasRare = false;
        for (int level = 0; level < features.Length; level++)
        {
            bool isCommon = facts.LevelCounts[level] >= least;
            hasRare |= !isCommon && facts.LevelCounts[level] > 0;
            features[level] = isCommon && level != reference ? Add($"{input.Name}={input.Levels[level]}") : InputEncoding.None;
        }

        int rare = hasRare ? Add(input.Name + " (rare)") : InputEncoding.None;
        int unknown = Refuses ? InputEncoding.Refused : rare;
        for (int level = 0; level < features.Length; level++)
        {
            if (facts.LevelCounts[level] < least)
                features[level] = facts.LevelCounts[level] > 0 ? rare : unknown;
        }

        // "Missing" is a level like any other: unknown where no training row has it.
        int missing = _options.Imputation == ImputationMethod.DropRows ? InputEncoding.Refused
            : facts.HasGaps ? Add(input.Name + " (missing)")
            : unknown;
        return new(InputEncoding.None, missing, unknown, features, double.NaN);
    }

    /// <summary>The level that gets no feature; −1 for none.</summary>
    private int Reference(ColumnFacts facts) => _options.Reference switch
    {
        ReferenceLevel.First => Array.FindIndex(facts.LevelCounts, count => count >= _options.MinLevelCount),
        ReferenceLevel.MostFrequent => facts.MostFrequentLevel(_options.MinLevelCount),
        _ => -1,
    };

    private int Add(string name)
    {
        _names.Add(name);
        return _names.Count - 1;
    }
}
