namespace ElasticNet.Fast.Preprocessing;

/// <summary>A column of the raw table, and the sentences that name it where its values cannot be.</summary>
/// <param name="Column">Its position, counted from 0.</param>
/// <param name="Input">What it is.</param>
internal readonly record struct ColumnPlace(int Column, InputColumn Input)
{
    /// <summary>The sentence on the first value that no column may have in a row that counts; null where there is none.</summary>
    public string? FirstBadValue(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        int levels = Input.Levels.Count;
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            if (!weights.IsEmpty && weights[i] == 0)
                continue;
            if (Input.Kind == InputKind.Number)
            {
                if (double.IsInfinity(value))
                    return Throw.Invariant($"'x' must be finite, or NaN where it is missing, but {At(i)} is {value}.");
            }
            else if (!double.IsNaN(value) && value != InputColumn.UnknownLevel && !InputColumn.IsCode(value, levels))
            {
                return Throw.Invariant($"'x' must hold codes of the {levels} levels, {InputColumn.UnknownLevel} for an unknown level or NaN for a missing one, but {At(i)} is {value}.");
            }
        }

        return null;
    }

    /// <summary>A gap that nothing fills.</summary>
    public string Missing(int row) =>
        $"'x' must be complete without imputation, but {At(row)} is missing; choose an '{nameof(PreparationOptions.Imputation)}', {nameof(ImputationMethod.DropRows)} for complete rows only.";

    /// <summary>A level that must be known.</summary>
    public string UnknownLevel(int row) =>
        $"'x' must have known levels where '{nameof(PreparationOptions.UnknownLevels)}' is {nameof(UnknownLevelRule.Refuse)}, but that of {At(row)} is unknown.";

    /// <summary>A column without a value to learn from.</summary>
    public string AllMissing(int rows) =>
        Throw.Invariant($"'x' must have values to impute from, but column {Column} '{Input.Name}' (counted from 0) is missing in all {rows} training rows; leave it out{(Input.Kind == InputKind.Number ? ", or impute a constant" : "")}.");

    private string At(int row) => Throw.Invariant($"row {row}, column {Column} '{Input.Name}' (counted from 0)");
}
