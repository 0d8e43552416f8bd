using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>Sparse vectors one after another: column j has the entries starts[j], …, starts[j + 1] − 1. Starts have 64 bits, rows 32.</summary>
internal readonly unsafe struct SparsePanel<TValues>(long* starts, int* rows, TValues values)
    where TValues : struct, ISparseValues<TValues>
{
    /// <summary>Rows of eight vectors side by side that the L2 cache holds (512 KB) while many columns pass over them: of a million rows, three times the speed.</summary>
    public const int TileRows = 8192;

    private const int Lanes = SparseVector<TValues>.Lanes;

    private readonly long* _starts = starts;
    private readonly int* _rows = rows;
    private readonly TValues _values = values;

    /// <summary>A column.</summary>
    public SparseVector<TValues> this[nint column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            long start = _starts[column];
            return new(_rows + start, _values.From((nint)start), (nint)(_starts[column + 1] - start));
        }
    }

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shiftⱼ)uᵢ for the adjacent columns [first, first + count), with Σᵢ uᵢ given.</summary>
    public void CenteredDot(nint first, nint count, double* shift, double* u, double sum, double* result)
    {
        for (nint j = 0; j < count; j++)
            result[j] = this[first + j].Dot(u) - shift[j] * sum;
    }

    /// <summary>
    /// A block of rows of a Gram matrix: gram[a·stride + b] += Σᵢ wᵢ·x[i, columns[a]]·x[i, columns[b]] for first ≤ a &lt; first + count,
    /// b ≤ a. No column becomes dense: of a tile of rows, eight columns are scattered side by side, weighted, and all up to them are
    /// multiplied by those.
    /// </summary>
    /// <param name="columns">All columns of the matrix, in the order of its rows.</param>
    /// <param name="first">The first row of the block.</param>
    /// <param name="count">Its rows, at most eight.</param>
    /// <param name="weights">One for each row of the vectors.</param>
    /// <param name="zeros">8·<see cref="TileRows"/> numbers that are 0, and are 0 again afterwards.</param>
    /// <param name="gram">The matrix; what is right of the diagonal is left alone.</param>
    /// <param name="stride">From one of its rows to the next.</param>
    public void AddGram(int* columns, nint first, nint count, double* weights, double* zeros, double* gram, nint stride)
    {
        nint total = first + count;
        var memory = (nint*)NativeMemory.AllocZeroed((nuint)total, (nuint)sizeof(nint));
        nint* next = memory;
        double* dots = stackalloc double[Lanes];
        nint* scattered = stackalloc nint[Lanes];
        for (nint tile = LeastRow(columns + first, next + first, count) / TileRows; tile < int.MaxValue; tile = LeastRow(columns + first, scattered, count) / TileRows)
        {
            nint start = tile * TileRows, end = start + TileRows;
            double* panel = zeros - start * Lanes;
            for (nint c = 0; c < count; c++)
            {
                SparseVector<TValues> x = this[columns[first + c]];
                next[first + c] = x.LowerBound(next[first + c], start);
                scattered[c] = x.Scatter(next[first + c], end, weights, panel + c, Lanes);
            }

            for (nint b = 0; b < total; b++)
            {
                SparseVector<TValues> x = this[columns[b]];
                new Span<double>(dots, Lanes).Clear();
                nint from = b < first ? x.LowerBound(next[b], start) : next[b];
                nint to = x.AddDot8(from, end, panel, dots);
                if (b < first)
                    next[b] = to;
                for (nint c = Math.Max(b - first, 0); from < to && c < count; c++)
                    gram[(first + c) * stride + b] += dots[c];
            }

            for (nint c = 0; c < count; c++)
            {
                this[columns[first + c]].Clear(next[first + c], scattered[c], panel + c, Lanes);
                next[first + c] = scattered[c];
            }
        }

        NativeMemory.Free(memory);
    }

    /// <summary>The least row of the entries that come next in the columns listed; beyond all rows where none is left.</summary>
    private nint LeastRow(int* columns, nint* next, nint count)
    {
        nint least = nint.MaxValue;
        for (nint c = 0; c < count; c++)
        {
            SparseVector<TValues> x = this[columns[c]];
            if (next[c] < x.Count)
                least = Math.Min(least, x.Rows[next[c]]);
        }

        return least;
    }
}
