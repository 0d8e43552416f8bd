using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>Vectors side by side, and Gram matrices of sparse vectors about their centres.</summary>
internal static unsafe class SparseLanes
{
    private const int Lanes = SparseVector<UnitValues>.Lanes;

    /// <summary>Doubles that so many vectors side by side take: eight by eight, the last group filled up with zeros.</summary>
    public static nint Length(int vectors, nint n) => (nint)(vectors + Lanes - 1) / Lanes * Lanes * n;

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

    /// <summary>Puts vectors side by side: lanes[8n·(k/8) + 8i + k mod 8] = u[k·stride + i]; and sums[k] = Σᵢ uₖᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(double* u, nint stride, int vectors, nint n, double* lanes, double* sums)
    {
        double* partial = stackalloc double[Lanes];
        for (int group = 0; group < vectors; group += Lanes)
        {
            int count = Math.Min(Lanes, vectors - group);
            double* source = u + group * stride, destination = lanes + group * n;
            new Span<double>(partial, Lanes).Clear();
            for (nint i = 0; i < n; i++, destination += Lanes)
            {
                for (int c = 0; c < count; c++)
                    partial[c] += destination[c] = source[c * stride + i];
                for (int c = count; c < Lanes; c++)
                    destination[c] = 0;
            }

            for (int c = 0; c < count; c++)
                sums[group + c] = partial[c];
        }
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
