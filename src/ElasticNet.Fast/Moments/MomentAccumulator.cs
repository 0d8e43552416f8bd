using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Moments;

/// <summary>
/// One pass over X that reduces every fold's rows to their <see cref="SecondMoments"/>: a tile of rows is standardised into
/// a buffer, its rows sorted by fold, and each fold's share multiplied with itself while it is in cache.
/// </summary>
internal sealed unsafe class MomentAccumulator : IDisposable
{
    /// <summary>Elements of a tile: what the packing writes the products should find in the outer cache.</summary>
    private const int TileElements = 1 << 19;

    /// <summary>Columns multiplied at a time.</summary>
    private const int ColumnTile = 96;

    /// <summary>Rows multiplied at a time.</summary>
    private const int RowTile = 512;

    private readonly AlignedBuffer<double> _tile = new();
    private readonly AlignedBuffer<double> _column = new();
    private readonly AlignedBuffer<int> _order = new();

    /// <summary>Adds all rows to the moments of their folds.</summary>
    /// <param name="design">X.</param>
    /// <param name="scaling">How its columns are centred and scaled.</param>
    /// <param name="datafit">Weights and response.</param>
    /// <param name="foldOf">The fold of each row, −1 for none; null puts all rows into the first.</param>
    /// <param name="folds">One cleared entry per fold.</param>
    public void Accumulate<TDesign>(
        in TDesign design, ColumnScaling scaling, GaussianDatafit datafit, int* foldOf, ReadOnlySpan<SecondMoments> folds)
        where TDesign : struct, IDesign
    {
        int n = design.Rows, size = design.Columns + 1;
        int rows = Math.Clamp((TileElements / size) & ~7, RowTile, 8192);
        nint stride = rows + 8; // columns of the tile must not all map to one cache set
        double* tile = _tile.Require(size * stride);
        double* column = _column.Require(2 * rows);
        int* order = _order.Require(rows + folds.Length + 1);
        int* starts = order + rows;
        for (int top = 0; top < n; top += rows)
        {
            int count = Math.Min(rows, n - top);
            if (foldOf == null)
                (starts[0], starts[1]) = (0, count);
            else
                SortByFold(foldOf + top, count, folds.Length, order, starts);
            for (int j = 0; j < size; j++)
            {
                double* target = tile + j * stride;
                double* packed = foldOf == null ? target : column;
                if (j < size - 1)
                    design.Standardize(j, scaling.Center[j], scaling.InverseNorm[j], datafit.RootWeights, top, count, packed);
                else
                    Buffer.MemoryCopy(datafit.Response + top, packed, (long)count * sizeof(double), (long)count * sizeof(double));
                for (int i = 0; foldOf != null && i < starts[folds.Length]; i++)
                    target[i] = column[order[i]];
            }

            for (int i = 0; i < starts[folds.Length]; i++)
                column[i] = datafit.RootWeights[top + (foldOf == null ? i : order[i])];
            for (int k = 0; k < folds.Length; k++)
                AddRows(folds[k], tile + starts[k], stride, starts[k + 1] - starts[k], column + starts[k]);
        }
    }

    public void Dispose()
    {
        _tile.Dispose();
        _column.Dispose();
        _order.Dispose();
    }

    /// <summary>Counting sort: <paramref name="order"/> lists the rows by fold, <paramref name="starts"/> says where each fold begins.</summary>
    private static void SortByFold(int* foldOf, int count, int folds, int* order, int* starts)
    {
        new Span<int>(starts, folds + 1).Clear();
        for (int i = 0; i < count; i++)
        {
            if (foldOf[i] >= 0)
                starts[foldOf[i] + 1]++;
        }

        for (int k = 0; k < folds; k++)
            starts[k + 1] += starts[k];
        for (int i = 0; i < count; i++)
        {
            if (foldOf[i] >= 0)
                order[starts[foldOf[i]]++] = i;
        }

        for (int k = folds; k > 0; k--)
            starts[k] = starts[k - 1];
        starts[0] = 0;
    }

    private static void AddRows(SecondMoments moments, double* tile, nint stride, int rows, double* rootWeights)
    {
        if (rows == 0)
            return;
        for (int i = 0; i < rows; i++)
        {
            moments.Weight += rootWeights[i] * rootWeights[i];
            moments.Rows += rootWeights[i] > 0 ? 1 : 0;
        }

        int size = moments.Size;
        for (int j = 0; j < size; j++)
            moments.Sums[j] += Kernel.Dot(tile + j * stride, rootWeights, rows);
        for (int start = 0; start < rows; start += RowTile)
        {
            int depth = Math.Min(RowTile, rows - start);
            double* data = tile + start;
            for (int top = 0; top < size; top += ColumnTile)
            {
                int bottom = Math.Min(top + ColumnTile, size);
                for (int left = 0; left < bottom; left += ColumnTile)
                {
                    int right = Math.Min(left + ColumnTile, bottom);
                    Kernel.Gram(
                        data + top * stride, stride, bottom - top, data + left * stride, stride, right - left, depth,
                        moments.Products(top) + left, moments.Stride);
                }
            }
        }
    }
}
