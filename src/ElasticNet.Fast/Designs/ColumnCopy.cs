using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// A table as columns in memory that is kept: a row-major one is turned, because the solvers read whole columns and a strided
/// read would waste seven eighths of every cache line; and one whose rows of weight 0 hold what no arithmetic takes is copied.
/// </summary>
internal sealed unsafe class ColumnCopy : IWorkItems, IDisposable
{
    /// <summary>A square tile of this side: source and destination stay in the L1 cache together.</summary>
    private const int Side = 32;

    /// <summary>Elements turned as one item.</summary>
    private const int ItemElements = 1 << 17;

    private const int CacheLine = 64;

    private readonly AlignedBuffer<byte> _memory = new();
    private readonly RowMask _mask = new();
    private Design? _view;
    private byte* _source;
    private nint _sourceStride;
    private int _rows;
    private int _columns;
    private nint _stride;
    private int _elementSize;
    private int _itemRows;

    /// <summary>The columns of a table, where they lie if they can be used there.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="source">The first element.</param>
    /// <param name="sourceStride">Elements from one row to the next, or from one column to the next.</param>
    /// <param name="isColumnMajor">Which of these.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="weights">Observation weights, or empty: rows of weight 0 may hold anything.</param>
    public Design Of<T>(
        WorkCrew crew, T* source, nint sourceStride, bool isColumnMajor, int rows, int columns, ReadOnlySpan<double> weights)
        where T : unmanaged
    {
        bool masks = _mask.Find(weights)
            && _mask.IsNeeded(source, isColumnMajor ? 1 : sourceStride, isColumnMajor ? sourceStride : 1, columns);
        if (isColumnMajor && !masks)
            return View<T>().Of(source, rows, columns, sourceStride);
        // Columns begin on cache lines, but not all in the same set of the cache.
        nint unit = CacheLine / sizeof(T), stride = (rows + unit - 1) / unit * unit;
        _stride = stride * sizeof(T) % 4096 == 0 ? stride + unit : stride;
        _source = (byte*)source;
        _sourceStride = sourceStride;
        _rows = rows;
        _columns = columns;
        _elementSize = sizeof(T);
        T* memory = (T*)_memory.Require(_stride * columns * sizeof(T));
        if (isColumnMajor)
        {
            long bytes = (long)rows * sizeof(T);
            for (int j = 0; j < columns; j++)
                Buffer.MemoryCopy(source + j * sourceStride, memory + j * _stride, bytes, bytes);
        }
        else
        {
            _itemRows = Math.Max(ItemElements / columns / Side, 1) * Side;
            crew.Run((rows + _itemRows - 1) / _itemRows, this);
        }

        if (masks)
            _mask.Apply(memory, _stride, columns);
        return View<T>().Of(memory, rows, columns, _stride);
    }

    /// <summary>The same object from call to call, as long as the type stays.</summary>
    private DenseDesign<T> View<T>()
        where T : unmanaged
    {
        if (_view is not DenseDesign<T> view)
            _view = view = new();
        return view;
    }

    void IWorkItems.Run(int item)
    {
        int first = item * _itemRows, last = Math.Min(first + _itemRows, _rows);
        if (_elementSize == sizeof(double))
            Turn((double*)_source, (double*)_memory.Pointer, first, last);
        else
            Turn((float*)_source, (float*)_memory.Pointer, first, last);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _mask.Dispose();
    }

    private void Turn<T>(T* source, T* destination, int first, int last)
        where T : unmanaged
    {
        for (int top = first; top < last; top += Side)
        {
            int bottom = Math.Min(top + Side, last);
            for (int left = 0; left < _columns; left += Side)
            {
                int right = Math.Min(left + Side, _columns);
                for (int j = left; j < right; j++)
                {
                    T* column = destination + j * _stride;
                    for (int i = top; i < bottom; i++)
                        column[i] = source[i * _sourceStride + j];
                }
            }
        }
    }
}
