using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// The lower Cholesky factor of a symmetric positive definite matrix that gains rows at its end and loses any of
/// them: A = LLᵀ, rows of L adjacent in memory, so that a solve is dots (forward) and axpys (backward) over whole rows.
/// </summary>
internal sealed unsafe class CholeskyFactor : IDisposable
{
    /// <summary>How many units of rounding a pivot must exceed to count as more than rounding.</summary>
    private const double RoundingUnits = 32 * 2.220446049250313e-16;

    /// <summary>No pivot above this share of its diagonal element is questioned.</summary>
    private const double SoundShare = 1e-5;

    /// <summary>Rows factored together; three blocks of this size fit the L1 cache.</summary>
    private const int Block = 32;

    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _tile = new();
    private nint _stride;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Row <paramref name="i"/> of L; elements 0 … i.</summary>
    public double* Row(int i) => _rows.Pointer + i * _stride;

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Count = 0;

    /// <summary>Makes room for <paramref name="count"/> rows.</summary>
    public void Reserve(int count)
    {
        if (count <= _stride)
            return;
        nint stride = Math.Max((count + 63) & ~63, Math.Min(2 * _stride, 1 << 20)) + 8; // + 8: rows must not all map to one cache set
        using AlignedBuffer<double> old = new();
        double* rows = old.Require(1);
        if (Count > 0)
        {
            rows = old.Require(Count * _stride);
            Buffer.MemoryCopy(_rows.Pointer, rows, Count * _stride * sizeof(double), Count * _stride * sizeof(double));
        }

        double* fresh = _rows.Require(stride * stride);
        for (int i = 0; i < Count; i++)
            Buffer.MemoryCopy(rows + i * _stride, fresh + i * stride, (i + 1) * sizeof(double), (i + 1) * sizeof(double));
        _stride = stride;
    }

    /// <summary>
    /// Appends the row whose products with the earlier rows are in <paramref name="products"/> (<see cref="Count"/> of
    /// them) and whose diagonal element is <paramref name="diagonal"/>.
    /// </summary>
    /// <returns>False, and nothing is appended, where it depends on the earlier rows.</returns>
    public bool TryAppend(double* products, double diagonal)
    {
        Reserve(Count + 1);
        double* row = Row(Count);
        Buffer.MemoryCopy(products, row, Count * sizeof(double), Count * sizeof(double));
        SolveForward(row);
        double pivot = diagonal - Kernel.Dot(row, row, Count);
        if (IsRounding(row, pivot, diagonal))
            return false;
        row[Count] = Math.Sqrt(pivot);
        Count++;
        return true;
    }

    /// <summary>Removes row and column <paramref name="index"/>; Givens rotations restore the triangle below it.</summary>
    public void Remove(int index)
    {
        // Row i > index gives up its element `index`: rotate columns k, k+1 for all rows below, row by row, with the
        // rotations of the rows above replayed first. Rotations are kept in the tile buffer.
        int last = --Count;
        double* rotations = _tile.Require(2 * (nint)Math.Max(Count + 1, Block * Block));
        for (int i = index; i < last; i++)
        {
            double* from = Row(i + 1);
            double* to = Row(i);
            Buffer.MemoryCopy(from, to, index * sizeof(double), index * sizeof(double));
            double carried = from[index];
            for (int k = index; k < i; k++)
            {
                double c = rotations[2 * k], s = rotations[2 * k + 1];
                double next = from[k + 1];
                to[k] = c * carried + s * next;
                carried = c * next - s * carried;
            }

            double diagonal = from[i + 1];
            double radius = double.Hypot(carried, diagonal);
            rotations[2 * i] = carried / radius;
            rotations[2 * i + 1] = diagonal / radius;
            to[i] = radius;
        }
    }

    /// <summary>b ← L⁻¹b.</summary>
    public void SolveForward(double* b)
    {
        for (int i = 0; i < Count; i++)
        {
            double* row = Row(i);
            b[i] = (b[i] - Kernel.Dot(row, b, i)) / row[i];
        }
    }

    /// <summary>b ← L⁻ᵀb.</summary>
    public void SolveBackward(double* b)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            double* row = Row(i);
            double value = b[i] / row[i];
            b[i] = value;
            Kernel.Axpy(-value, row, b, i);
        }
    }

    /// <summary>b ← A⁻¹b.</summary>
    public void Solve(double* b)
    {
        SolveForward(b);
        SolveBackward(b);
    }

    /// <summary>
    /// Factors rows <see cref="Count"/> … <paramref name="count"/> − 1, whose lower triangle of A stands in
    /// <see cref="Row"/>s already, in blocks of products that run at the speed of a matrix product.
    /// </summary>
    /// <returns>−1, or the first row that depends on those before it; the rows before it are factored (<see cref="Count"/>).</returns>
    public int FactorInPlace(int count)
    {
        double* tile = _tile.Require(Block * Block + (nint)count);
        while (Count < count)
        {
            int start = Count, rows = Math.Min(Block, count - start);
            // L₂₁ = A₂₁L₁₁⁻ᵀ, one block of columns after another.
            for (int column = 0; column < start; column += Block)
            {
                int width = Math.Min(Block, start - column);
                SubtractProducts(tile, start, rows, column, width, column);
                for (int i = 0; i < rows; i++)
                {
                    double* row = Row(start + i);
                    for (int j = column; j < column + width; j++)
                    {
                        double* above = Row(j);
                        row[j] = (row[j] - Inner(row + column, above + column, j - column)) / above[j];
                    }
                }
            }

            SubtractProducts(tile, start, rows, start, rows, start);
            for (int i = 0; i < rows; i++)
            {
                double* row = Row(start + i);
                double diagonal = row[start + i];
                double original = diagonal + Kernel.Dot(row, row, start);
                for (int j = start; j < start + i; j++)
                {
                    double* above = Row(j);
                    row[j] = (row[j] - Inner(row + start, above + start, j - start)) / above[j];
                }

                double pivot = diagonal - Inner(row + start, row + start, i);
                if (IsRounding(row, pivot, original))
                    return start + i;
                row[start + i] = Math.Sqrt(pivot);
                Count = start + i + 1;
            }
        }

        return -1;
    }

    /// <summary>
    /// tr[A⁻¹ diag(weights)] = Σₖ weightsₖ‖L⁻¹eₖ‖², a block of columns of L⁻¹ at a time, at the speed of a matrix product.
    /// </summary>
    public double InverseTrace(double* weights)
    {
        double trace = 0;
        double* tile = _tile.Require(2 * Block * Block + Block * (nint)(Count + 8));
        double* inverse = tile + Block * Block; // one row per column of L⁻¹, its elements from `first` down
        nint stride = Count + 8;
        for (int first = 0; first < Count; first += Block)
        {
            int width = Math.Min(Block, Count - first);
            for (int top = first; top < Count; top += Block)
            {
                int rows = Math.Min(Block, Count - top);
                new Span<double>(tile, rows * width).Clear();
                if (top > first)
                    Kernel.Gram(Row(top) + first, _stride, rows, inverse, stride, width, top - first, tile, width);
                for (int i = 0; i < rows; i++)
                {
                    double* row = Row(top + i);
                    for (int c = 0; c < width; c++)
                    {
                        double* column = inverse + c * stride + (top - first);
                        double value = (top + i == first + c ? 1 : 0) - tile[i * width + c] - Inner(row + top, column, i);
                        column[i] = value / row[top + i];
                        trace += weights[first + c] * column[i] * column[i];
                    }
                }
            }
        }

        return trace;
    }

    /// <summary>
    /// Whether a new row's pivot is 0 but for rounding. The row is the combination z = A⁻¹·products of the earlier ones; an
    /// error of ε in every product makes one of up to ε(1 + ‖z‖₁)² in the pivot, far more than ε where the earlier rows
    /// nearly depend on each other.
    /// </summary>
    private bool IsRounding(double* row, double pivot, double diagonal)
    {
        if (pivot > SoundShare * diagonal)
            return false;
        if (!(pivot > RoundingUnits * diagonal))
            return true;
        double* z = _tile.Require(Block * Block + Count + 1) + Block * Block;
        Buffer.MemoryCopy(row, z, Count * sizeof(double), Count * sizeof(double));
        SolveBackward(z);
        double size = 1;
        for (int k = 0; k < Count; k++)
            size += Math.Abs(z[k]);
        return !(pivot > RoundingUnits * diagonal * size * size);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _tile.Dispose();
    }

    /// <summary>A[rows, columns] −= L[rows, 0 … depth) · L[columns, 0 … depth)ᵀ.</summary>
    private void SubtractProducts(double* tile, int row, int rows, int column, int columns, int depth)
    {
        if (depth == 0)
            return;
        new Span<double>(tile, rows * columns).Clear();
        Kernel.Gram(Row(row), _stride, rows, Row(column), _stride, columns, depth, tile, columns);
        for (int i = 0; i < rows; i++)
        {
            double* target = Row(row + i) + column;
            int reach = column == row ? i + 1 : columns; // on the diagonal block only the lower triangle exists
            for (int j = 0; j < reach; j++)
                target[j] -= tile[i * columns + j];
        }
    }

    /// <summary>A dot product of at most <see cref="Block"/> elements, where a call would cost more than the work.</summary>
    private static double Inner(double* x, double* y, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
