using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ElasticNet.Fast.Kernels;

/// <summary>
/// What rounding takes from a product: a·b = p + e exactly (Dekker 1971). Where the CPU has a fused multiply-add that is one
/// instruction; elsewhere both factors are split into halves. Either way e is the same number, as long as nothing overflows or
/// vanishes (factors beyond 2⁹⁹⁶, products below 2⁻⁹⁶⁹).
/// </summary>
internal static class ErrorFree
{
    /// <summary>2²⁷ + 1: times this, a number of 53 bits falls into halves of 26.</summary>
    private const double Splitter = 134217729;

    /// <summary>e with a·b = product + e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ProductError(double a, double b, double product)
    {
        if (Fma.IsSupported || AdvSimd.Arm64.IsSupported)
            return Math.FusedMultiplyAdd(a, b, -product);
        return SplitProductError(a, b, product);
    }

    /// <summary>The same by halves of the factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double SplitProductError(double a, double b, double product)
    {
        (double aHigh, double aLow) = Split(a);
        (double bHigh, double bLow) = Split(b);
        return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
    }

    /// <inheritdoc cref="ProductError(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ProductError(Vector128<double> a, Vector128<double> b, Vector128<double> product)
    {
        if (Fma.IsSupported || AdvSimd.Arm64.IsSupported)
            return Vector128.FusedMultiplyAdd(a, b, -product);
        return SplitProductError(a, b, product);
    }

    /// <inheritdoc cref="SplitProductError(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> SplitProductError(Vector128<double> a, Vector128<double> b, Vector128<double> product)
    {
        Vector128<double> aScaled = a * Splitter, bScaled = b * Splitter;
        Vector128<double> aHigh = aScaled - (aScaled - a), bHigh = bScaled - (bScaled - b);
        Vector128<double> aLow = a - aHigh, bLow = b - bHigh;
        return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
    }

    /// <inheritdoc cref="ProductError(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ProductError(Vector256<double> a, Vector256<double> b, Vector256<double> product) => Fma.IsSupported
        ? Vector256.FusedMultiplyAdd(a, b, -product)
        : Vector256.Create(
            ProductError(a.GetLower(), b.GetLower(), product.GetLower()), ProductError(a.GetUpper(), b.GetUpper(), product.GetUpper()));

    /// <inheritdoc cref="ProductError(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ProductError(Vector512<double> a, Vector512<double> b, Vector512<double> product) => Avx512F.IsSupported
        ? Vector512.FusedMultiplyAdd(a, b, -product)
        : Vector512.Create(
            ProductError(a.GetLower(), b.GetLower(), product.GetLower()), ProductError(a.GetUpper(), b.GetUpper(), product.GetUpper()));

    private static (double High, double Low) Split(double value)
    {
        double scaled = value * Splitter, high = scaled - (scaled - value);
        return (high, value - high);
    }
}
