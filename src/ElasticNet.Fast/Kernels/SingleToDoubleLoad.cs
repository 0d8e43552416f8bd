using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Kernels;

/// <summary>Loads two floats, and nothing beyond them, as doubles.</summary>
internal static unsafe class SingleToDoubleLoad128
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> From(float* source) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<double>(source)).AsSingle());
}

/// <summary>Loads four floats as doubles.</summary>
internal static unsafe class SingleToDoubleLoad256
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> From(float* source) => Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe());
}

/// <summary>Loads eight floats as doubles.</summary>
internal static unsafe class SingleToDoubleLoad512
{
    /// <summary>The elements from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> From(float* source) => Vector512.WidenLower(Vector256.Load(source).ToVector512Unsafe());
}
