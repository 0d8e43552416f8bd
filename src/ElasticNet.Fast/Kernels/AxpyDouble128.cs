using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>y += a·x.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class AxpyDouble128
{
    /// <summary>yᵢ += a·xᵢ for <paramref name="n"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Axpy(A a, S* x, A* y, nint n)
    {
        Vec va = V.Create(a);
        nint i = 0;
        for (; i <= n - 4 * Vec.Count; i += 4 * Vec.Count)
        {
            Vec y0 = V.MultiplyAddEstimate(va, Load.From(x + i), V.Load(y + i));
            Vec y1 = V.MultiplyAddEstimate(va, Load.From(x + i + Vec.Count), V.Load(y + i + Vec.Count));
            Vec y2 = V.MultiplyAddEstimate(va, Load.From(x + i + 2 * Vec.Count), V.Load(y + i + 2 * Vec.Count));
            Vec y3 = V.MultiplyAddEstimate(va, Load.From(x + i + 3 * Vec.Count), V.Load(y + i + 3 * Vec.Count));
            y0.Store(y + i);
            y1.Store(y + i + Vec.Count);
            y2.Store(y + i + 2 * Vec.Count);
            y3.Store(y + i + 3 * Vec.Count);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
            V.MultiplyAddEstimate(va, Load.From(x + i), V.Load(y + i)).Store(y + i);
        for (; i < n; i++)
            y[i] += a * x[i];
    }
}
