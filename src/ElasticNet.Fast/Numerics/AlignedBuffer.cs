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

    /// <summary>Room for <paramref name="rows"/> rows of <paramref name="stride"/> elements; the first <paramref name="keep"/> move there from where they were at <paramref name="oldStride"/>.</summary>
    public T* GrowRows(nint rows, nint keep, nint oldStride, nint stride)
    {
        nint count = rows * stride;
        if (count > _capacity || _pointer == null)
        {
            T* fresh = Allocate(count);
            for (nint i = 0; i < keep; i++)
                CopyRow(_pointer + i * oldStride, fresh + i * stride);
            Adopt(fresh, count);
        }
        else
        {
            // From the last row down, so that nothing is overwritten before it has moved.
            for (nint i = keep - 1; i > 0; i--)
                CopyRow(_pointer + i * oldStride, _pointer + i * stride);
        }

        return _pointer;

        void CopyRow(T* from, T* to) => Buffer.MemoryCopy(from, to, oldStride * sizeof(T), oldStride * sizeof(T));
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
        T* fresh = Allocate(count);
        if (keep > 0)
            NativeMemory.Copy(_pointer, fresh, (nuint)keep * (nuint)sizeof(T));
        Adopt(fresh, count);
    }

    private static T* Allocate(nint count)
    {
        nuint bytes = checked((nuint)Math.Max(count, 1) * (nuint)sizeof(T));
        return (T*)NativeMemory.AlignedAlloc((bytes + CacheLine - 1) & ~(CacheLine - 1), CacheLine);
    }

    private void Adopt(T* fresh, nint count)
    {
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
