namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>
    /// Where values are missing: a line for each column with gaps, the most gaps first, rows from left to right; the deeper the colour, the
    /// larger the share of a stretch of rows.
    /// </summary>
    /// <param name="table">The raw columns.</param>
    public static Picture MissingValues(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        (int Column, int Count)[] gaps = [.. Enumerable.Range(0, table.Columns.Count)
            .Select(column => (Column: column, Count: CountMissing(table.Column(column))))
            .Where(column => column.Count > 0).OrderByDescending(column => column.Count)];
        long missing = gaps.Sum(column => (long)column.Count);
        string title = "Missing values";
        string description = gaps.Length == 0
            ? FormattableString.Invariant($"No value of {table.Rows} rows and {table.Columns.Count} columns is missing.")
            : FormattableString.Invariant($"{missing} values are missing in {gaps.Length} of {table.Columns.Count} columns, most in {FeatureName.Shown(table.Columns[gaps[0].Column].Name)} ({gaps[0].Count} of {table.Rows}).");
        return new(title, description, style =>
        {
            int shown = Math.Min(gaps.Length, RoomFor(style));
            string[] names = [.. gaps.Take(shown).Select(column => FormattableString.Invariant($"{100.0 * column.Count / table.Rows:0.#} % of {table.Columns[column.Column].Name}"))];
            Sheet sheet = Rows(style, title, gaps.Length == 0 ? description : FormattableString.Invariant($"{missing} values in {gaps.Length} of {table.Columns.Count} columns{Left(shown, gaps.Length)}; deeper: a larger share of the rows"), names);
            Limit(sheet, names, 0.5, table.Rows + 0.5);
            sheet.Label("row", "");
            for (int k = 0; k < shown; k++)
                DrawGaps(sheet, table.Column(gaps[k].Column), -k);
            return sheet;
        });
    }

    private static int CountMissing(ReadOnlySpan<double> values)
    {
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                count++;
        }

        return count;
    }

    // Stretches of rows two pixels wide, or single rows where there are fewer; neighbours of the same share are one box.
    private static void DrawGaps(Sheet sheet, ReadOnlySpan<double> values, int line)
    {
        const int shades = 5;
        int rows = values.Length, stretches = Math.Min(rows, (int)(sheet.DataWidth / 2));
        int start = 0, shade = 0;
        for (int k = 0; k <= stretches; k++)
        {
            int next = 0;
            if (k < stretches)
            {
                int from = Row(k), to = Row(k + 1);
                int missing = CountMissing(values[from..to]);
                next = (int)Math.Ceiling((double)shades * missing / (to - from));
            }

            if (next == shade && k < stretches)
                continue;
            if (shade > 0)
                sheet.Box(Row(start) + 0.5, Row(k) + 0.5, line - 0.4, line + 0.4, sheet.Ink.Second.WithAlpha((double)shade / shades));
            (start, shade) = (k, next);
        }

        int Row(int stretch) => (int)((long)stretch * rows / stretches);
    }
}
