using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Learns a <see cref="Preparation"/> from the training rows of a raw table: those of positive weight. What the others
/// hold never reaches anything that is learnt.
/// </summary>
/// <remarks>
/// A fold of a cross-validation is learnt as the whole is, from fewer rows, and every held-out row gets features that are
/// numbers: a column that is missing in all training rows of the fold is filled with 0 (it is constant there, so that its
/// coefficient is 0), and levels that no training row has count as rare or none even where they would be refused.
/// </remarks>
internal static unsafe class PreparationLearner
{
    /// <summary>Learns everything: fills, levels, features, and their scales where they are asked for.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="options">The options; their inputs are not null and fit the table.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most, −1 for all cores.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="isFold">Whether these are the training rows of a fold; see above.</param>
    /// <param name="regression">Makes the regression of chained equations; null means <see cref="BayesianRidge"/>.</param>
    /// <exception cref="ArgumentException">A value cannot be, is missing where nothing fills it, or nothing is left to learn from.</exception>
    public static Preparation Learn<T>(
        MatrixView<T> raw, PreparationOptions options, ReadOnlySpan<double> weights,
        int maxDegreeOfParallelism, CancellationToken cancellationToken, bool isFold = false, Func<IColumnRegression>? regression = null)
        where T : unmanaged
    {
        Preparation preparation = LearnFeatures(raw, options, weights, maxDegreeOfParallelism, cancellationToken, isFold, regression);
        if (options.Scaling is null)
            return preparation;
        using Numerics.AlignedBuffer<double> buffer = new();
        double* features = buffer.Require((nint)raw.Rows * preparation.FeatureCount);
        preparation.Fill(raw, features, raw.Rows, maxDegreeOfParallelism, cancellationToken);
        return FeatureScales.Measure(preparation, features, raw.Rows, raw.Rows, weights, maxDegreeOfParallelism, cancellationToken);
    }

    /// <summary>Learns all but the scales, for a caller who needs the features anyway: <see cref="FeatureScales"/> measures these.</summary>
    public static Preparation LearnFeatures<T>(
        MatrixView<T> raw, PreparationOptions options, ReadOnlySpan<double> weights,
        int maxDegreeOfParallelism, CancellationToken cancellationToken, bool isFold = false, Func<IColumnRegression>? regression = null)
        where T : unmanaged
    {
        PreparationOptions asked = isFold ? options with { UnknownLevels = UnknownLevelRule.RareOrNone } : options;
        double[] training = TrainingWeights(raw, asked, weights, maxDegreeOfParallelism, cancellationToken);
        ColumnFacts[] facts = Survey(raw, asked, training, isFold, maxDegreeOfParallelism, cancellationToken);
        FeatureLayout layout = new(asked, facts);
        string[] names = layout.Names;
        if (!isFold)
            CheckNames(options, layout.Encodings, names);
        INumberImputer? imputer = asked.Imputation switch
        {
            ImputationMethod.NearestNeighbors => Donors.Learn(raw, asked, training, maxDegreeOfParallelism, cancellationToken),
            _ when asked.HasEquations => ChainedEquationsLearner.Learn(raw, asked, facts, training, regression?.Invoke() ?? new BayesianRidge(), cancellationToken),
            _ => null,
        };
        return new Preparation(asked, layout.Encodings, Array.AsReadOnly(names), [], [], imputer);
    }

    /// <summary>Empty where all rows count alike.</summary>
    private static double[] TrainingWeights<T>(
        MatrixView<T> raw, PreparationOptions options, ReadOnlySpan<double> weights, int maxDegreeOfParallelism, CancellationToken cancellationToken)
        where T : unmanaged
    {
        double[] training = weights.ToArray();
        int left = raw.Rows;
        if (options.Imputation == ImputationMethod.DropRows)
        {
            if (training.Length == 0)
                Array.Fill(training = new double[raw.Rows], 1);
            left = CompleteRows.Keep(raw, options, training, maxDegreeOfParallelism, cancellationToken);
            if (left == raw.Rows && weights.IsEmpty)
                training = [];
        }

        if (left == 0)
            Throw.Data("x", Throw.Invariant($"'x' must have a training row without gaps, but none of its {raw.Rows} rows is one; impute instead of dropping rows, or leave out the columns that are mostly missing."));
        return training;
    }

    private static ColumnFacts[] Survey<T>(
        MatrixView<T> raw, PreparationOptions options, double[] weights, bool isFold, int maxDegreeOfParallelism, CancellationToken cancellationToken)
        where T : unmanaged
    {
        ColumnFacts[] facts = new ColumnFacts[raw.Columns];
        string?[] flaws = new string?[raw.Columns];
        fixed (T* origin = raw)
        {
            RawTable<T> table = new(raw, origin);
            int rows = table.Rows;
            table.ForEachColumn(maxDegreeOfParallelism, (column, start, scratch) =>
            {
                ReadOnlySpan<double> values = new(start, rows);
                ColumnPlace place = new(column, options.Inputs[column]);
                // A fold's values have been looked at with the whole.
                flaws[column] = isFold ? null : place.FirstBadValue(values, weights);
                if (flaws[column] is null)
                {
                    facts[column] = ColumnFacts.Of(place, values, weights, new Span<double>(scratch, checked(2 * rows)), options, isFold);
                    flaws[column] = facts[column].Flaw;
                }
            }, cancellationToken);
        }

        // The first column's, whichever thread was first.
        if (Array.Find(flaws, flaw => flaw is not null) is { } first)
            Throw.Data("x", first);
        return facts;
    }

    private static void CheckNames(PreparationOptions options, InputEncoding[] encodings, string[] names)
    {
        if (names.Length == 0)
            Throw.Data("x", Throw.Invariant($"'x' must lead to a feature, but its {encodings.Length} columns have no level besides the reference."));
        int[] inputs = Array.ConvertAll(FeatureSource.All(options.Inputs, encodings, names.Length), source => source.Input);
        Dictionary<string, int> seen = new(names.Length, StringComparer.Ordinal);
        for (int k = 0; k < names.Length; k++)
        {
            if (!seen.TryAdd(names[k], k))
                Throw.Data(nameof(options.Inputs), $"'{nameof(options.Inputs)}' must lead to features of different names, but '{names[k]}' comes from column '{options.Inputs[inputs[seen[names[k]]]].Name}' and from column '{options.Inputs[inputs[k]].Name}'; rename one.");
        }
    }
}
