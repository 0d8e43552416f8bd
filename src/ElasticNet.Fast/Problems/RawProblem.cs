using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Problems;

/// <summary>Raw columns, target and options that have been held against each other, once, at the door.</summary>
internal readonly ref struct RawProblem
{
    private RawProblem(ElasticNetOptions options, ReadOnlySpan<double> target, ReadOnlySpan<double> weights)
    {
        Options = options;
        Target = target;
        Weights = Summable(weights);
    }

    /// <summary>The options, per raw column; their preparation knows its inputs.</summary>
    public ElasticNetOptions Options { get; }

    /// <summary>y; 0 in rows that do not count.</summary>
    public ReadOnlySpan<double> Target { get; }

    /// <summary>Weights, or empty; 0 in rows that are dropped because they are incomplete.</summary>
    public ReadOnlySpan<double> Weights { get; }

    /// <summary>How often each row is fitted.</summary>
    public int Copies => Options.Preparation!.Copies;

    /// <summary>Checks everything that does not need to be learnt.</summary>
    public static RawProblem Check<T>(MatrixView<T> raw, ReadOnlySpan<double> y, ElasticNetOptions options)
        where T : unmanaged
    {
        PreparationOptions preparation = options.Preparation!;
        if (preparation.Inputs.IsEmpty)
            preparation = preparation with { Inputs = Numbers(raw.Columns, options.NamesGiven) };
        PreparationRules.Check(preparation, raw.Columns);
        if (options.Times is not null && preparation.Copies > 1)
            Throw.Data(nameof(options), $"'{nameof(options.Preparation)}' must impute once for a survival target: copies of a row would be tied with themselves.");
        if (options.OutputNames is not null && preparation.Copies > 1)
            Throw.Data(nameof(options), $"'{nameof(options.Preparation)}' must impute once for {options.Family}: several imputations are for families of one output.");
        options = options with { Preparation = preparation };
        if (preparation.Imputation != ImputationMethod.DropRows)
        {
            ValidOptions valid = ValidOptions.Check(options, raw.Rows, raw.Columns, y);
            return new(options, y, valid.Weights);
        }

        // A missing target makes a row incomplete like any other gap.
        double[] target = y.ToArray();
        for (int i = 0; i < target.Length; i++)
            target[i] = double.IsNaN(target[i]) ? 0 : target[i];
        ReadOnlySpan<double> given = ValidOptions.Check(options, raw.Rows, raw.Columns, target).Weights;
        double[] weights = new double[raw.Rows];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = given.IsEmpty ? 1 : given[i];
            for (int at = i; at < y.Length; at += weights.Length)
                weights[i] = double.IsNaN(y[at]) ? 0 : weights[i];
        }

        if (CompleteRows.Keep(raw, preparation, weights, options.MaxDegreeOfParallelism, options.CancellationToken) == 0)
            Throw.Data(nameof(raw), Throw.Invariant($"'{nameof(raw)}' ({raw.Rows} rows × {raw.Columns} columns) must have a row without a gap when incomplete rows are dropped, but has none of positive weight; impute instead."));
        return new(options with { Weights = weights }, target, weights);
    }

    /// <summary>Only ratios matter: by a power of two where their sum, or their products with values, leave the range of double.</summary>
    private static ReadOnlySpan<double> Summable(ReadOnlySpan<double> weights)
    {
        double sum = 0, largest = 0;
        foreach (double weight in weights)
            (sum, largest) = (sum + weight, Math.Max(largest, weight));
        if (largest == 0 || (double.IsFinite(sum) && largest > 1e-200))
            return weights;
        int exponent = -Math.ILogB(largest);
        return Array.ConvertAll(weights.ToArray(), weight => Math.ScaleB(weight, exponent));
    }

    private static InputColumn[] Numbers(int columns, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != columns)
            Throw.Length(nameof(ElasticNetOptions.FeatureNames), names.Count, $"have one name for each of the {columns} columns");
        InputColumn[] inputs = new InputColumn[columns];
        for (int j = 0; j < columns; j++)
            inputs[j] = InputColumn.Number(FeatureName.Of(names, j));
        return inputs;
    }
}
