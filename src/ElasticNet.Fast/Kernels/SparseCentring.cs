using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>What centring adds to products of raw sparse vectors: the sum of the other vector, and Gram matrices about the centres.</summary>
internal static unsafe class SparseCentring
{
    /// <summary>Σᵢ uᵢ in four chains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(double* u, nint n)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        nint i = 0;
        for (; i <= n - 4; i += 4)
        {
            s0 += u[i];
            s1 += u[i + 1];
            s2 += u[i + 2];
            s3 += u[i + 3];
        }

        for (; i < n; i++)
            s0 += u[i];
        return (s0 + s1) + (s2 + s3);
    }

    /// <summary>
    /// What products of raw vectors become about their centres: gram[a·stride + b] = (gram[a·stride + b] − mₐs_b − m_bsₐ + mₐm_bW)·dₐd_b
    /// for first ≤ a &lt; total, b ≤ a, with sums s = Σᵢ wᵢxᵢ and W = Σᵢ wᵢ. That is the Gram matrix of √w(x − m)d.
    /// </summary>
    /// <remarks>Where a centre is far larger than the deviation 1/d the difference keeps as many digits less: such a vector has hardly a zero and is better kept dense.</remarks>
    public static void Standardize(double* gram, nint stride, nint first, nint total, double* sums, double weight, double* center, double* scale)
    {
        for (nint a = first; a < total; a++)
        {
            // About its own mean a vector has no sum left; else what is left is the same for each b.
            double left = sums[a] - center[a] * weight;
            double* row = gram + a * stride;
            for (nint b = 0; b <= a; b++)
                row[b] = (row[b] - center[a] * sums[b] - center[b] * left) * scale[a] * scale[b];
        }
    }
}
