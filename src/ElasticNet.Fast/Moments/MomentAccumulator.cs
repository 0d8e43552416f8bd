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
    /// <summary>Elements of a tile: what the packing writes the products should find in the L2 cache.</summary>
    private const int TileElements = 1 << 17;

    /// <summary>Fewer rows than these make slow products; a tile holds as many of every fold, and a multiple of them.</summary>
    private const int LeastRows = 384;

    /// <summary>More rows than these gain nothing.</summary>
    private const int MostRows = 21 * LeastRows;

    private readonly AlignedBuffer<double> _tile = new();
    private readonly AlignedBuffer<int> _places = new();
    private readonly GramBlocks _products = new();
    private readonly TilePacking _packing = new();
    private LevelMoments? _levels;

    /// <summary>Adds all rows to the moments of their folds.</summary>
    /// <param name="crew">Who works.</param>
    /// <param name="design">X.</param>
    /// <param name="scaling">How its columns are centred and scaled.</param>
    /// <param name="datafit">Weights and response.</param>
    /// <param name="foldOf">The fold of each row, −1 for none; null puts all rows into the first.</param>
    /// <param name="folds">One cleared entry per fold.</param>
    public void Accumulate(
        WorkCrew crew, Design design, ColumnScaling scaling, GaussianDatafit datafit, int* foldOf, SecondMoments[] folds)
    {
        if (design is MixedDesign mixed)
        {
            (_levels ??= new(this)).Accumulate(crew, mixed, scaling, datafit, foldOf, folds);
            return;
        }

        int n = design.Rows, size = design.Columns + 1;
        int rows = Math.Clamp(TileElements / size, LeastRows * Math.Min(folds.Length, MostRows / LeastRows), MostRows) / LeastRows * LeastRows;
        rows = Math.Min(rows, (n + 7) & ~7);
        RowTile tile = new()
        {
            Stride = rows + 8, // columns of the tile must not all map to one cache set
            Places = foldOf == null ? null : _places.Require(rows + folds.Length + 1),
        };
        tile.Data = _tile.Require((size + 1) * tile.Stride);
        tile.RootWeights = tile.Data + size * tile.Stride;
        int* starts = stackalloc int[2];
        tile.Starts = foldOf == null ? starts : tile.Places + rows;
        for (int top = 0; top < n; top += rows)
        {
            tile.Top = top;
            tile.Count = Math.Min(rows, n - top);
            if (foldOf == null)
                (starts[0], starts[1]) = (0, tile.Count);
            else
                SortByFold(foldOf + top, tile.Count, folds.Length, tile.Places, tile.Starts);
            tile.PackWeights(datafit.RootWeights, folds);
            _packing.Run(crew, design, scaling, datafit, tile, folds);
            for (int k = 0; k < folds.Length; k++)
            {
                _products.AddLower(
                    crew, tile.Data + tile.Starts[k], tile.Stride, 0, size, tile.Starts[k + 1] - tile.Starts[k],
                    folds[k].Products(0), folds[k].Stride);
            }
        }
    }

    public void Dispose()
    {
        _tile.Dispose();
        _places.Dispose();
        _levels?.Dispose();
    }

    /// <summary>Counting sort: <paramref name="places"/> says where each row goes, <paramref name="starts"/> where each fold begins.</summary>
    private static void SortByFold(int* foldOf, int count, int folds, int* places, int* starts)
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
            places[i] = foldOf[i] >= 0 ? starts[foldOf[i]]++ : count; // one place behind the tile's last row, never read
        for (int k = folds; k > 0; k--)
            starts[k] = starts[k - 1];
        starts[0] = 0;
    }
}
