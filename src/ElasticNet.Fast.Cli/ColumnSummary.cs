namespace ElasticNet.Fast.Cli;

/// <summary>What can be said about one column; NaN where something is not defined, and for the numbers of a category.</summary>
internal sealed record ColumnSummary
{
    public required string Name { get; init; }

    public required InputKind Kind { get; init; }

    /// <summary>How many values are missing.</summary>
    public required int Missing { get; init; }

    public double Minimum { get; init; } = double.NaN;

    public double Mean { get; init; } = double.NaN;

    public double Median { get; init; } = double.NaN;

    public double Maximum { get; init; } = double.NaN;

    /// <summary>With divisor n − 1.</summary>
    public double StandardDeviation { get; init; } = double.NaN;

    /// <summary>The levels of a category, the most frequent first.</summary>
    public (string Level, int Count)[] Levels { get; init; } = [];

    /// <summary>Pearson's correlation with the target; of a category the correlation ratio η.</summary>
    public double Association { get; init; } = double.NaN;

    /// <summary>Summarises a column.</summary>
    /// <param name="column">What it is.</param>
    /// <param name="values">Its values.</param>
    /// <param name="target">The target's, or none.</param>
    public static ColumnSummary Of(InputColumn column, ReadOnlySpan<double> values, ReadOnlySpan<double> target)
    {
        double[] present = Present(values);
        var summary = new ColumnSummary { Name = column.Name, Kind = column.Kind, Missing = values.Length - present.Length };
        if (column.Kind == InputKind.Category)
        {
            return summary with
            {
                Levels = Count(column, present),
                Association = target.IsEmpty ? double.NaN : Fast.Cli.Association.CorrelationRatio(values, column.Levels.Count, target),
            };
        }
        if (!target.IsEmpty)
            summary = summary with { Association = Fast.Cli.Association.Pearson(values, target) };
        if (present.Length == 0)
            return summary;
        Array.Sort(present);
        double mean = present.Average();
        int half = present.Length / 2;
        return summary with
        {
            Minimum = present[0],
            Mean = mean,
            Median = present.Length % 2 == 1 ? present[half] : (present[half - 1] / 2) + (present[half] / 2),
            Maximum = present[^1],
            StandardDeviation = present.Length == 1 ? double.NaN : Math.Sqrt(present.Sum(value => (value - mean) * (value - mean)) / (present.Length - 1)),
        };
    }

    private static double[] Present(ReadOnlySpan<double> values)
    {
        double[] present = new double[values.Length];
        int count = 0;
        foreach (double value in values)
        {
            present[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }
        return present[..count];
    }

    private static (string Level, int Count)[] Count(InputColumn column, double[] codes)
    {
        int[] counts = new int[column.Levels.Count];
        foreach (double code in codes)
            counts[(int)code]++;
        // A stable order: ties keep the order of the levels.
        return [.. column.Levels.Zip(counts).OrderByDescending(level => level.Second)];
    }
}
