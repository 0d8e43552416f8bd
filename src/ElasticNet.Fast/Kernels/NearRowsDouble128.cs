using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>Which rows of a panel with gaps are near a point.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.Single)]
internal static unsafe class NearRowsDouble128
{
    /// <summary>
    /// Lists in ascending order the rows i with Σₖ (x[columns[k]·stride + i] − pointₖ)² ≤ limit, where terms that are
    /// NaN are left out, and returns how many there are; <paramref name="hits"/> has room for all n.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint NearRows(S* x, nint stride, int* columns, nint count, A* point, A limit, nint n, int* hits)
    {
        int* hit = hits;
        Vec most = V.Create(limit);
        nint i = 0;
        for (; i <= n - 4 * Vec.Count; i += 4 * Vec.Count)
        {
            Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
            for (nint k = 0; k < count; k++)
            {
                S* column = x + columns[k] * stride + i;
                Vec at = V.Create(point[k]);
                Vec d0 = Known(Load.From(column) - at);
                Vec d1 = Known(Load.From(column + Vec.Count) - at);
                Vec d2 = Known(Load.From(column + 2 * Vec.Count) - at);
                Vec d3 = Known(Load.From(column + 3 * Vec.Count) - at);
                s0 = V.MultiplyAddEstimate(d0, d0, s0);
                s1 = V.MultiplyAddEstimate(d1, d1, s1);
                s2 = V.MultiplyAddEstimate(d2, d2, s2);
                s3 = V.MultiplyAddEstimate(d3, d3, s3);
            }

            // Hardly ever is anything near: one comparison for all four.
            if (V.LessThanOrEqualAny(V.Min(V.Min(s0, s1), V.Min(s2, s3)), most))
            {
                hit = List(V.LessThanOrEqual(s0, most), i, hit);
                hit = List(V.LessThanOrEqual(s1, most), i + Vec.Count, hit);
                hit = List(V.LessThanOrEqual(s2, most), i + 2 * Vec.Count, hit);
                hit = List(V.LessThanOrEqual(s3, most), i + 3 * Vec.Count, hit);
            }
        }

        for (; i < n; i++)
        {
            A sum = 0;
            for (nint k = 0; k < count; k++)
            {
                A d = x[columns[k] * stride + i] - point[k];
                sum += A.IsNaN(d) ? 0 : d * d;
            }

            if (sum <= limit)
                *hit++ = (int)i;
        }

        return (nint)(hit - hits);
    }

    /// <summary>0 for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Known(Vec difference) => difference & V.Equals(difference, difference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int* List(Vec near, nint first, int* hit)
    {
        for (ulong bits = V.ExtractMostSignificantBits(near); bits != 0; bits &= bits - 1)
            *hit++ = (int)first + System.Numerics.BitOperations.TrailingZeroCount(bits);
        return hit;
    }
}
