using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>The inner product of two vectors of double-double numbers.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class CompensatedDotDouble128
{
    /// <summary>result[0] + result[1] = Σᵢ (xᵢ + xLowᵢ)(yᵢ + yLowᵢ), to twice the digits of a double (Ogita, Rump and Oishi 2005).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CompensatedDot(S* x, S* xLow, A* y, A* yLow, nint n, A* result)
    {
        Vec sum0 = Vec.Zero, sum1 = Vec.Zero, rest0 = Vec.Zero, rest1 = Vec.Zero;
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec a = Load.From(x + i), b = V.Load(y + i), product = a * b;
            Vec error = ErrorFree.ProductError(a, b, product) + (a * V.Load(yLow + i) + Load.From(xLow + i) * b);
            Vec total = sum0 + product, part = total - sum0;
            rest0 += ((sum0 - (total - part)) + (product - part)) + error;
            sum0 = total;
            a = Load.From(x + i + Vec.Count);
            b = V.Load(y + i + Vec.Count);
            product = a * b;
            error = ErrorFree.ProductError(a, b, product) + (a * V.Load(yLow + i + Vec.Count) + Load.From(xLow + i + Vec.Count) * b);
            total = sum1 + product;
            part = total - sum1;
            rest1 += ((sum1 - (total - part)) + (product - part)) + error;
            sum1 = total;
        }

        A high = 0, low = 0;
        for (int lane = 0; lane < Vec.Count; lane++)
        {
            Add(sum0[lane], rest0[lane], ref high, ref low);
            Add(sum1[lane], rest1[lane], ref high, ref low);
        }

        for (; i < n; i++)
        {
            A product = x[i] * y[i];
            Add(product, ErrorFree.ProductError(x[i], y[i], product) + (x[i] * yLow[i] + xLow[i] * y[i]), ref high, ref low);
        }

        result[0] = high + low;
        result[1] = low - (result[0] - high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(A value, A rest, ref A high, ref A low)
    {
        A total = high + value, part = total - high;
        low += ((high - (total - part)) + (value - part)) + rest;
        high = total;
    }
}
