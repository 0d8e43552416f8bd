using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// The lower Cholesky factor of a symmetric positive definite matrix that gains rows at its end and loses any of
/// them: A = LLᵀ, rows of L adjacent in memory, so that a solve is dots (forward) and axpys (backward) over whole rows.
/// </summary>
internal sealed unsafe partial class CholeskyFactor : IDisposable
{
    /// <summary>How many units of rounding a pivot must exceed to count as more than rounding.</summary>
    private const double RoundingUnits = 4 * 2.220446049250313e-16;

    /// <summary>No pivot above this share of its diagonal element is questioned.</summary>
    private const double SoundShare = 1e-5;

    /// <summary>What an estimate of ‖A⁻¹‖ is multiplied by, for it to hardly ever be too small.</summary>
    private const double InverseSafety = 64;

    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _tile = new();
    private nint _stride;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Row <paramref name="i"/> of L; elements 0 … i.</summary>
    public double* Row(int i) => _rows.Pointer + i * _stride;

    /// <summary>Forgets all rows.</summary>
    public void Clear() => Count = _inverted = 0;

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
        Buffer.MemoryCopy(products, row, (long)Count * sizeof(double), (long)Count * sizeof(double));
        SolveForward(row);
        double pivot = diagonal - Kernel.Dot(row, row, Count);
        if (IsRounding(row, pivot, diagonal))
            return false;
        row[Count] = Math.Sqrt(pivot);
        Count++;
        return true;
    }

    /// <summary>The pivot of the row appended last.</summary>
    public double LastPivot => Row(Count - 1)[Count - 1] * Row(Count - 1)[Count - 1];

    /// <summary>Removes row and column <paramref name="index"/>; Givens rotations restore the triangle below it.</summary>
    public void Remove(int index)
    {
        // Row i > index gives up its element `index`: rotate columns k, k+1 for all rows below, row by row, with the
        // rotations of the rows above replayed first. Rotations are kept in the tile buffer.
        int last = --Count, i = index;
        _inverted = Math.Min(_inverted, index / Block);
        double* rotations = _tile.Require(2 * (nint)Count + 2);
        for (int row = index; row < last; row++)
            Buffer.MemoryCopy(Row(row + 1), Row(row), index * sizeof(double), index * sizeof(double));
        // A row is one long chain of dependent operations. Four at once go side by side through the rotations they share;
        // each may overwrite its predecessor, which has been read one element further.
        for (; i <= last - 4; i += 4)
        {
            double* to = Row(i), first = Row(i + 1), second = Row(i + 2), third = Row(i + 3), fourth = Row(i + 4);
            double carried1 = first[index], carried2 = second[index], carried3 = third[index], carried4 = fourth[index];
            for (int k = index; k < i; k++)
            {
                double c = rotations[2 * k], s = rotations[2 * k + 1];
                double next1 = first[k + 1], next2 = second[k + 1], next3 = third[k + 1], next4 = fourth[k + 1];
                to[k] = c * carried1 + s * next1;
                carried1 = c * next1 - s * carried1;
                first[k] = c * carried2 + s * next2;
                carried2 = c * next2 - s * carried2;
                second[k] = c * carried3 + s * next3;
                carried3 = c * next3 - s * carried3;
                third[k] = c * carried4 + s * next4;
                carried4 = c * next4 - s * carried4;
            }

            Rotate(i, i, carried1, rotations);
            Rotate(i + 1, i, carried2, rotations);
            Rotate(i + 2, i, carried3, rotations);
            Rotate(i + 3, i, carried4, rotations);
        }

        for (; i < last; i++)
            Rotate(i, index, Row(i + 1)[index], rotations);
    }

    /// <summary>Moves row <paramref name="i"/> + 1 up, from element <paramref name="first"/> on, and finds the rotation that closes it.</summary>
    private void Rotate(int i, int first, double carried, double* rotations)
    {
        double* from = Row(i + 1), to = Row(i);
        for (int k = first; k < i; k++)
        {
            double c = rotations[2 * k], s = rotations[2 * k + 1], next = from[k + 1];
            to[k] = c * carried + s * next;
            carried = c * next - s * carried;
        }

        double diagonal = from[i + 1];
        double radius = double.Hypot(carried, diagonal);
        rotations[2 * i] = carried / radius;
        rotations[2 * i + 1] = diagonal / radius;
        to[i] = radius;
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
    /// ‖A⁻¹‖, rather too large than too small: two steps of inverse iteration from a fixed vector without a pattern, which mostly come within
    /// a factor of two, times <see cref="InverseSafety"/>.
    /// </summary>
    /// <param name="vector">Room for <see cref="Count"/> numbers.</param>
    public double InverseNorm(double* vector)
    {
        for (int k = 0; k < Count; k++)
            vector[k] = (k * 0.6180339887498949 % 1 > 0.5 ? 1 : -1) / Math.Sqrt(Count);
        double norm = 1;
        for (int step = 0; step < 2; step++)
        {
            for (int k = 0; k < Count; k++)
                vector[k] /= norm;
            Solve(vector);
            norm = Math.Sqrt(Kernel.Dot(vector, vector, Count));
        }

        return Count == 0 ? 0 : InverseSafety * norm;
    }

    /// <summary>
    /// Whether a new row's pivot is 0 but for rounding. The row is the combination z = A⁻¹·products of the earlier ones; an
    /// error of ε in every product makes one of about ε(1 + ‖z‖²) in the pivot, far more than ε where the earlier rows nearly
    /// depend on each other.
    /// </summary>
    private bool IsRounding(double* row, double pivot, double diagonal)
    {
        if (pivot > SoundShare * diagonal)
            return false;
        if (!(pivot > RoundingUnits * diagonal))
            return true;
        double* z = _tile.Grow(TileSize + Count + 1, TileSize) + TileSize;
        Buffer.MemoryCopy(row, z, (long)Count * sizeof(double), (long)Count * sizeof(double));
        SolveBackward(z);
        double size = 1;
        for (int k = 0; k < Count; k++)
            size += z[k] * z[k];
        return !(pivot > RoundingUnits * diagonal * size);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _tile.Dispose();
        _inverses.Dispose();
    }
}
