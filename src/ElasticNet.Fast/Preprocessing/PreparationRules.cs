namespace ElasticNet.Fast.Preprocessing;

/// <summary>What options of preparation must keep to, whatever the data.</summary>
internal static class PreparationRules
{
    /// <summary>Checks the options against a table of so many columns.</summary>
    /// <param name="options">The options; their inputs are not null.</param>
    /// <param name="columns">Columns of the table.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the inputs do not fit the table or share a name.</exception>
    public static void Check(PreparationOptions options, int columns)
    {
        ListOf<InputColumn> inputs = options.Inputs;
        if (inputs.Count != columns)
            Throw.Length(nameof(options.Inputs), inputs.Count, Throw.Invariant($"have one input for each of the {columns} columns"));
        Dictionary<string, int> seen = new(inputs.Count, StringComparer.Ordinal);
        for (int j = 0; j < inputs.Count; j++)
        {
            if (inputs[j] is null)
                Throw.Data(nameof(options.Inputs), Throw.Invariant($"'{nameof(options.Inputs)}' must not be null, but column {j} (counted from 0) of {columns} is."));
            if (!seen.TryAdd(inputs[j].Name, j))
                Throw.Data(nameof(options.Inputs), Throw.Invariant($"'{nameof(options.Inputs)}' must differ by name, but '{inputs[j].Name}' is column {seen[inputs[j].Name]} and column {j} (counted from 0) of {columns}."));
        }

        if (!double.IsFinite(options.FillValue))
            Throw.OutOfRange(nameof(options.FillValue), options.FillValue, "be finite");
        if (options.Neighbors < 1)
            Throw.OutOfRange(nameof(options.Neighbors), options.Neighbors, "be at least 1");
        Check(options.Iterative);
        Check(options.Multiple);
        if (options.MinLevelCount < 1)
            Throw.OutOfRange(nameof(options.MinLevelCount), options.MinLevelCount, "be at least 1");
        Defined(nameof(options.Imputation), options.Imputation);
        Defined(nameof(options.NeighborWeighting), options.NeighborWeighting);
        Defined(nameof(options.Encoding), options.Encoding);
        Defined(nameof(options.Reference), options.Reference);
        Defined(nameof(options.UnknownLevels), options.UnknownLevels);
        if (options.Scaling is { } scaling)
            Defined(nameof(options.Scaling), scaling);
    }

    /// <summary>Checks that columns are the expected ones: their values mean the same.</summary>
    public static void CheckColumns(string name, IReadOnlyList<InputColumn> columns, IReadOnlyList<InputColumn> expected)
    {
        if (columns.Count != expected.Count)
            Throw.Length(name, columns.Count, Throw.Invariant($"have the {expected.Count} columns expected"));
        for (int j = 0; j < columns.Count; j++)
        {
            if (!columns[j].Equals(expected[j]))
                Throw.Data(name, Throw.Invariant($"'{name}' must have the columns expected, levels included, but column {j} (counted from 0) is {columns[j]} and not {expected[j]}{(columns[j].ToString() == expected[j].ToString() ? " with the same levels" : "")}."));
        }
    }

    /// <summary>Checks how draws are made.</summary>
    public static void Check(MultipleImputationOptions options)
    {
        if (options is null)
            Throw.Data(nameof(options), $"'{nameof(MultipleImputationOptions)}' must not be null.");
        if (options!.Imputations < 2)
            Throw.OutOfRange(nameof(options.Imputations), options.Imputations, "be at least 2: one alone does not show how far imputations differ");
        if (options.Rounds < 1)
            Throw.OutOfRange(nameof(options.Rounds), options.Rounds, "be at least 1");
    }

    private static void Check(IterativeImputationOptions options)
    {
        if (options is null)
            Throw.Data(nameof(PreparationOptions.Iterative), $"'{nameof(PreparationOptions.Iterative)}' must not be null.");
        if (options!.MaxRounds < 1)
            Throw.OutOfRange(nameof(options.MaxRounds), options.MaxRounds, "be at least 1");
        Defined(nameof(options.Regression), options.Regression);
        if (!(options.L1Ratio is >= 0 and <= 1))
            Throw.OutOfRange(nameof(options.L1Ratio), options.L1Ratio, "be in [0, 1]");
        if (options.Matching is < 0 or > MatchTable.MostDonors)
            Throw.OutOfRange(nameof(options.Matching), options.Matching, $"be in [0, {MatchTable.MostDonors}]");
        if (!(options.Tolerance >= 0) || double.IsInfinity(options.Tolerance))
            Throw.OutOfRange(nameof(options.Tolerance), options.Tolerance, "be finite and not negative");
        if (double.IsNaN(options.Minimum) || double.IsPositiveInfinity(options.Minimum))
            Throw.OutOfRange(nameof(options.Minimum), options.Minimum, "be a number or −∞");
        if (!(options.Maximum >= options.Minimum) || double.IsNegativeInfinity(options.Maximum))
            Throw.OutOfRange(nameof(options.Maximum), options.Maximum, Throw.Invariant($"be at least '{nameof(options.Minimum)}' ({options.Minimum})"));
    }

    private static void Defined<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Throw.OutOfRange(name, value, "be a defined value");
    }
}
