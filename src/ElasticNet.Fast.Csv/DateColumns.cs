using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Csv;

/// <summary>Columns of dates become a column for each part that was asked for.</summary>
internal static class DateColumns
{
    /// <summary>The columns with each date's parts in the place of its days.</summary>
    /// <param name="columns">What the columns are.</param>
    /// <param name="isDate">Which of them are dates.</param>
    /// <param name="gaps">The missing values of each.</param>
    /// <param name="values">Column after column; days where they are dates.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="parts">What becomes of a date, at least one.</param>
    public static (InputColumn[] Columns, ColumnGaps[] Gaps, ReadOnlyMemory<double> Values) Spread(
        InputColumn[] columns, bool[] isDate, ColumnGaps[] gaps, ReadOnlyMemory<double> values, int rows, IReadOnlyList<TextPart> parts)
    {
        if (!isDate.Contains(true) || parts is [TextPart.Days])
            return (columns, gaps, values);
        List<InputColumn> spread = [];
        List<ColumnGaps> spreadGaps = [];
        double[] all = new double[checked(rows * (columns.Length + isDate.Count(date => date) * (parts.Count - 1)))];
        for (int j = 0; j < columns.Length; j++)
        {
            ReadOnlySpan<double> from = values.Span.Slice(j * rows, rows);
            foreach (TextPart part in isDate[j] ? parts : [TextPart.Number])
            {
                Span<double> to = all.AsSpan(spread.Count * rows, rows);
                for (int i = 0; i < rows; i++)
                    to[i] = part == TextPart.Number ? from[i] : DateParts.Of(from[i], part);
                spread.Add(part == TextPart.Number ? columns[j] : ColumnOf(columns[j].Name, part));
                spreadGaps.Add(gaps[j]);
            }
        }

        return ([.. spread], [.. spreadGaps], all);
    }

    private static InputColumn ColumnOf(string name, TextPart part) => DateParts.Levels(part) is { Length: > 0 } levels
        ? InputColumn.Category(DateParts.Name(name, part), levels)
        : InputColumn.Number(DateParts.Name(name, part));
}
