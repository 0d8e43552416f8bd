using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>The work on many rows at once, arranged so that nearly all of it is products of blocks.</summary>
internal sealed unsafe partial class CholeskyFactor
{
    /// <summary>Rows taken together; three blocks of this size fit the L1 cache.</summary>
    private const int Block = 32;

    private const int TileSize = Block * Block;

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
            int start = Count, rows = Math.Min(Block, count - start);
            for (int column = 0; column < start; column += Block)
                SolveAbove(start, rows, column, Math.Min(Block, start - column));
            SubtractProducts(start, rows);
            int dependent = FactorDiagonal(start, rows);
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
            for (int top = first; top < Count; top += Block)
            {
                int rows = Math.Min(Block, Count - top);
                new Span<double>(tile, rows * Block).Clear();
                if (top > first)
                    Kernel.Gram(Row(top) + first, _stride, rows, inverse, stride, width, top - first, tile, Block);
                for (int k = 0; k < rows * Block; k++)
                    tile[k] = -tile[k];
                for (int k = 0; top == first && k < rows; k++)
                    tile[k * Block + k] = 1;
                SolveBlock(top, rows, tile);
                for (int c = 0; c < width; c++)
                {
                    double* column = inverse + c * stride + (top - first);
                    double sum = 0;
                    for (int i = 0; i < rows; i++)
                    {
                        column[i] = tile[i * Block + c];
                        sum += column[i] * column[i];
                    }

                    trace += weights[first + c] * sum;
                }
            }
        }

        return trace;
    }

    /// <summary>L[rows, columns] = (A − what lies left of it)·L[columns, columns]⁻ᵀ for one block of columns.</summary>
    private void SolveAbove(int start, int rows, int column, int width)
    {
        double* tile = _tile.Pointer;
        new Span<double>(tile, width * Block).Clear();
        if (column > 0)
            Kernel.Gram(Row(column), _stride, width, Row(start), _stride, rows, column, tile, Block);
        for (int i = 0; i < rows; i++)
        {
            double* row = Row(start + i) + column;
            for (int j = 0; j < width; j++)
                tile[j * Block + i] = row[j] - tile[j * Block + i];
        }

        SolveBlock(column, width, tile);
        for (int i = 0; i < rows; i++)
        {
            double* row = Row(start + i) + column;
            for (int j = 0; j < width; j++)
                row[j] = tile[j * Block + i];
        }
    }

    /// <summary>The diagonal block less the products of all columns left of it; only its lower triangle exists.</summary>
    private void SubtractProducts(int start, int rows)
    {
        if (start == 0)
            return;
        double* tile = _tile.Pointer;
        new Span<double>(tile, rows * Block).Clear();
        Kernel.Gram(Row(start), _stride, rows, Row(start), _stride, rows, start, tile, Block);
        for (int i = 0; i < rows; i++)
        {
            double* row = Row(start + i) + start;
            for (int j = 0; j <= i; j++)
                row[j] -= tile[i * Block + j];
        }
    }

    /// <summary>Factors the diagonal block; −1, or the first row that depends on those before it.</summary>
    private int FactorDiagonal(int start, int rows)
    {
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

        return -1;
    }

    /// <summary>
    /// tile ← L[block, block]⁻¹·tile, where the tile's rows hold one right-hand side per column: whole rows are added, so
    /// that all right-hand sides move together.
    /// </summary>
    private void SolveBlock(int start, int rows, double* tile)
    {
        int* sequence = stackalloc int[Block];
        double* factors = stackalloc double[Block];
        for (int i = 0; i < rows; i++)
        {
            sequence[i] = i;
            double* row = Row(start + i) + start;
            for (int j = 0; j < i; j++)
                factors[j] = -row[j];
            double* target = tile + i * Block;
            Kernel.PanelAxpy(tile, Block, sequence, factors, i, target, Block);
            double inverse = 1 / row[i];
            for (int c = 0; c < Block; c++)
                target[c] *= inverse;
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
