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
        InputColumn input = place.Input;
        bool isCategory = input.Kind == InputKind.Category;
        if (isCategory)
            (facts.LevelCounts, facts.LevelWeights) = (new int[input.Levels.Count], new double[input.Levels.Count]);

        (int gap, int unknown, int present, int training) = (-1, -1, 0, 0);
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            if (weight == 0)
                continue;
            training++;
            double value = values[i];
            if (CompleteRows.IsMissing(input, value, options.Encoding))
            {
                gap = gap < 0 ? i : gap;
            }
            else
            {
                present++;
                if (isCategory && value >= 0)
                {
                    facts.LevelCounts[(int)value]++;
                    facts.LevelWeights[(int)value] += weight;
                }
            }

            if (value == InputColumn.UnknownLevel && isCategory && unknown < 0)
                unknown = i;
        }

        facts.HasGaps = gap >= 0;
        if (unknown >= 0 && options.UnknownLevels == UnknownLevelRule.Refuse)
            facts.Flaw = place.UnknownLevel(unknown);
        if (isCategory && options.Encoding == CategoryEncoding.OneHot)
            return facts;
        if (gap >= 0 && options.Imputation == ImputationMethod.None)
            facts.Flaw ??= place.Missing(gap);
        if (options.Imputation is ImputationMethod.None or ImputationMethod.DropRows)
            return facts;
        bool isConstant = options.Imputation == ImputationMethod.Constant && !isCategory;
        if (present == 0 && !isConstant)
        {
            facts.Fill = 0;
            if (!isFold)
                facts.Flaw ??= place.AllMissing(training);
            return facts;
        }

        facts.Fill = isCategory ? facts.MostFrequentLevel(leastCount: 1) : options.Imputation switch
        {
            ImputationMethod.Mean => ColumnStatistics.Mean(values, weights),
            ImputationMethod.Median => ColumnStatistics.Quantile(values, weights, 0.5, scratch),
            ImputationMethod.MostFrequent => ColumnStatistics.MostFrequent(values, weights, scratch),
            ImputationMethod.Constant => options.FillValue,
            _ => double.NaN,
        };
        return facts;
    }
}
