using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>One sweep of cyclic coordinate descent on a Gram matrix.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class GramSweepDouble128
{
    /// <summary>
    /// Minimises ½βᵀGβ − cᵀβ + Σⱼ (l1ⱼ|βⱼ| + ½ l2ⱼβⱼ²) over lower ≤ β ≤ upper, one coordinate after the other, keeping
    /// gradient = c − Gβ. G is symmetric with <paramref name="stride"/> between its rows. A coordinate without curvature
    /// (Gⱼⱼ + l2ⱼ = 0) is left alone. Returns maxⱼ |Δⱼ|·√Gⱼⱼ.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static A GramSweep(S* gram, nint stride, A* gradient, A* beta, A* l1, A* l2, A* lower, A* upper, nint count)
    {
        A largest = 0;
        for (nint j = 0; j < count; j++)
        {
            // Most coordinates rest at zero; those cost no division and no cache line of the diagonal.
            A old = beta[j];
            if (old == 0 && A.Abs(gradient[j]) <= l1[j])
                continue;
            S* row = gram + j * stride;
            A diagonal = row[j];
            A curvature = diagonal + l2[j];
            if (curvature == 0)
                continue;
            A next = CoordinateStep.Minimise(gradient[j] + diagonal * old, l1[j], curvature, lower[j], upper[j]);
            A delta = next - old;
            if (delta == 0)
                continue;
            beta[j] = next;
            Subtract(delta, row, gradient, count);
            largest = A.Max(largest, A.Abs(delta) * A.Sqrt(diagonal));
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(A delta, S* row, A* gradient, nint count)
    {
        Vec step = V.Create(-delta);
        nint i = 0;
        for (; i <= count - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec g0 = V.MultiplyAddEstimate(step, Load.From(row + i), V.Load(gradient + i));
            Vec g1 = V.MultiplyAddEstimate(step, Load.From(row + i + Vec.Count), V.Load(gradient + i + Vec.Count));
            g0.Store(gradient + i);
            g1.Store(gradient + i + Vec.Count);
        }

        for (; i <= count - Vec.Count; i += Vec.Count)
            V.MultiplyAddEstimate(step, Load.From(row + i), V.Load(gradient + i)).Store(gradient + i);
        for (; i < count; i++)
            gradient[i] -= delta * row[i];
    }
}
