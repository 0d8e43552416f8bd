namespace ElasticNet.Fast.Cli;

/// <summary>Which rows cross-validation holds out together, parsed and checked as far as that goes without the data.</summary>
internal sealed record FoldSettings
{
    /// <summary>Ten folds at random.</summary>
    public static FoldSettings Default { get; } = new() { Count = 10, Repeats = 1 };

    /// <summary>How many folds, unless a column names them.</summary>
    public required int Count { get; init; }

    /// <summary>How often the rows are dealt out.</summary>
    public required int Repeats { get; init; }

    /// <summary>The column that says where a row belongs; null where chance does.</summary>
    public FoldColumn? Column { get; init; }

    /// <summary>What must lie between rows that are trained on and those held out, in the unit of the time column; days where it holds dates.</summary>
    public double Gap { get; init; }

    /// <summary>How far back training goes, in the same unit.</summary>
    public double Window { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the column names the folds themselves.</summary>
    public bool AreGiven => Column is { Role: FoldRole.Fold };

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, or contradicts another.</exception>
    public static FoldSettings Parse(string? folds, string? repeats, string? foldColumn, string? groupColumn, string? timeColumn, string? timeGap, string? timeWindow)
    {
        FoldColumn[] columns = [.. new (string? Name, FoldRole Role)[]
        {
            (foldColumn, FoldRole.Fold), (groupColumn, FoldRole.Group), (timeColumn, FoldRole.Time),
        }.Where(given => given.Name is not null).Select(given => new FoldColumn(given.Name!, given.Role))];
        if (columns.Length > 1)
            throw new UsageException($"{columns[0].Option} and {columns[1].Option} exclude each other: each says which rows are held out together");
        FoldColumn? column = columns.FirstOrDefault();
        if (folds is not null && column is { Role: FoldRole.Fold })
            throw new UsageException("--folds and --fold-column exclude each other: the column says how many folds there are");
        if (repeats is not null && column is { Role: FoldRole.Fold })
            throw new UsageException("--repeats and --fold-column exclude each other: the column deals the rows out once");
        if (repeats is not null && column is { Role: FoldRole.Time })
            throw new UsageException("--repeats and --time-column exclude each other: rows in the order of time are dealt out in one way");
        foreach ((string option, string? given) in new[] { ("--time-gap", timeGap), ("--time-window", timeWindow) })
        {
            if (given is not null && column is not { Role: FoldRole.Time })
                throw new UsageException($"{option} needs --time-column, which says when a row was");
        }

        return new()
        {
            Count = folds is null ? Default.Count : OptionValue.Integer("--folds", folds, 2, int.MaxValue, "be a whole number ≥ 2"),
            Repeats = repeats is null ? Default.Repeats : OptionValue.Integer("--repeats", repeats, 1, int.MaxValue, "be a whole number ≥ 1"),
            Column = column,
            Gap = timeGap is null ? 0 : OptionValue.Number("--time-gap", timeGap, 0, double.MaxValue, "be a number ≥ 0"),
            Window = timeWindow is null ? double.PositiveInfinity : OptionValue.Number("--time-window", timeWindow, double.Epsilon, double.MaxValue, "be a number > 0"),
        };
    }
}
