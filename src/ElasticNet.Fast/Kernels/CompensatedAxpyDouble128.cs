using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>y += a·x in double-double numbers.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class CompensatedAxpyDouble128
{
    /// <summary>(yᵢ + yLowᵢ) += (a + aLow)(xᵢ + xLowᵢ) for <paramref name="n"/> elements, to twice the digits of a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CompensatedAxpy(A a, A aLow, S* x, S* xLow, A* y, A* yLow, nint n)
    {
        Vec va = V.Create(a), vaLow = V.Create(aLow);
        nint i = 0;
        for (; i <= n - Vec.Count; i += Vec.Count)
        {
            Vec vx = Load.From(x + i), product = va * vx;
            Vec error = ErrorFree.ProductError(va, vx, product) + (va * Load.From(xLow + i) + vaLow * vx);
            Vec old = V.Load(y + i), total = old + product, part = total - old;
            Vec rest = ((old - (total - part)) + (product - part)) + (V.Load(yLow + i) + error);
            Vec high = total + rest;
            high.Store(y + i);
            (rest - (high - total)).Store(yLow + i);
        }

        for (; i < n; i++)
        {
            A product = a * x[i], error = ErrorFree.ProductError(a, x[i], product) + (a * xLow[i] + aLow * x[i]);
            A total = y[i] + product, part = total - y[i];
            A rest = ((y[i] - (total - part)) + (product - part)) + (yLow[i] + error);
            y[i] = total + rest;
            yLow[i] = rest - (y[i] - total);
        }
    }
}
