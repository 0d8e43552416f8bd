using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>Chosen columns against one vector.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class PanelDotDouble128
{
    /// <summary>result[k] = Σᵢ x[columns[k]·stride + i]·yᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PanelDot(S* x, nint stride, int* columns, nint count, A* y, nint n, A* result)
    {
        nint k = 0;
        for (; k <= count - 4; k += 4)
            Four(x + columns[k] * stride, x + columns[k + 1] * stride, x + columns[k + 2] * stride, x + columns[k + 3] * stride, y, n, result + k);
        for (; k < count; k++)
            result[k] = One(x + columns[k] * stride, y, n);
    }

    /// <summary>Four columns for each load of y; two rows of vectors, so that eight sums hide the latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(S* x0, S* x1, S* x2, S* x3, A* y, nint n, A* result)
    {
        Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
        Vec t0 = Vec.Zero, t1 = Vec.Zero, t2 = Vec.Zero, t3 = Vec.Zero;
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec y0 = V.Load(y + i);
            s0 = V.MultiplyAddEstimate(Load.From(x0 + i), y0, s0);
            s1 = V.MultiplyAddEstimate(Load.From(x1 + i), y0, s1);
            s2 = V.MultiplyAddEstimate(Load.From(x2 + i), y0, s2);
            s3 = V.MultiplyAddEstimate(Load.From(x3 + i), y0, s3);
            Vec y1 = V.Load(y + i + Vec.Count);
            t0 = V.MultiplyAddEstimate(Load.From(x0 + i + Vec.Count), y1, t0);
            t1 = V.MultiplyAddEstimate(Load.From(x1 + i + Vec.Count), y1, t1);
            t2 = V.MultiplyAddEstimate(Load.From(x2 + i + Vec.Count), y1, t2);
            t3 = V.MultiplyAddEstimate(Load.From(x3 + i + Vec.Count), y1, t3);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
        {
            Vec y0 = V.Load(y + i);
            s0 = V.MultiplyAddEstimate(Load.From(x0 + i), y0, s0);
            s1 = V.MultiplyAddEstimate(Load.From(x1 + i), y0, s1);
            s2 = V.MultiplyAddEstimate(Load.From(x2 + i), y0, s2);
            s3 = V.MultiplyAddEstimate(Load.From(x3 + i), y0, s3);
        }

        A r0 = V.Sum(s0 + t0), r1 = V.Sum(s1 + t1), r2 = V.Sum(s2 + t2), r3 = V.Sum(s3 + t3);
        for (; i < n; i++)
        {
            r0 += x0[i] * y[i];
            r1 += x1[i] * y[i];
            r2 += x2[i] * y[i];
            r3 += x3[i] * y[i];
        }

        result[0] = r0;
        result[1] = r1;
        result[2] = r2;
        result[3] = r3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static A One(S* x, A* y, nint n)
    {
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
