namespace ElasticNet.Fast.Cli;

/// <summary>What can be said about a sparse table: how large and how full it is, its target, its empty and its fullest columns.</summary>
internal sealed record SparseSummary
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>How many entries are stored.</summary>
    public required long StoredCount { get; init; }

    /// <summary>How many of these are 0.</summary>
    public required long ZeroCount { get; init; }

    /// <summary>The share of all elements that is stored, in [0, 1]; NaN of a table without columns.</summary>
    public double Density => StoredCount / ((double)Rows * Columns);

    /// <summary>The target.</summary>
    public required ColumnSummary Target { get; init; }

    /// <summary>The columns that are 0 in every row, counted from 0, ascending.</summary>
    public required IReadOnlyList<int> Empty { get; init; }

    /// <summary>The columns with most values that are not 0, the fullest first, of equals the first; none that are empty.</summary>
    public required IReadOnlyList<SparseColumnSummary> Fullest { get; init; }

    /// <summary>Summarises a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">Its target.</param>
    /// <param name="most">How many columns are told one by one.</param>
    public static SparseSummary Of(SparseMatrix<double> table, ReadOnlySpan<double> target, int most)
    {
        var fullest = new PriorityQueue<int, (int, int)>();
        List<int> empty = [];
        long zeros = 0;
        for (int j = 0; j < table.Columns; j++)
        {
            int stored = table.RowsOf(j).Length, count = table.HasValues ? stored - table.ValuesOf(j).Count(0.0) : stored;
            zeros += stored - count;
            if (count == 0)
            {
                empty.Add(j);
                continue;
            }

            // At the head of the queue is the column that gives way: the emptiest, of equals the last.
            if (fullest.Count < most)
                fullest.Enqueue(j, (count, -j));
            else
                fullest.EnqueueDequeue(j, (count, -j));
        }

        var deviations = new double[target.Length];
        double mean = 0, deviance = 0;
        foreach (double value in target)
            mean += value / target.Length;
        for (int i = 0; i < deviations.Length; i++)
        {
            deviations[i] = target[i] - mean;
            deviance += deviations[i] * deviations[i];
        }

        return new()
        {
            Rows = table.Rows,
            Columns = table.Columns,
            StoredCount = table.StoredCount,
            ZeroCount = zeros,
            Target = ColumnSummary.Of(InputColumn.Number(SvmLightInput.Target), target, []),
            Empty = empty,
            Fullest = [.. fullest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => SparseColumnSummary.Of(table, item.Element, deviations, deviance))],
        };
    }
}
