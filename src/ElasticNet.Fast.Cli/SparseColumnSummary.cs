namespace ElasticNet.Fast.Cli;

/// <summary>What can be said about one column of a sparse table, its zeros counted; NaN where something is not defined.</summary>
/// <param name="Column">The column, counted from 0.</param>
/// <param name="Count">How many of its values are not 0.</param>
/// <param name="Minimum">The least value.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="StandardDeviation">With divisor n − 1.</param>
/// <param name="Correlation">Pearson's correlation with the target.</param>
internal sealed record SparseColumnSummary(
    int Column, int Count, double Minimum, double Mean, double Maximum, double StandardDeviation, double Correlation)
{
    /// <summary>Summarises a column by its entries alone.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column, counted from 0.</param>
    /// <param name="deviations">What the target lies above its mean, row by row.</param>
    /// <param name="deviance">The sum of their squares.</param>
    public static SparseColumnSummary Of(SparseMatrix<double> table, int column, ReadOnlySpan<double> deviations, double deviance)
    {
        ReadOnlySpan<int> rows = table.RowsOf(column);
        int n = table.Rows, count = 0;
        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            double value = Value(table, column, k);
            count += value == 0 ? 0 : 1;
            (least, most, sum) = (Math.Min(least, value), Math.Max(most, value), sum + value);
        }

        if (rows.Length < n)
            (least, most) = (Math.Min(least, 0), Math.Max(most, 0));
        double mean = sum / n, squares = (n - rows.Length) * mean * mean, products = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            double value = Value(table, column, k);
            squares += (value - mean) * (value - mean);
            // Deviations add up to 0, so the rows without an entry need no look.
            products += value * deviations[rows[k]];
        }

        return new(
            column, count, least, mean, most, n > 1 ? Math.Sqrt(squares / (n - 1)) : double.NaN,
            least < most && deviance > 0 ? Math.Clamp(products / Math.Sqrt(squares) / Math.Sqrt(deviance), -1, 1) : double.NaN);
    }

    private static double Value(SparseMatrix<double> table, int column, int k) => table.HasValues ? table.ValuesOf(column)[k] : 1;
}
