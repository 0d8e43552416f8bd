using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>Reads a table, of either layout and storage type, once: for each column what <see cref="ColumnSummary"/> keeps, or all of it in order.</summary>
internal static class TableSummary
{
    /// <summary>Adds all rows to the summaries of the columns.</summary>
    /// <exception cref="ArgumentException">A value of positive weight is infinite, or the weights do not fit.</exception>
    public static void Add<T>(MatrixView<T> x, ReadOnlySpan<double> weights, Span<ColumnSummary> columns)
        where T : unmanaged
    {
        CheckWeights(weights, x.Rows);
        Span<double> values = stackalloc double[ColumnStatistics.Block], theirs = stackalloc double[ColumnStatistics.Block];
        // A block of rows of a row-major table stays in the cache while its columns are read one after another.
        for (int top = 0; top < x.Rows; top += ColumnStatistics.Block)
        {
            int rows = Math.Min(ColumnStatistics.Block, x.Rows - top);
            for (int j = 0; j < x.Columns; j++)
            {
                int count = ColumnStatistics.Present(
                    in Element(x, top, j), Step(x), rows, weights.IsEmpty ? default : weights.Slice(top, rows), values, theirs);
                CheckFinite(values[..count], x, weights, j);
                columns[j].Add(values[..count], theirs[..count]);
            }
        }
    }

    /// <summary>A column in order; it lives in the scratch.</summary>
    /// <param name="x">The table.</param>
    /// <param name="weights">A weight per row that <see cref="CheckWeights"/> has seen, or empty.</param>
    /// <param name="column">Which column.</param>
    /// <param name="scratch"><see cref="ColumnStatistics.ScratchLength"/> elements.</param>
    /// <exception cref="ArgumentException">A value of positive weight is infinite.</exception>
    public static OrderedColumn Order<T>(MatrixView<T> x, ReadOnlySpan<double> weights, int column, Span<double> scratch)
        where T : unmanaged
    {
        Span<double> theirs = weights.IsEmpty ? default : scratch.Slice(x.Rows, x.Rows);
        int count = x.Rows == 0 ? 0 : ColumnStatistics.Present(in Element(x, 0, column), Step(x), x.Rows, weights, scratch, theirs);
        CheckFinite(scratch[..count], x, weights, column);
        return new OrderedColumn(scratch[..count], weights.IsEmpty ? default : theirs[..count]);
    }

    /// <summary>Weights are finite and not negative, one per row, or there are none.</summary>
    public static void CheckWeights(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
            return;
        if (weights.Length != rows)
            Throw.Length(nameof(weights), weights.Length, Throw.Invariant($"have an element for each of the {rows} rows, or none"));
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
                Throw.Data(nameof(weights), Throw.Invariant($"'weights' must be finite and not negative, but that of row {i} (counted from 0) is {weights[i]}."));
        }

        if (double.IsInfinity(sum))
            Throw.Data(nameof(weights), "'weights' must sum to a number in the range of double; only ratios matter: divide them.");
    }

    private static void CheckFinite<T>(ReadOnlySpan<double> values, MatrixView<T> x, ReadOnlySpan<double> weights, int column)
        where T : unmanaged
    {
        if (!values.ContainsAny(double.PositiveInfinity, double.NegativeInfinity))
            return;
        int row = 0;
        while ((!weights.IsEmpty && weights[row] == 0) || !double.IsInfinity(ColumnStatistics.Widen(x[row, column])))
            row++;
        Throw.Data(nameof(x), Throw.Invariant($"'x' must be finite or NaN, but row {row}, column {column} (counted from 0) is {ColumnStatistics.Widen(x[row, column])}."));
    }

    private static ref readonly T Element<T>(MatrixView<T> x, int row, int column)
        where T : unmanaged =>
        ref Unsafe.Add(ref Unsafe.AsRef(in x.GetPinnableReference()), x.IsColumnMajor ? column * x.Stride + row : row * x.Stride + column);

    private static nint Step<T>(MatrixView<T> x)
        where T : unmanaged => x.IsColumnMajor ? 1 : x.Stride;
}
