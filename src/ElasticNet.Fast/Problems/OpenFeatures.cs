using System.Runtime.InteropServices;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Problems;

/// <summary>X as the engine sees it, for as long as one call lasts. Dense tables are pinned by the caller; sparse ones here.</summary>
internal unsafe ref struct OpenFeatures : IDisposable
{
    private GCHandle _starts, _rows, _values;

    /// <summary>Opens a table.</summary>
    /// <param name="x">The table.</param>
    /// <param name="doubles">Its first element where it is dense and of doubles; pinned.</param>
    /// <param name="singles">The same of floats.</param>
    /// <param name="weights">Observation weights, or empty: rows of weight 0 may hold anything.</param>
    /// <param name="memory">Where a row-major table is turned.</param>
    public OpenFeatures(in Features x, double* doubles, float* singles, ReadOnlySpan<double> weights, PathMemory memory)
    {
        if (x.Opened is Design design)
        {
            Design = design;
        }
        else if (x.SparseDoubles is { } sparse)
        {
            Pinned<double> at = Pin(sparse);
            Design = at.Values == null
                ? new SparseDesign<UnitValues>().Of(at.Starts, at.Rows, default, sparse.Rows, sparse.Columns)
                : new SparseDesign<DoubleValues>().Of(at.Starts, at.Rows, new(at.Values), sparse.Rows, sparse.Columns);
        }
        else if (x.SparseSingles is { } halves)
        {
            Pinned<float> at = Pin(halves);
            Design = at.Values == null
                ? new SparseDesign<UnitValues>().Of(at.Starts, at.Rows, default, halves.Rows, halves.Columns)
                : new SparseDesign<SingleValues>().Of(at.Starts, at.Rows, new(at.Values), halves.Rows, halves.Columns);
        }
        else
        {
            Design = x.HasSingles
                ? memory.Copy.Of(memory.Context.Crew, singles, x.Singles.Stride, x.Singles.IsColumnMajor, x.Rows, x.Columns, weights)
                : memory.Copy.Of(memory.Context.Crew, doubles, x.Doubles.Stride, x.Doubles.IsColumnMajor, x.Rows, x.Columns, weights);
        }
    }

    /// <summary>X.</summary>
    public Design Design { get; }

    public void Dispose()
    {
        if (_starts.IsAllocated)
            _starts.Free();
        if (_rows.IsAllocated)
            _rows.Free();
        if (_values.IsAllocated)
            _values.Free();
    }

    private Pinned<T> Pin<T>(SparseMatrix<T> x)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        (long[] starts, int[] rows, T[]? values) = x.Arrays;
        _starts = GCHandle.Alloc(starts, GCHandleType.Pinned);
        _rows = GCHandle.Alloc(rows, GCHandleType.Pinned);
        if (values is not null)
            _values = GCHandle.Alloc(values, GCHandleType.Pinned);
        return new()
        {
            Starts = (long*)_starts.AddrOfPinnedObject(),
            Rows = (int*)_rows.AddrOfPinnedObject(),
            Values = values is null ? null : (T*)_values.AddrOfPinnedObject(),
        };
    }

    private readonly struct Pinned<T>
        where T : unmanaged
    {
        public long* Starts { get; init; }

        public int* Rows { get; init; }

        public T* Values { get; init; }
    }
}
