using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ElasticNet.Fast.Kernels;

/// <summary>
/// Memory that will be read soon. The hardware fetches ahead only within a page of 4 KB, so that the tiles of a few columns
/// by a few hundred rows, which kernels work on, mostly end before it has begun.
/// </summary>
internal static unsafe class Ahead
{
    /// <summary>Asks the L1 cache for the line at <paramref name="address"/>, which is not read and need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>The same for the L2 cache, where L1 has no room for a tile and the next: CPUs without 512-bit vectors mostly have 32 KB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchToL2(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
