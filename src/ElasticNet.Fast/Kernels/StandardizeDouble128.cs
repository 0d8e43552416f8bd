using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>Writes a column centred, scaled and multiplied by the roots of the weights.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class StandardizeDouble128
{
    /// <summary>destinationᵢ = (xᵢ − shift)·scale·rootWeightsᵢ for <paramref name="n"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardize(S* x, A shift, A scale, A* rootWeights, A* destination, nint n)
    {
        Vec vs = V.Create(shift);
        Vec vc = V.Create(scale);
        nint i = 0;
        for (; i <= n - 2 * Vec.Count; i += 2 * Vec.Count)
        {
            Vec d0 = (Load.From(x + i) - vs) * vc * V.Load(rootWeights + i);
            Vec d1 = (Load.From(x + i + Vec.Count) - vs) * vc * V.Load(rootWeights + i + Vec.Count);
            d0.Store(destination + i);
            d1.Store(destination + i + Vec.Count);
        }

        for (; i < n; i++)
            destination[i] = (x[i] - shift) * scale * rootWeights[i];
    }
}
