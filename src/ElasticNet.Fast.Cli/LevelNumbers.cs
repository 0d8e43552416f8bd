using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The numbers that the levels of a column are, where numbers stand for classes, folds or times: written as the table writes numbers.</summary>
internal static class LevelNumbers
{
    /// <summary>One for each level; NaN for one that is no number.</summary>
    public static double[] Of(CsvTable table, string column)
    {
        CellFormat format = new(table.Format, readsDates: false);
        return [.. table.Levels(column).Select(level => format.TryParse(level, out double value, out char sign) && sign == '\0' ? value : double.NaN)];
    }
}
