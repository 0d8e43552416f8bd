using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>The pass over X: every centred column against one vector.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class CenteredPanelDotDouble128
{
    /// <summary>
    /// result[j] = Σᵢ (x[j·stride + i] − shift[j])·uᵢ for adjacent columns. The subtraction comes before the product,
    /// so that columns with huge means keep their digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CenteredPanelDot(S* x, nint stride, nint columns, A* shift, A* u, nint n, A* result)
    {
        nint j = 0;
        for (; j <= columns - 4; j += 4)
            Four(x + j * stride, stride, shift + j, u, n, result + j, j <= columns - 8 ? 4 * stride : 0);
        for (; j < columns; j++)
            result[j] = One(x + j * stride, shift[j], u, n);
    }

    /// <summary>Four columns for each load of u; two rows of vectors, so that eight sums hide the latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(S* x, nint stride, A* shift, A* u, nint n, A* result, nint next)
    {
        S* x0 = x, x1 = x + stride, x2 = x + 2 * stride, x3 = x + 3 * stride;
        Vec m0 = V.Create(shift[0]), m1 = V.Create(shift[1]), m2 = V.Create(shift[2]), m3 = V.Create(shift[3]);
        Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
        Vec t0 = Vec.Zero, t1 = Vec.Zero, t2 = Vec.Zero, t3 = Vec.Zero;
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            // Doubles keep the memory busy without help.
            if (Unsafe.SizeOf<S>() < Unsafe.SizeOf<A>())
            {
                Ahead.Fetch(x0 + next + i);
                Ahead.Fetch(x1 + next + i);
                Ahead.Fetch(x2 + next + i);
                Ahead.Fetch(x3 + next + i);
            }

            Vec u0 = V.Load(u + i);
            s0 = V.MultiplyAddEstimate(Load.From(x0 + i) - m0, u0, s0);
            s1 = V.MultiplyAddEstimate(Load.From(x1 + i) - m1, u0, s1);
            s2 = V.MultiplyAddEstimate(Load.From(x2 + i) - m2, u0, s2);
            s3 = V.MultiplyAddEstimate(Load.From(x3 + i) - m3, u0, s3);
            Vec u1 = V.Load(u + i + Vec.Count);
            t0 = V.MultiplyAddEstimate(Load.From(x0 + i + Vec.Count) - m0, u1, t0);
            t1 = V.MultiplyAddEstimate(Load.From(x1 + i + Vec.Count) - m1, u1, t1);
            t2 = V.MultiplyAddEstimate(Load.From(x2 + i + Vec.Count) - m2, u1, t2);
            t3 = V.MultiplyAddEstimate(Load.From(x3 + i + Vec.Count) - m3, u1, t3);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
        {
            Vec u0 = V.Load(u + i);
            s0 = V.MultiplyAddEstimate(Load.From(x0 + i) - m0, u0, s0);
            s1 = V.MultiplyAddEstimate(Load.From(x1 + i) - m1, u0, s1);
            s2 = V.MultiplyAddEstimate(Load.From(x2 + i) - m2, u0, s2);
            s3 = V.MultiplyAddEstimate(Load.From(x3 + i) - m3, u0, s3);
        }

        A r0 = V.Sum(s0 + t0), r1 = V.Sum(s1 + t1), r2 = V.Sum(s2 + t2), r3 = V.Sum(s3 + t3);
        for (; i < n; i++)
        {
            r0 += (x0[i] - shift[0]) * u[i];
            r1 += (x1[i] - shift[1]) * u[i];
            r2 += (x2[i] - shift[2]) * u[i];
            r3 += (x3[i] - shift[3]) * u[i];
        }

        result[0] = r0;
        result[1] = r1;
        result[2] = r2;
        result[3] = r3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static A One(S* x, A shift, A* u, nint n)
    {
        Vec m = V.Create(shift);
        Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
        nint i = 0;
        for (; i <= n - 4 * Vec.Count; i += 4 * Vec.Count)
        {
            s0 = V.MultiplyAddEstimate(Load.From(x + i) - m, V.Load(u + i), s0);
            s1 = V.MultiplyAddEstimate(Load.From(x + i + Vec.Count) - m, V.Load(u + i + Vec.Count), s1);
            s2 = V.MultiplyAddEstimate(Load.From(x + i + 2 * Vec.Count) - m, V.Load(u + i + 2 * Vec.Count), s2);
            s3 = V.MultiplyAddEstimate(Load.From(x + i + 3 * Vec.Count) - m, V.Load(u + i + 3 * Vec.Count), s3);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
            s0 = V.MultiplyAddEstimate(Load.From(x + i) - m, V.Load(u + i), s0);
        A sum = V.Sum((s0 + s1) + (s2 + s3));
        for (; i < n; i++)
            sum += (x[i] - shift) * u[i];
        return sum;
    }
}
