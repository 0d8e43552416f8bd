using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Models;

/// <summary>
/// xᵀβ of a row of which only some features are stored, the others being 0, to the bits of the same row with its zeros: each stored
/// feature goes to the lane that its coefficient has in <see cref="RowPredictor"/>, by its position among the coefficients. The
/// products of zeros are left out, which no lane notices: it starts at +0, and adding ±0 to it changes nothing.
/// </summary>
internal static class SparseRowPredictor
{
    /// <summary>xᵀβ over the features that have both a coefficient and a value.</summary>
    /// <param name="features">Which features the row stores, ascending.</param>
    /// <param name="row">Their values.</param>
    /// <param name="indices">Which features have coefficients, ascending.</param>
    /// <param name="values">Their coefficients.</param>
    public static double Dot<T>(ReadOnlySpan<int> features, ReadOnlySpan<T> row, ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
        where T : unmanaged
    {
        Span<double> lanes = stackalloc double[RowPredictor.Lanes];
        lanes.Clear();
        int k = 0, f = 0;
        while (NextShared(features, indices, ref f, ref k))
            lanes[k % RowPredictor.Lanes] += values[k++] * Number.Widen(row[f++]);

        return RowPredictor.Reduce(lanes[0], lanes[1], lanes[2], lanes[3], lanes[4], lanes[5], lanes[6], lanes[7]);
    }

    /// <summary>Goes on to the next feature that both lists have, from where they stand; false at the end of one.</summary>
    /// <param name="features">One list, ascending.</param>
    /// <param name="indices">The other.</param>
    /// <param name="f">The place in the first.</param>
    /// <param name="k">The place in the second.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NextShared(ReadOnlySpan<int> features, ReadOnlySpan<int> indices, ref int f, ref int k)
    {
        while (k < indices.Length && f < features.Length)
        {
            // Two lists of any lengths are merged by leaps: in a long one beside a short one most is never looked at.
            int feature = features[f], index = indices[k];
            if (index < feature)
                k = Leap(indices, k, feature);
            else if (index > feature)
                f = Leap(features, f, index);
            else
                return true;
        }

        return false;
    }

    /// <summary>The first place after <paramref name="from"/> that is not below <paramref name="limit"/>: doubling steps, then bisection.</summary>
    private static int Leap(ReadOnlySpan<int> ascending, int from, int limit)
    {
        ReadOnlySpan<int> rest = ascending[(from + 1)..];
        int step = 1;
        while (step <= rest.Length && rest[step - 1] < limit)
            step = (int)Math.Min(2L * step, int.MaxValue);
        int low = step / 2, high = Math.Min(step - 1, rest.Length);
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            (low, high) = rest[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return from + 1 + low;
    }
}
