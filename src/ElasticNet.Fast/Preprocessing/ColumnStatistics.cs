using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Weighted statistics of a column in double. NaN and rows of weight 0 are left out, no weights means 1 each, and where
/// nothing is left the result is NaN.
/// </summary>
internal static class ColumnStatistics
{
    /// <summary>Values looked at together: with their weights they stay in the L1 cache.</summary>
    public const int Block = 256;

    /// <summary>Σwx/Σw.</summary>
    public static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        ColumnSummary summary = Summarize(values, weights);
        return summary.Count > 0 ? summary.Mean : double.NaN;
    }

    /// <summary>Count, weight, mean, deviations and range in one pass.</summary>
    public static ColumnSummary Summarize(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        Span<double> present = stackalloc double[Block], theirs = stackalloc double[Block];
        ColumnSummary summary = default;
        for (int start = 0; start < values.Length; start += Block)
        {
            int length = Math.Min(Block, values.Length - start);
            int count = Present(values.Slice(start, length), weights.IsEmpty ? default : weights.Slice(start, length), present, theirs);
            summary.Add(present[..count], theirs[..count]);
        }

        return summary;
    }

    /// <summary>The quantile that <see cref="OrderedColumn"/> defines.</summary>
    /// <param name="values">The column.</param>
    /// <param name="weights">Its weights, or empty.</param>
    /// <param name="share">In [0, 1]; 0.5 is the median.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    public static double Quantile(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double share, Span<double> scratch) =>
        Order(values, weights, scratch).Quantile(share);

    /// <summary>The value of largest total weight, the smallest of several.</summary>
    /// <param name="values">The column.</param>
    /// <param name="weights">Its weights, or empty.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> elements.</param>
    public static double MostFrequent(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Span<double> scratch) =>
        Order(values, weights, scratch).MostFrequent();

    /// <summary>The column in order; it lives in <paramref name="scratch"/>.</summary>
    public static OrderedColumn Order(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Span<double> scratch)
    {
        Span<double> theirs = weights.IsEmpty ? default : scratch.Slice(values.Length, values.Length);
        int count = Present(values, weights, scratch, theirs);
        return new OrderedColumn(scratch[..count], weights.IsEmpty ? default : theirs[..count]);
    }

    /// <summary>The scratch that a column needs: its values, and its weights if it has any.</summary>
    public static int ScratchLength(int rows, bool weighted) => checked(weighted ? 2 * rows : rows);

    /// <summary>Copies what counts, in order, and says how many that are.</summary>
    /// <param name="first">The first element.</param>
    /// <param name="step">Elements from one row to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="weights">Their weights, or empty.</param>
    /// <param name="present">Takes the values, up to one a row.</param>
    /// <param name="theirs">Takes their weights, 1 each without weights; empty where nobody wants them.</param>
    public static int Present<T>(ref readonly T first, nint step, int rows, ReadOnlySpan<double> weights, Span<double> present, Span<double> theirs)
        where T : unmanaged
    {
        int count = 0;
        for (int i = 0; i < rows; i++)
        {
            double value = Widen(Unsafe.Add(ref Unsafe.AsRef(in first), i * step)), weight = weights.IsEmpty ? 1 : weights[i];
            // Stored in any case and kept if it counts: gaps lie anywhere, and a branch would guess wrong.
            present[count] = value;
            if (!theirs.IsEmpty)
                theirs[count] = weight;
            count += !double.IsNaN(value) & weight > 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>A float or a double as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Widen<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    private static int Present(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Span<double> present, Span<double> theirs) =>
        Present(ref MemoryMarshal.GetReference(values), 1, values.Length, weights, present, theirs);
}
