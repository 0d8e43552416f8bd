using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Kernels;

/// <summary>Loads two doubles.</summary>
internal static unsafe class DoubleLoad128
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> From(double* source) => Vector128.Load(source);
}

/// <summary>Loads four doubles.</summary>
internal static unsafe class DoubleLoad256
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> From(double* source) => Vector256.Load(source);
}

/// <summary>Loads eight doubles.</summary>
internal static unsafe class DoubleLoad512
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> From(double* source) => Vector512.Load(source);
}
