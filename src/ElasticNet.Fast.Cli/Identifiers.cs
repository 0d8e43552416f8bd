using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What is said of text of which nearly every row has another: it names rows and teaches nothing about others.</summary>
internal static class Identifiers
{
    private const int FewLevels = 20;

    /// <summary>Refuses such a column, unless somebody said that it is a category or has what occurs seldom pooled.</summary>
    /// <exception cref="CsvDataException">There is one.</exception>
    public static void Refuse(CsvTable table, FitSettings settings, Terminal terminal)
    {
        PreparationOptions options = settings.Preparation.Options;
        if (options.Encoding == CategoryEncoding.Ordinal || options.MinLevelCount > 1)
            return;
        foreach (InputColumn column in table.Table.Columns)
        {
            int rows = table.Rows - table.Gaps(column.Name).Count;
            if (column.Levels.Count < FewLevels || 2L * column.Levels.Count <= rows)
                continue;
            int levels = Present(table.Column(column.Name).Span);
            if (levels < FewLevels || 2L * levels <= rows)
                continue;
            string what = string.Create(CultureInfo.InvariantCulture, $"column '{column.Name}' has {levels} levels in {rows} rows, such as '{Shown(column.Levels[0])}'");
            if (settings.Reading.Categories.Contains(column.Name))
                terminal.Say($"note: {what}: a feature for each");
            else
                throw new CsvDataException($"{what}: what names rows says nothing about others; leave it out (--exclude), pool what is rare (--min-level-count 2), or say that it is meant (--categories)");
        }
    }

    // Levels of rows that were left out are none.
    private static int Present(ReadOnlySpan<double> codes)
    {
        HashSet<double> seen = [];
        foreach (double code in codes)
        {
            if (!double.IsNaN(code))
                seen.Add(code);
        }

        return seen.Count;
    }

    private static string Shown(string level) => level.Length <= 40 ? level : level[..40] + "…";
}
