using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Models;

/// <summary>Storage types as doubles.</summary>
internal static class Number
{
    /// <summary>A float or double as a double, exactly. The test on the type costs nothing: each instantiation knows its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Widen<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);
}
