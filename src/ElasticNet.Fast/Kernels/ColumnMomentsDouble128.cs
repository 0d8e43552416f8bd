using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>The weighted first and second moment of a column about a given point.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class ColumnMomentsDouble128
{
    /// <summary>result[0] = Σᵢ wᵢ(xᵢ − shift), result[1] = Σᵢ wᵢ(xᵢ − shift)² over <paramref name="n"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ColumnMoments(S* x, A shift, A* w, nint n, A* result)
    {
        Vec vs = V.Create(shift);
        Vec m0 = Vec.Zero, m1 = Vec.Zero, q0 = Vec.Zero, q1 = Vec.Zero;
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec d0 = Load.From(x + i) - vs;
            Vec d1 = Load.From(x + i + Vec.Count) - vs;
            Vec wd0 = V.Load(w + i) * d0;
            Vec wd1 = V.Load(w + i + Vec.Count) * d1;
            m0 += wd0;
            m1 += wd1;
            q0 = V.MultiplyAddEstimate(wd0, d0, q0);
            q1 = V.MultiplyAddEstimate(wd1, d1, q1);
        }

        A first = V.Sum(m0 + m1);
        A second = V.Sum(q0 + q1);
        for (; i < n; i++)
        {
            A d = x[i] - shift;
            A wd = w[i] * d;
            first += wd;
            second += wd * d;
        }

        result[0] = first;
        result[1] = second;
    }
}
