using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Kernels;

/// <summary>Loads four floats.</summary>
internal static unsafe class SingleLoad128
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> From(float* source) => Vector128.Load(source);
}

/// <summary>Loads eight floats.</summary>
internal static unsafe class SingleLoad256
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(float* source) => Vector256.Load(source);
}

/// <summary>Loads sixteen floats.</summary>
internal static unsafe class SingleLoad512
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> From(float* source) => Vector512.Load(source);
}
