using System.Numerics;
using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Benchmarks;

/// <summary>Arrays aligned to cache lines, filled with numbers of size 1, freed together.</summary>
internal sealed unsafe class KernelArrays
{
    private const nuint Alignment = 64;
    private readonly Random _random = new(1);
    private readonly List<nint> _arrays = [];

    /// <summary>An array with values in [−1, 1).</summary>
    public T* Create<T>(nint length)
        where T : unmanaged, INumberBase<T> => Create<T>(length, _ => 2 * _random.NextDouble() - 1);

    /// <summary>An array with the values of a function.</summary>
    public T* Create<T>(nint length, Func<nint, double> value)
        where T : unmanaged, INumberBase<T>
    {
        var array = (T*)NativeMemory.AlignedAlloc((nuint)(length * sizeof(T)), Alignment);
        _arrays.Add((nint)array);
        for (nint i = 0; i < length; i++)
            array[i] = T.CreateTruncating(value(i));
        return array;
    }

    /// <summary>Frees every array.</summary>
    public void Free()
    {
        foreach (nint array in _arrays)
            NativeMemory.AlignedFree((void*)array);
        _arrays.Clear();
    }
}
