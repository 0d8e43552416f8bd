using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>The kernels for vectors that live on the heap.</summary>
internal static unsafe class Vectors
{
    /// <summary>aᵀb, of equal length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        fixed (double* x = a, y = b)
            return Kernel.Dot(x, y, a.Length);
    }

    /// <summary>y ← y + <paramref name="factor"/>·x, of equal length.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        fixed (double* from = x, to = y)
            Kernel.Axpy(factor, from, to, x.Length);
    }
}
