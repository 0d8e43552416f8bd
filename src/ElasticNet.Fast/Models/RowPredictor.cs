using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Models;

/// <summary>
/// xᵀβ of one row, in the order of additions that every prediction keeps, so that every build, width and CPU gives
/// the same bits: coefficient k (of those that are not 0) goes to lane k mod 8; a product is rounded before it is
/// added, never fused; lanes are then added as ((0+4)+(2+6)) + ((1+5)+(3+7)).
/// </summary>
internal static class RowPredictor
{
    /// <summary>Lanes of partial sums.</summary>
    public const int Lanes = 8;

    /// <summary>xᵀβ over the features that have coefficients.</summary>
    /// <param name="row">All p features; the others are not read.</param>
    /// <param name="indices">Which features have coefficients, ascending.</param>
    /// <param name="values">Their coefficients.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Dot<T>(ReadOnlySpan<T> row, ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
        where T : unmanaged =>
        // As many indices as features, ascending: they can only be 0, 1, 2, ….
        values.Length == row.Length ? Sum(new WholeRow<T>(row), values) : Sum(new SparseRow<T>(row, indices), values);

    /// <summary>Adds the lanes up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Reduce(
        double lane0, double lane1, double lane2, double lane3, double lane4, double lane5, double lane6, double lane7) =>
        ((lane0 + lane4) + (lane2 + lane6)) + ((lane1 + lane5) + (lane3 + lane7));

    /// <summary>
    /// xᵀβ of a row that hands out its features in the order of their coefficients.
    /// Four registers of two lanes: the baseline CPU has no wider ones, and four chains of additions already hide
    /// their latency behind the loads of a gather.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum<TRow>(TRow row, ReadOnlySpan<double> values)
        where TRow : struct, IRowAccess, allows ref struct
    {
        ref double value = ref MemoryMarshal.GetReference(values);
        Vector128<double> lanes01 = default, lanes23 = default, lanes45 = default, lanes67 = default;
        int k = 0;
        for (; k <= values.Length - Lanes; k += Lanes)
        {
            lanes01 += Vector128.LoadUnsafe(ref value, (nuint)k) * row.Pair(k);
            lanes23 += Vector128.LoadUnsafe(ref value, (nuint)k + 2) * row.Pair(k + 2);
            lanes45 += Vector128.LoadUnsafe(ref value, (nuint)k + 4) * row.Pair(k + 4);
            lanes67 += Vector128.LoadUnsafe(ref value, (nuint)k + 6) * row.Pair(k + 6);
        }

        int left = values.Length - k;
        if (left >= 2)
            lanes01 += Vector128.LoadUnsafe(ref value, (nuint)k) * row.Pair(k);
        if (left >= 4)
            lanes23 += Vector128.LoadUnsafe(ref value, (nuint)k + 2) * row.Pair(k + 2);
        if (left >= 6)
            lanes45 += Vector128.LoadUnsafe(ref value, (nuint)k + 4) * row.Pair(k + 4);
        if ((left & 1) != 0)
        {
            // The zero beside the last product changes nothing: a lane that started at +0 is never −0.
            Vector128<double> last = Vector128.CreateScalar(values[^1]) * row.Single(values.Length - 1);
            switch (left)
            {
                case 1: lanes01 += last; break;
                case 3: lanes23 += last; break;
                case 5: lanes45 += last; break;
                default: lanes67 += last; break;
            }
        }

        Vector128<double> sums = (lanes01 + lanes45) + (lanes23 + lanes67);
        return sums.ToScalar() + sums.GetElement(1);
    }
}
