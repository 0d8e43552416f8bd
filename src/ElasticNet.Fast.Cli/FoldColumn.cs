using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What a column says of a row.</summary>
internal enum FoldRole
{
    /// <summary>Its fold.</summary>
    Fold,

    /// <summary>With whom it is held out.</summary>
    Group,

    /// <summary>When it was.</summary>
    Time,
}

/// <summary>The column that says which rows are held out together. It is read as text: what a cell means depends on all of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it says.</param>
internal sealed record FoldColumn(string Name, FoldRole Role)
{
    // As they are sorted they are in order; a day before a month or a month before a day nobody could tell apart.
    private static readonly string[] s_dates =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The option that names it.</summary>
    public string Option => Role switch
    {
        FoldRole.Fold => "--fold-column",
        FoldRole.Group => "--group-column",
        _ => "--time-column",
    };

    /// <summary>Refuses cells that say nothing.</summary>
    /// <param name="table">The table, before rows are left out: a row bears the number that it has in the file.</param>
    /// <exception cref="CsvDataException">A cell is no fold, or no time.</exception>
    public void Check(CsvTable table)
    {
        if (Role == FoldRole.Time)
            Times(table);
        else if (Role == FoldRole.Fold)
            Folds(table);
    }

    /// <summary>The plan of the folds.</summary>
    /// <param name="table">The table, without rows that are left out.</param>
    /// <param name="settings">Number of folds and repeats, gap and window.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public FoldPlan Plan(CsvTable table, FoldSettings settings, ulong seed) => Role switch
    {
        FoldRole.Time => Forward(table, settings),
        FoldRole.Fold => FoldPlan.Given(OfRows(table, Folds(table))),
        _ => FoldPlan.Groups(OfRows(table, [.. Enumerable.Range(0, table.Levels(Name).Count)]), settings.Count, settings.Repeats, seed),
    };

    // Whole numbers are in their order, and "2" and "2.0" are one; text is in the order of its letters.
    private int[] Folds(CsvTable table)
    {
        IReadOnlyList<string> labels = table.Levels(Name);
        if (Numbers(table) is not { } numbers)
            return [.. Enumerable.Range(0, labels.Count)];
        int bad = Array.FindIndex(numbers, fold => fold != Math.Floor(fold) || fold is < int.MinValue or > int.MaxValue);
        if (bad >= 0)
            throw new CsvDataException(RowOf(table, bad), Name, $"{labels[bad]} is not a whole number, so it cannot name a fold");
        return Array.ConvertAll(numbers, fold => (int)fold);
    }

    private FoldPlan Forward(CsvTable table, FoldSettings settings)
    {
        (double[] times, double unit) = Times(table);
        return FoldPlan.Forward(OfRows(table, times), settings.Count, InUnits(settings.Gap), InUnits(settings.Window));

        double InUnits(double time) => unit == 1 ? time : Math.Round(time * unit);
    }

    // Dates in ticks from the first on, which double holds of 28 years: days with a time would not be numbers of it.
    private (double[] Times, double Unit) Times(CsvTable table)
    {
        IReadOnlyList<string> labels = table.Levels(Name);
        if (Numbers(table) is { } numbers)
            return (numbers, 1);
        DateTime[] dates = new DateTime[labels.Count];
        for (int k = 0; k < dates.Length; k++)
        {
            if (!DateTime.TryParseExact(labels[k], s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out dates[k]))
                throw new CsvDataException(RowOf(table, k), Name, $"'{labels[k]}' is no time: a time column holds numbers, or dates like 2024-03-01 or 2024-03-01T15:30");
        }

        DateTime first = dates.Min();
        return (Array.ConvertAll(dates, date => (double)(date - first).Ticks), TimeSpan.TicksPerDay);
    }

    private double[]? Numbers(CsvTable table) => LevelNumbers.Of(table, Name) is var numbers && numbers.Any(double.IsNaN) ? null : numbers;

    // The first that has the level.
    private int RowOf(CsvTable table, int level) => table.RowNumber(table.Column(Name).Span.IndexOf(level));

    private T[] OfRows<T>(CsvTable table, T[] values)
    {
        ReadOnlySpan<double> codes = table.Column(Name).Span;
        T[] rows = new T[codes.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = values[(int)codes[i]];
        return rows;
    }
}
