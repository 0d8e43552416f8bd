namespace ElasticNet.Fast.Data;

/// <summary>Several responses, one after another, and their names.</summary>
internal static class ResponseColumns
{
    /// <summary>The columns of a table, all rows of the first, then all of the second, and what they are called.</summary>
    public static (double[] Values, string[] Names) Read(MatrixView<double> y, IReadOnlyList<string>? names)
    {
        int n = y.Rows, count = y.Columns;
        if (count < 2)
            Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' ({n} rows × {count} columns) must have two responses or more; a single one is a target of {nameof(Family)}.{nameof(Family.Gaussian)}: new {nameof(Target)}(values)."));
        if ((long)n * count > Array.MaxLength)
            Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' ({n} rows × {count} columns) must have at most {Array.MaxLength} elements."));
        if (names is not null && names.Count != count)
            Throw.Length(nameof(names), names.Count, $"have one name for each of the {count} columns of '{nameof(y)}'");
        string[] known = names is null ? [.. Enumerable.Range(0, count).Select(k => Throw.Invariant($"y{k}"))] : [.. names];
        if (ClassLabels.FirstTwice(known) is { } twice)
            Throw.Data(nameof(names), twice.Length == 0 ? $"'{nameof(names)}' must not be null." : $"'{nameof(names)}' must differ, but two are '{twice[0]}'.");
        return (ByColumn(y), known);
    }

    /// <summary>The elements of a table, column after column; none for an empty one.</summary>
    public static double[] ByColumn(MatrixView<double> table)
    {
        double[] values = new double[table.Rows * table.Columns];
        for (int k = 0; k < table.Columns; k++)
        {
            for (int i = 0; i < table.Rows; i++)
                values[k * table.Rows + i] = table[i, k];
        }

        return values;
    }
}
