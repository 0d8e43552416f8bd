using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>Sparse vectors one after another: column j has the entries starts[j], …, starts[j + 1] − 1. Starts have 64 bits, rows 32.</summary>
internal readonly unsafe struct SparsePanel<TValues>(long* starts, int* rows, TValues values)
    where TValues : struct, ISparseValues<TValues>
{
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

    /// <summary>result[k] = Σᵢ x[i, columns[k]]·yᵢ for the columns listed.</summary>
    public void Dot(int* columns, nint count, double* y, double* result)
    {
        for (nint k = 0; k < count; k++)
            result[k] = this[columns[k]].Dot(y);
    }

    /// <summary>y += Σₖ aₖ·x[·, columns[k]] for the columns listed.</summary>
    public void AddTo(int* columns, double* a, nint count, double* y)
    {
        for (nint k = 0; k < count; k++)
            this[columns[k]].AddTo(a[k], y);
    }

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shiftⱼ)uᵢ for the adjacent columns [first, first + count), with Σᵢ uᵢ given.</summary>
    public void CenteredDot(nint first, nint count, double* shift, double* u, double sum, double* result)
    {
        for (nint j = 0; j < count; j++)
            result[j] = this[first + j].Dot(u) - shift[j] * sum;
    }

    /// <summary>
    /// result[k·strideResult + j] = Σᵢ (xᵢⱼ − shiftⱼ)uₖᵢ for the adjacent columns [first, first + count) and vectors k that lie side
    /// by side as <see cref="SparseLanes.Interleave"/> puts them.
    /// </summary>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many columns.</param>
    /// <param name="shift">One for each of these columns.</param>
    /// <param name="lanes">The vectors, eight by eight.</param>
    /// <param name="sums">Σᵢ uₖᵢ of each vector.</param>
    /// <param name="vectors">How many.</param>
    /// <param name="n">Their length.</param>
    /// <param name="result">One number for each vector and column.</param>
    /// <param name="strideResult">From one vector to the next.</param>
    public void CenteredProduct(nint first, nint count, double* shift, double* lanes, double* sums, int vectors, nint n, double* result, nint strideResult)
    {
        double* dots = stackalloc double[Lanes];
        for (nint j = 0; j < count; j++)
        {
            SparseVector<TValues> x = this[first + j];
            for (int group = 0; group < vectors; group += Lanes)
            {
                x.Dot8(lanes + group * n, dots);
                int last = Math.Min(Lanes, vectors - group);
                for (int c = 0; c < last; c++)
                    result[(group + c) * strideResult + j] = dots[c] - shift[j] * sums[group + c];
            }
        }
    }

    /// <summary>
    /// A block of rows of a Gram matrix: gram[a·stride + b] += Σᵢ wᵢ·x[i, columns[a]]·x[i, columns[b]] for first ≤ a &lt; first + count,
    /// b ≤ a. No column becomes dense: eight are scattered side by side, weighted, and all up to them are multiplied by those.
    /// </summary>
    /// <param name="columns">All columns of the matrix, in the order of its rows.</param>
    /// <param name="first">The first row of the block.</param>
    /// <param name="count">Its rows, at most eight.</param>
    /// <param name="weights">One for each row of the vectors.</param>
    /// <param name="zeros">8n numbers that are 0, and are 0 again afterwards.</param>
    /// <param name="gram">The matrix; what is right of the diagonal is left alone.</param>
    /// <param name="stride">From one of its rows to the next.</param>
    public void AddGram(int* columns, nint first, nint count, double* weights, double* zeros, double* gram, nint stride)
    {
        double* dots = stackalloc double[Lanes];
        for (nint c = 0; c < count; c++)
            this[columns[first + c]].Scatter(weights, zeros + c, Lanes);
        for (nint b = 0; b < first + count; b++)
        {
            this[columns[b]].Dot8(zeros, dots);
            for (nint c = Math.Max(b - first, 0); c < count; c++)
                gram[(first + c) * stride + b] += dots[c];
        }

        for (nint c = 0; c < count; c++)
            this[columns[first + c]].Clear(zeros + c, Lanes);
    }
}
