using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>Finds the few elements of a long vector that exceed their limits.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class ExceedingDouble128
{
    /// <summary>
    /// Writes every i with |xᵢ| + reach·sᵢ + slack &gt; level·unitᵢ to <paramref name="indices"/>, ascending; those where a
    /// side is NaN are among them: nothing is known of them. Returns their number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint Exceeding(S* x, A reach, A* s, A slack, A level, A* unit, nint n, int* indices)
    {
        Vec wideReach = V.Create(reach), wideSlack = V.Create(slack), wideLevel = V.Create(level);
        nint found = 0, i = 0;
        for (; i <= n - Vec.Count; i += Vec.Count)
        {
            Vec size = V.MultiplyAddEstimate(wideReach, V.Load(s + i), V.Abs(Load.From(x + i)) + wideSlack);
            ulong bits = V.ExtractMostSignificantBits(~V.LessThanOrEqual(size, wideLevel * V.Load(unit + i)));
            for (; bits != 0; bits &= bits - 1)
                indices[found++] = (int)i + System.Numerics.BitOperations.TrailingZeroCount(bits);
        }

        for (; i < n; i++)
        {
            if (!(A.MultiplyAddEstimate(reach, s[i], A.Abs(x[i]) + slack) <= level * unit[i]))
                indices[found++] = (int)i;
        }

        return found;
    }
}
