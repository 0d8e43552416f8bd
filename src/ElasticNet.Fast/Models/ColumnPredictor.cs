using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Xβ of a column-major table: blocks of rows, each row with its own eight lanes, filled column by column in the
/// order of <see cref="RowPredictor"/>. So the bits are those of the rows one by one, and columns are read as they lie.
/// </summary>
internal static class ColumnPredictor
{
    /// <summary>Rows of a block: its lanes (8 KiB) stay in the first-level cache, and a column gives 1 KiB at a time.</summary>
    private const int BlockRows = 128;

    /// <summary>Writes xᵀβ of every row.</summary>
    /// <param name="table">A column-major table whose columns are the features of the model.</param>
    /// <param name="indices">Which features have coefficients, ascending; the other columns are not read.</param>
    /// <param name="values">Their coefficients.</param>
    /// <param name="sums">One per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot<T>(MatrixView<T> table, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, Span<double> sums)
        where T : unmanaged
    {
        ref T origin = ref Unsafe.AsRef(in table.GetPinnableReference());
        Span<double> lanes = stackalloc double[RowPredictor.Lanes * BlockRows];
        for (int first = 0; first < sums.Length; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, sums.Length - first);
            lanes.Clear();
            for (int k = 0; k < values.Length; k++)
            {
                // Checked again although the model was: the indices of a mapped file can change under our hands.
                int column = indices[k];
                if ((uint)column >= (uint)table.Columns)
                    Throw.ModelFile($"'index' {k} ({column}) must be below the {table.Columns} features");
                ref T start = ref Unsafe.Add(ref origin, column * table.Stride + first);
                AddProducts(ref start, values[k], lanes.Slice(k % RowPredictor.Lanes * BlockRows, rows));
            }
            Reduce(lanes, sums.Slice(first, rows));
        }
    }

    /// <summary>Adds value × column to one lane of every row. Rows do not meet, so any width gives the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts<T>(ref T column, double value, Span<double> lane)
        where T : unmanaged
    {
        ref double sum = ref MemoryMarshal.GetReference(lane);
        Vector128<double> values = Vector128.Create(value);
        int i = 0;
        for (; i <= lane.Length - 4; i += 4)
        {
            (Vector128<double> low, Vector128<double> high) = Four(ref Unsafe.Add(ref column, i));
            (Vector128.LoadUnsafe(ref sum, (nuint)i) + values * low).StoreUnsafe(ref sum, (nuint)i);
            (Vector128.LoadUnsafe(ref sum, (nuint)i + 2) + values * high).StoreUnsafe(ref sum, (nuint)i + 2);
        }
        for (; i < lane.Length; i++)
            lane[i] += value * Number.Widen(Unsafe.Add(ref column, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> Low, Vector128<double> High) Four<T>(ref T start)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Vector128.Widen(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref start)));
        ref double four = ref Unsafe.As<T, double>(ref start);
        return (Vector128.LoadUnsafe(ref four), Vector128.LoadUnsafe(ref four, 2));
    }

    private static void Reduce(ReadOnlySpan<double> lanes, Span<double> sums)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] = RowPredictor.Reduce(
                lanes[i], lanes[BlockRows + i], lanes[2 * BlockRows + i], lanes[3 * BlockRows + i],
                lanes[4 * BlockRows + i], lanes[5 * BlockRows + i], lanes[6 * BlockRows + i], lanes[7 * BlockRows + i]);
    }
}
