namespace ElasticNet.Fast.Preprocessing;

/// <summary>What the training rows say of one raw column.</summary>
internal sealed class ColumnFacts
{
    /// <summary>What is wrong with the column; null where nothing is.</summary>
    public string? Flaw { get; private set; }

    /// <summary>Whether a training row has a gap here.</summary>
    public bool HasGaps { get; private set; }

    /// <summary>What a missing number becomes; see <see cref="InputEncoding"/>.</summary>
    public double Fill { get; private set; } = double.NaN;

    /// <summary>A category: how many training rows have each level.</summary>
    public int[] LevelCounts { get; private set; } = [];

    /// <summary>A category: the total weight of each level.</summary>
    public double[] LevelWeights { get; private set; } = [];

    /// <summary>The level of largest total weight, the first of several; −1 where there is none.</summary>
    /// <param name="leastCount">Levels with fewer training rows do not count.</param>
    public int MostFrequentLevel(int leastCount)
    {
        int best = -1;
        for (int level = 0; level < LevelCounts.Length; level++)
        {
            if (LevelCounts[level] >= leastCount && (best < 0 || LevelWeights[level] > LevelWeights[best]))
                best = level;
        }

        return best;
    }

    /// <summary>Looks at a column.</summary>
    /// <param name="place">The column, for messages.</param>
    /// <param name="values">Its raw values; those of weight 0 are not looked at.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="scratch">Room for values and weights.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="isFold">See <see cref="PreparationLearner"/>.</param>
    public static ColumnFacts Of(
        ColumnPlace place, ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Span<double> scratch,
        PreparationOptions options, bool isFold)
    {
        ColumnFacts facts = new();
        (int present, int training) = facts.Count(place, values, weights, options);
        bool isCategory = place.Input.Kind == InputKind.Category;
        bool staysMissing = options.Imputation is ImputationMethod.None or ImputationMethod.DropRows;
        if (staysMissing || isCategory && options.Encoding == CategoryEncoding.OneHot)
            return facts;
        if (present > 0 || options.Imputation == ImputationMethod.Constant && !isCategory)
        {
            facts.Fill = isCategory ? facts.MostFrequentLevel(leastCount: 1) : options.Imputation switch
            {
                ImputationMethod.Mean or ImputationMethod.Iterative or ImputationMethod.Multiple => ColumnStatistics.Mean(values, weights),
                ImputationMethod.Median => ColumnStatistics.Quantile(values, weights, 0.5, scratch),
                ImputationMethod.MostFrequent => ColumnStatistics.MostFrequent(values, weights, scratch),
                ImputationMethod.Constant => options.FillValue,
                _ => double.NaN,
            };
            return facts;
        }

        facts.Fill = 0;
        if (!isFold)
            facts.Flaw ??= place.AllMissing(training);
        return facts;
    }

    /// <summary>Counts levels and finds the first row that must not be as it is.</summary>
    private (int Present, int Training) Count(
        ColumnPlace place, ReadOnlySpan<double> values, ReadOnlySpan<double> weights, PreparationOptions options)
    {
        InputColumn input = place.Input;
        bool isCategory = input.Kind == InputKind.Category;
        bool mayBeMissing = options.Imputation != ImputationMethod.None || isCategory && options.Encoding == CategoryEncoding.OneHot;
        bool mayBeUnknown = options.UnknownLevels != UnknownLevelRule.Refuse;
        if (isCategory)
            (LevelCounts, LevelWeights) = (new int[input.Levels.Count], new double[input.Levels.Count]);
        (int present, int training) = (0, 0);
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i], value = values[i];
            if (weight == 0)
                continue;
            training++;
            if (isCategory && value == InputColumn.UnknownLevel && !mayBeUnknown)
                Flaw ??= place.UnknownLevel(i);
            if (CompleteRows.IsMissing(input, value, options.Encoding))
            {
                HasGaps = true;
                if (!mayBeMissing)
                    Flaw ??= place.Missing(i);
                continue;
            }

            present++;
            if (isCategory && value >= 0)
            {
                LevelCounts[(int)value]++;
                LevelWeights[(int)value] += weight;
            }
        }

        return (present, training);
    }
}
