using System.Buffers;
using System.Numerics;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Xβ of a sparse table: blocks of rows, each row with its own eight lanes, filled column by column in the order of
/// <see cref="RowPredictor"/>. So the bits are those of the rows one by one, and only columns that have a coefficient are read.
/// </summary>
internal static class SparseBatchPredictor
{
    /// <summary>Rows of a block: its lanes (256 KiB) stay in the second-level cache.</summary>
    private const int BlockRows = 4096;

    /// <summary>Writes xᵀβ of every row.</summary>
    /// <param name="table">A table whose columns are the features of the model.</param>
    /// <param name="indices">Which features have coefficients, ascending; the other columns are not read.</param>
    /// <param name="values">Their coefficients.</param>
    /// <param name="sums">One per row.</param>
    public static void Dot<T>(SparseMatrix<T> table, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] lanes = ArrayPool<double>.Shared.Rent(RowPredictor.Lanes * Math.Min(BlockRows, sums.Length));
        // Where each column goes on in the next block.
        int[] next = ArrayPool<int>.Shared.Rent(values.Length);
        try
        {
            next.AsSpan(0, values.Length).Clear();
            for (int first = 0; first < sums.Length; first += BlockRows)
            {
                int rows = Math.Min(BlockRows, sums.Length - first);
                Span<double> block = lanes.AsSpan(0, RowPredictor.Lanes * rows);
                block.Clear();
                for (int k = 0; k < values.Length; k++)
                    next[k] = AddProducts(table, indices[k], values[k], next[k], first, block[(k % RowPredictor.Lanes)..]);
                for (int i = 0; i < rows; i++)
                {
                    Span<double> lane = block.Slice(i * RowPredictor.Lanes, RowPredictor.Lanes);
                    sums[first + i] = RowPredictor.Reduce(lane[0], lane[1], lane[2], lane[3], lane[4], lane[5], lane[6], lane[7]);
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(next);
            ArrayPool<double>.Shared.Return(lanes);
        }
    }

    /// <summary>Writes xᵀβ of every row for each of several outputs, row after row: blocks of fewer rows, whose lanes are as many.</summary>
    /// <param name="table">A table whose columns are the features of the model.</param>
    /// <param name="indices">Which features have coefficients, ascending; the other columns are not read.</param>
    /// <param name="values">Their coefficients, those of a feature side by side.</param>
    /// <param name="outputs">How many each has.</param>
    /// <param name="sums">For each row one for each output.</param>
    public static void Dot<T>(SparseMatrix<T> table, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, int outputs, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = RowPredictor.Lanes * outputs, blockRows = Math.Min(Math.Max(1, BlockRows / outputs), table.Rows);
        double[] lanes = ArrayPool<double>.Shared.Rent(width * blockRows);
        int[] next = ArrayPool<int>.Shared.Rent(indices.Length);
        try
        {
            next.AsSpan(0, indices.Length).Clear();
            for (int first = 0; first < table.Rows; first += blockRows)
            {
                int end = Math.Min(first + blockRows, table.Rows);
                lanes.AsSpan(0, width * (end - first)).Clear();
                for (int k = 0; k < indices.Length; k++)
                {
                    if ((uint)indices[k] >= (uint)table.Columns)
                        Throw.ModelFile($"'index' ({indices[k]}) must be below the {table.Columns} features");
                    ReadOnlySpan<int> rows = table.RowsOf(indices[k]);
                    ReadOnlySpan<T> column = table.ValuesOf(indices[k]);
                    ReadOnlySpan<double> own = values.Slice(k * outputs, outputs);
                    int at = next[k], lane = k % RowPredictor.Lanes * outputs;
                    for (; at < rows.Length && rows[at] < end; at++)
                        OutputPredictor.AddProducts(column.IsEmpty ? 1 : Number.Widen(column[at]), own, lanes.AsSpan((rows[at] - first) * width + lane, outputs));
                    next[k] = at;
                }

                for (int i = first; i < end; i++)
                    OutputPredictor.Reduce(lanes.AsSpan((i - first) * width, width), sums.Slice(i * outputs, outputs));
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(next);
            ArrayPool<double>.Shared.Return(lanes);
        }
    }

    /// <summary>Adds value × column to one lane of the rows of a block; returns the entry at which the next block begins.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">Checked again although the model was: the indices of a mapped file can change under our hands.</param>
    /// <param name="value">The coefficient.</param>
    /// <param name="from">The first entry that is not before the block.</param>
    /// <param name="first">The first row of the block.</param>
    /// <param name="lanes">From the lane of the first row to the end of the block.</param>
    private static int AddProducts<T>(SparseMatrix<T> table, int column, double value, int from, int first, Span<double> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if ((uint)column >= (uint)table.Columns)
            Throw.ModelFile($"'index' ({column}) must be below the {table.Columns} features");
        ReadOnlySpan<int> rows = table.RowsOf(column);
        ReadOnlySpan<T> values = table.ValuesOf(column);
        int end = (lanes.Length + RowPredictor.Lanes - 1) / RowPredictor.Lanes + first;
        int k = from;
        for (; k < rows.Length && rows[k] < end; k++)
            lanes[(rows[k] - first) * RowPredictor.Lanes] += value * (values.IsEmpty ? 1 : Number.Widen(values[k]));
        return k;
    }
}
