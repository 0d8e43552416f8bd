using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>Adds a combination of chosen columns to a vector.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class PanelAxpyDouble128
{
    /// <summary>yᵢ += Σₖ a[k]·x[columns[k]·stride + i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PanelAxpy(S* x, nint stride, int* columns, A* a, nint count, A* y, nint n)
    {
        nint k = 0;
        for (; k <= count - 4; k += 4)
            Four(x + columns[k] * stride, x + columns[k + 1] * stride, x + columns[k + 2] * stride, x + columns[k + 3] * stride, a + k, y, n);
        for (; k < count; k++)
            One(x + columns[k] * stride, a[k], y, n);
    }

    /// <summary>Four columns for each load and store of y. The sums are paired, so that a store waits for two multiply-adds, not four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(S* x0, S* x1, S* x2, S* x3, A* a, A* y, nint n)
    {
        Vec a0 = V.Create(a[0]), a1 = V.Create(a[1]), a2 = V.Create(a[2]), a3 = V.Create(a[3]);
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec p0 = V.MultiplyAddEstimate(a1, Load.From(x1 + i), V.MultiplyAddEstimate(a0, Load.From(x0 + i), V.Load(y + i)));
            Vec q0 = V.MultiplyAddEstimate(a3, Load.From(x3 + i), a2 * Load.From(x2 + i));
            Vec p1 = V.MultiplyAddEstimate(a1, Load.From(x1 + i + Vec.Count), V.MultiplyAddEstimate(a0, Load.From(x0 + i + Vec.Count), V.Load(y + i + Vec.Count)));
            Vec q1 = V.MultiplyAddEstimate(a3, Load.From(x3 + i + Vec.Count), a2 * Load.From(x2 + i + Vec.Count));
            (p0 + q0).Store(y + i);
            (p1 + q1).Store(y + i + Vec.Count);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
        {
            Vec p = V.MultiplyAddEstimate(a1, Load.From(x1 + i), V.MultiplyAddEstimate(a0, Load.From(x0 + i), V.Load(y + i)));
            Vec q = V.MultiplyAddEstimate(a3, Load.From(x3 + i), a2 * Load.From(x2 + i));
            (p + q).Store(y + i);
        }

        for (; i < n; i++)
            y[i] += (a[0] * x0[i] + a[1] * x1[i]) + (a[2] * x2[i] + a[3] * x3[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(S* x, A a, A* y, nint n)
    {
        Vec va = V.Create(a);
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec y0 = V.MultiplyAddEstimate(va, Load.From(x + i), V.Load(y + i));
            Vec y1 = V.MultiplyAddEstimate(va, Load.From(x + i + Vec.Count), V.Load(y + i + Vec.Count));
            y0.Store(y + i);
            y1.Store(y + i + Vec.Count);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
            V.MultiplyAddEstimate(va, Load.From(x + i), V.Load(y + i)).Store(y + i);
        for (; i < n; i++)
            y[i] += a * x[i];
    }
}
