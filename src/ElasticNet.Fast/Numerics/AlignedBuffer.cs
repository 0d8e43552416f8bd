using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// Native memory on a cache-line boundary that grows on demand and is kept for the next call. Outside the garbage
/// collector's heap: large, never moved, and a warm workspace allocates nothing.
/// </summary>
internal sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const nuint CacheLine = 64;

    private T* _pointer;
    private nint _capacity;

    ~AlignedBuffer() => Free();

    /// <summary>The current memory; null before the first <see cref="Require"/>.</summary>
    public T* Pointer => _pointer;

    /// <summary>At least <paramref name="count"/> elements; what was there may be gone.</summary>
    public T* Require(nint count)
    {
        if (count > _capacity || _pointer == null)
            Replace(count, keep: 0);
        return _pointer;
    }

    /// <summary>At least <paramref name="count"/> elements, of which the first <paramref name="keep"/> keep their values, as far as there were so many.</summary>
    public T* Grow(nint count, nint keep)
    {
        if (count > _capacity || _pointer == null)
            Replace(Math.Max(count, _capacity + _capacity / 2), Math.Min(keep, _capacity));
        return _pointer;
    }

    /// <summary>At least <paramref name="count"/> elements, all of them zero.</summary>
    public T* RequireZeroed(nint count)
    {
        Require(count);
        NativeMemory.Clear(_pointer, checked((nuint)count * (nuint)sizeof(T)));
        return _pointer;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Replace(nint count, nint keep)
    {
        nuint bytes = checked((nuint)Math.Max(count, 1) * (nuint)sizeof(T));
        T* fresh = (T*)NativeMemory.AlignedAlloc((bytes + CacheLine - 1) & ~(CacheLine - 1), CacheLine);
        if (keep > 0)
            NativeMemory.Copy(_pointer, fresh, (nuint)keep * (nuint)sizeof(T));
        Free();
        _pointer = fresh;
        _capacity = Math.Max(count, 1);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        _capacity = 0;
    }
}
