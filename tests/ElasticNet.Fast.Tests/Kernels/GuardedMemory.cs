using System.Numerics;
using System.Runtime.InteropServices;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

/// <summary>On which side of every array the unreadable page lies.</summary>
public enum Guard
{
    /// <summary>Directly before the first element.</summary>
    Before,

    /// <summary>Directly after the last element.</summary>
    After,
}

/// <summary>
/// Arrays for kernels under test. Each lies against an unreadable page, so that one element too far ends the process;
/// the rest of its pages is NaN, which spoils results when read and is compared afterwards. Where there is no mmap of
/// Linux, the NaN are all there is.
/// </summary>
internal sealed unsafe partial class GuardedMemory(Guard side) : IDisposable
{
    private const byte Poison = 0xFF; // all ones: NaN as float and as double
    private readonly List<(nint Base, nint Mapped, nint Start, nint Length)> _blocks = [];

    private static nint PageSize => Environment.SystemPageSize;

    /// <summary>An array of S with the given values, rounded to S.</summary>
    public S* Array<S>(ReadOnlySpan<double> values)
        where S : unmanaged, INumberBase<S>
    {
        var array = (S*)Allocate(values.Length * sizeof(S));
        for (int i = 0; i < values.Length; i++)
            array[i] = S.CreateTruncating(values[i]);
        return array;
    }

    /// <summary>Fails where anything between an array and the ends of its pages was written.</summary>
    public void AssertNothingElseWritten()
    {
        foreach ((nint first, nint mapped, nint start, nint length) in _blocks)
        {
            var before = new ReadOnlySpan<byte>((void*)first, (int)(start - first));
            var after = new ReadOnlySpan<byte>((void*)(start + length), (int)(first + mapped - start - length));
            Assert.False(before.ContainsAnyExcept(Poison), "Something before an array was written.");
            Assert.False(after.ContainsAnyExcept(Poison), "Something after an array was written.");
        }
    }

    public void Dispose()
    {
        foreach ((nint first, nint mapped, _, _) in _blocks)
        {
            if (OperatingSystem.IsLinux())
                _ = Unmap(first - PageSize, mapped + 2 * PageSize);
            else
                NativeMemory.AlignedFree((void*)first);
        }
    }

    private nint Allocate(nint bytes)
    {
        nint mapped = Math.Max(1, (bytes + PageSize - 1) / PageSize) * PageSize;
        nint first = OperatingSystem.IsLinux() ? MapGuarded(mapped) : (nint)NativeMemory.AlignedAlloc((nuint)mapped, (nuint)PageSize);
        new Span<byte>((void*)first, (int)mapped).Fill(Poison);
        nint start = side == Guard.Before ? first : first + mapped - bytes;
        _blocks.Add((first, mapped, start, bytes));
        return start;
    }

    private static nint MapGuarded(nint mapped)
    {
        const int None = 0, ReadWrite = 3, PrivateAnonymous = 0x22;
        nint whole = Map(0, mapped + 2 * PageSize, None, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, whole);
        Assert.Equal(0, Protect(whole + PageSize, mapped, ReadWrite));
        return whole + PageSize;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
