using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>One sweep of cyclic coordinate descent on X and the residual, without a Gram matrix.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class ResidualSweepDouble128
{
    /// <summary>
    /// Visits the columns given. Column j stands for (xᵢⱼ − shiftⱼ)·scaleⱼ, whose weighted norm Σᵢ wᵢ(…)² is 1, and
    /// residual holds uᵢ = wᵢ·rᵢ. All per-column arrays are indexed by j itself. Returns maxⱼ |Δⱼ|.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static A ResidualSweep(
        S* x, nint stride, int* columns, nint count, A* shift, A* scale, A* weights, A* residual,
        A* beta, A* l1, A* l2, A* lower, A* upper, nint n)
    {
        A largest = 0;
        for (nint k = 0; k < count; k++)
        {
            nint j = columns[k];
            S* column = x + j * stride;
            A old = beta[j];
            A z = scale[j] * CenteredDot(column, shift[j], residual, n) + old;
            A next = CoordinateStep.Minimise(z, l1[j], 1 + l2[j], lower[j], upper[j]);
            A delta = next - old;
            if (delta == 0)
                continue;
            beta[j] = next;
            Subtract(delta * scale[j], column, shift[j], weights, residual, n);
            largest = A.Max(largest, A.Abs(delta));
        }

        return largest;
    }

    /// <summary>Σᵢ (xᵢ − shift)·uᵢ. Four independent sums hide the latency of the multiply-add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static A CenteredDot(S* x, A shift, A* u, nint n)
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

    /// <summary>uᵢ −= step·wᵢ·(xᵢ − shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(A step, S* x, A shift, A* weights, A* u, nint n)
    {
        Vec m = V.Create(shift);
        Vec minus = V.Create(-step);
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec d0 = (Load.From(x + i) - m) * minus;
            Vec d1 = (Load.From(x + i + Vec.Count) - m) * minus;
            V.MultiplyAddEstimate(d0, V.Load(weights + i), V.Load(u + i)).Store(u + i);
            V.MultiplyAddEstimate(d1, V.Load(weights + i + Vec.Count), V.Load(u + i + Vec.Count)).Store(u + i + Vec.Count);
        }

        for (; i <= n - Vec.Count; i += Vec.Count)
            V.MultiplyAddEstimate((Load.From(x + i) - m) * minus, V.Load(weights + i), V.Load(u + i)).Store(u + i);
        for (; i < n; i++)
            u[i] -= (x[i] - shift) * step * weights[i];
    }
}
