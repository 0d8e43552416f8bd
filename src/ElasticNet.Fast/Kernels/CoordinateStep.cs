using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>The scalar heart of both sweeps.</summary>
internal static class CoordinateStep
{
    /// <summary>
    /// The minimiser of ½·curvature·β² − z·β + l1·|β| over lower ≤ β ≤ upper (lower ≤ 0 ≤ upper): the soft threshold of
    /// z, divided and clipped. NaN in gives NaN out, so that a bad number is seen and not lost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Minimise(double z, double l1, double curvature, double lower, double upper)
    {
        double size = Math.Max(Math.Abs(z) - l1, 0) / curvature;
        return Math.Min(Math.Max(Math.CopySign(size, z), lower), upper);
    }
}
