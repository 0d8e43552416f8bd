using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// The work on many rows at once, arranged so that nearly all of it is products of blocks. The blocks on the diagonal are
/// inverted once, which turns every solve with one of them into a product too.
/// </summary>
internal sealed unsafe partial class CholeskyFactor
{
    /// <summary>Rows and columns of a block: whole tiles of the product kernel, small enough that what is not a product costs little.</summary>
    private const int Block = 48;

    private const int TileSize = Block * Block;

    /// <summary>Elements of a row multiplied at a time, so that the rows of a tile share the L1 cache.</summary>
    private const int Depth = 384;

    private readonly AlignedBuffer<double> _inverses = new();
    private int _inverted; // blocks on the diagonal, from the first, whose inverse is known

    /// <summary>
    /// Factors rows <see cref="Count"/> … <paramref name="count"/> − 1, whose lower triangle of A stands in
    /// <see cref="Row"/>s already, in blocks of products that run at the speed of a matrix product.
    /// </summary>
    /// <returns>−1, or the first row that depends on those before it; the rows before it are factored (<see cref="Count"/>).</returns>
    public int FactorInPlace(int count)
    {
        _tile.Require(TileSize + count);
        while (Count < count)
        {
            int start = Count, first = start - start % Block, rows = Math.Min(first + Block, count) - start;
            for (int column = 0; column < first; column += Block)
                SolveAbove(start, rows, column);
            SubtractProducts(first, start, rows);
            int dependent = FactorDiagonal(first, start, rows);
            if (dependent >= 0)
                return dependent;
        }

        return -1;
    }

    /// <summary>
    /// tr[A⁻¹ diag(weights)] = Σₖ weightsₖ‖L⁻¹eₖ‖², a block of columns of L⁻¹ at a time, at the speed of a matrix product.
    /// </summary>
    public double InverseTrace(double* weights)
    {
        double trace = 0;
        nint stride = Count + 8;
        double* tile = _tile.Require(TileSize + Block * stride);
        double* inverse = tile + TileSize; // one row per column of L⁻¹, its elements from `first` down
        for (int first = 0; first < Count; first += Block)
        {
            int width = Math.Min(Block, Count - first);
            InvertColumns(first, width, inverse, stride);
            for (int top = first; top < Count; top += Block)
            {
                int rows = Math.Min(Block, Count - top);
                for (int c = 0; c < width; c++)
                {
                    double* column = inverse + c * stride + (top - first);
                    trace += weights[first + c] * Kernel.Dot(column, column, rows);
                }
            }
        }

        return trace;
    }

    /// <summary>columns[c·stride + r] ← L⁻¹ in row r and column c, zeros above the diagonal included.</summary>
    public void InvertTriangle(double* columns, nint stride)
    {
        _tile.Require(TileSize);
        for (int first = 0; first < Count; first += Block)
        {
            int width = Math.Min(Block, Count - first);
            for (int c = 0; c < width; c++)
                new Span<double>(columns + (first + c) * stride, first).Clear();
            InvertColumns(first, width, columns + first * stride + first, stride);
        }
    }

    /// <summary>A block of columns of L⁻¹, each adjacent, from the first row of the block on.</summary>
    private void InvertColumns(int first, int width, double* inverse, nint stride)
    {
        double* tile = _tile.Pointer;
        for (int top = first; top < Count; top += Block)
        {
            int rows = Math.Min(Block, Count - top);
            double* diagonal = Inverse(top);
            for (int c = 0; c < width; c++)
            {
                // On the diagonal the block's own inverse; below it, the rows' products, which the inverse then solves.
                double* column = inverse + c * stride + (top - first);
                for (int i = 0; i < rows; i++)
                    column[i] = top == first ? diagonal[i * Block + c] : 0;
            }

            if (top == first)
                continue;
            Multiply(inverse, stride, width, Row(top) + first, _stride, rows, top - first, tile, Block);
            Negate(tile, width);
            Kernel.Gram(tile, Block, width, diagonal, Block, rows, rows, inverse + (top - first), stride, Block);
        }
    }

    /// <summary>L[rows, columns] = (A − what lies left of it)·L[columns, columns]⁻ᵀ for one block of columns.</summary>
    private void SolveAbove(int start, int rows, int column)
    {
        double* tile = _tile.Pointer, inverse = Inverse(column);
        Multiply(Row(start), _stride, rows, Row(column), _stride, Block, column, tile, Block);
        for (int i = 0; i < rows; i++)
        {
            double* row = Row(start + i) + column;
            for (int j = 0; j < Block; j++)
            {
                tile[i * Block + j] = row[j] - tile[i * Block + j];
                row[j] = 0;
            }
        }

        Kernel.Gram(tile, Block, rows, inverse, Block, Block, Block, Row(start) + column, _stride, Block);
    }

    /// <summary>The rest of the rows less the products of all columns left of it; only its lower triangle exists.</summary>
    private void SubtractProducts(int first, int start, int rows)
    {
        if (first == 0)
            return;
        double* tile = _tile.Pointer;
        int above = start - first;
        Multiply(Row(start), _stride, rows, Row(first), _stride, above + rows, first, tile, above);
        for (int i = 0; i < rows; i++)
        {
            double* row = Row(start + i) + first;
            for (int j = 0; j <= above + i; j++)
                row[j] -= tile[i * Block + j];
        }
    }

    /// <summary>Factors the rows of the diagonal block; −1, or the first row that depends on those before it.</summary>
    private int FactorDiagonal(int first, int start, int rows)
    {
        for (int i = start; i < start + rows; i++)
        {
            double* row = Row(i);
            double diagonal = row[i];
            double original = diagonal + Kernel.Dot(row, row, first);
            for (int j = first; j < i; j++)
            {
                double* above = Row(j);
                row[j] = (row[j] - Inner(row + first, above + first, j - first)) / above[j];
            }

            double pivot = diagonal - Inner(row + first, row + first, i - first);
            if (IsRounding(row, pivot, original))
                return i;
            row[i] = Math.Sqrt(pivot);
            Count = i + 1;
        }

        return -1;
    }

    /// <summary>The inverse of the block of L on the diagonal at <paramref name="first"/>, rows <see cref="Block"/> apart.</summary>
    private double* Inverse(int first)
    {
        int index = first / Block, rows = Math.Min(Block, Count - first);
        double* inverse = _inverses.Grow((index + 1) * TileSize, index * TileSize) + index * TileSize;
        if (index < _inverted)
            return inverse;
        new Span<double>(inverse, TileSize).Clear();
        int* sequence = stackalloc int[Block];
        double* factors = stackalloc double[Block];
        for (int i = 0; i < rows; i++)
        {
            // Row i is the unit vector less the combination of the rows above that L asks for, divided by the pivot.
            sequence[i] = i;
            double* row = Row(first + i) + first, target = inverse + i * Block;
            for (int j = 0; j < i; j++)
                factors[j] = -row[j];
            target[i] = 1;
            Kernel.PanelAxpy(inverse, Block, sequence, factors, i, target, i);
            double scale = 1 / row[i];
            for (int j = 0; j <= i; j++)
                target[j] *= scale;
        }

        if (rows == Block)
            _inverted = index + 1; // one that is not whole changes when rows are added
        return inverse;
    }

    /// <summary>tile ← AᵀB for rows a, b of the factor of which <paramref name="depth"/> elements count.</summary>
    private static void Multiply(
        double* a, nint strideA, int rowsA, double* b, nint strideB, int rowsB, int depth, double* tile, int diagonal)
    {
        new Span<double>(tile, rowsA * Block).Clear();
        for (int k = 0; k < depth; k += Depth)
            Kernel.Gram(a + k, strideA, rowsA, b + k, strideB, rowsB, Math.Min(Depth, depth - k), tile, Block, diagonal);
    }

    private static void Negate(double* tile, int rows)
    {
        for (int k = 0; k < rows * Block; k++)
            tile[k] = -tile[k];
    }

    /// <summary>A dot product of at most <see cref="Block"/> elements: short ones are not worth a call.</summary>
    private static double Inner(double* x, double* y, int n)
    {
        if (n >= 16)
            return Kernel.Dot(x, y, n);
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
