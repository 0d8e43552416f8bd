using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>xᵀy.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class DotDouble128
{
    /// <summary>Σᵢ xᵢyᵢ over <paramref name="n"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static A Dot(S* x, A* y, nint n)
    {
        // Four independent sums hide the latency of the multiply-add; eight gain nothing.
        Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
        nint i = 0;
        for (; i <= n - 4 * Vec.Count; i += 4 * Vec.Count)
        {
            s0 = V.MultiplyAddEstimate(Load.From(x + i), V.Load(y + i), s0);
            s1 = V.MultiplyAddEstimate(Load.From(x + i + Vec.Count), V.Load(y + i + Vec.Count), s1);
            s2 = V.MultiplyAddEstimate(Load.From(x + i + 2 * Vec.Count), V.Load(y + i + 2 * Vec.Count), s2);
            s3 = V.MultiplyAddEstimate(Load.From(x + i + 3 * Vec.Count), V.Load(y + i + 3 * Vec.Count), s3);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
            s0 = V.MultiplyAddEstimate(Load.From(x + i), V.Load(y + i), s0);
        A sum = V.Sum((s0 + s1) + (s2 + s3));
        for (; i < n; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
