using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Moments;

/// <summary>
/// The moments of a table with categories. Dense columns are multiplied with each other as ever; what a level has to do with them and with
/// other levels is summed up entry by entry, in double-double numbers, neither centred nor scaled: to centre afterwards costs digits only
/// where nearly all rows have the level.
/// </summary>
/// <param name="accumulator">For the dense columns.</param>
internal sealed unsafe class LevelMoments(MomentAccumulator accumulator) : IWorkItems, IDisposable
{
    /// <summary>Times the products of all columns that the sums by entry take in memory, at most.</summary>
    public const double Working = 2;

    /// <summary>Elements of a tile, whose rows are looked up in the L2 cache.</summary>
    private const int TileElements = 1 << 16;

    private const int LeastRows = 64;

    private const int MostRows = 8192;

    /// <summary>Levels that are one item of work.</summary>
    private const int ItemLevels = 16;

    private readonly ColumnScaling _denseScaling = new();
    private readonly AlignedBuffer<double> _tile = new();
    private readonly AlignedBuffer<double> _sums = new();
    private readonly AlignedBuffer<long> _next = new();
    private readonly AlignedBuffer<int> _columnsOfLevels = new();
    private readonly AlignedBuffer<int> _starts = new();
    private readonly AlignedBuffer<int> _lists = new();
    private SecondMoments[] _dense = [];
    private int[] _denseColumns = [];

    private MixedDesign _design = null!;
    private GaussianDatafit _datafit = null!;
    private SecondMoments[] _folds = null!;
    private int* _foldOf;
    private double* _zeros;
    private int _levels, _top, _end;
    private nint _width; // of a row of the tile: the dense columns, and the response
    private int* _rowStarts, _rowLevels; // the levels of each row of the tile

    /// <inheritdoc cref="MomentAccumulator.Accumulate"/>
    public void Accumulate(WorkCrew crew, MixedDesign design, ColumnScaling scaling, GaussianDatafit datafit, int* foldOf, SecondMoments[] folds)
    {
        (_design, _datafit, _folds) = (design, datafit, folds);
        _foldOf = foldOf;
        _levels = design.SparseColumns.Columns;
        int dense = design.DenseColumns.Columns, n = design.Rows;
        _width = (dense + 1 + 7) & ~7;
        FindColumns(dense);
        _denseScaling.Take(scaling, _denseColumns);
        for (int k = _dense.Length; k < folds.Length; k++)
        {
            Array.Resize(ref _dense, k + 1);
            _dense[k] = new();
        }

        SecondMoments[] parts = _dense.Length == folds.Length ? _dense : _dense[..folds.Length];
        foreach (SecondMoments part in parts)
            part.Clear(dense + 1);
        accumulator.Accumulate(crew, design.DenseColumns, _denseScaling, datafit, foldOf, parts);

        _sums.RequireZeroed(folds.Length * SumsOfFold);
        foreach (SecondMoments fold in folds)
            new Span<int>(fold.CountEntries(), fold.Size).Fill(-1);
        for (int level = 0; level < _levels; level++)
        {
            _next.Pointer[level] = 0;
            foreach (SecondMoments fold in folds)
                fold.Entries[_columnsOfLevels.Pointer[level]] = 0;
        }

        int rows = (int)Math.Clamp(TileElements / _width, LeastRows, MostRows);
        _zeros = _tile.RequireZeroed((rows + 1) * _width) + rows * _width;
        for (_top = 0; _top < n; _top += rows)
        {
            _end = Math.Min(_top + rows, n);
            FillRows(dense);
            ListLevels();
            crew.Run((_levels + ItemLevels - 1) / ItemLevels, this);
        }

        for (int fold = 0; fold < folds.Length; fold++)
            Conclude(fold, parts[fold], scaling);
    }

    public void Dispose()
    {
        _denseScaling.Dispose();
        _tile.Dispose();
        _sums.Dispose();
        _next.Dispose();
        _columnsOfLevels.Dispose();
        _starts.Dispose();
        _lists.Dispose();
        foreach (SecondMoments moments in _dense)
            moments.Dispose();
    }

    /// <summary>Adds the rows of the tile that have some of the levels.</summary>
    void IWorkItems.Run(int item)
    {
        int last = Math.Min((item + 1) * ItemLevels, _levels);
        for (int level = item * ItemLevels; level < last; level++)
        {
            SparseVector<UnitValues> column = _design.SparseColumns.Panel[level];
            long e = _next.Pointer[level];
            for (; e < column.Count && column.Rows[e] < _end; e++)
            {
                int row = column.Rows[e], fold = _foldOf == null ? 0 : _foldOf[row];
                double root = _datafit.RootWeights[row];
                if (fold >= 0 && root > 0)
                    Add(level, fold, row - _top, root);
            }

            _next.Pointer[level] = e;
        }
    }

    /// <summary>Products of a level with the dense columns and the response, high parts and low parts, then with the levels up to it.</summary>
    private nint SumsOfFold => _levels * (2 * _width + 2 * (nint)_levels);

    private double* Cross(int fold, int level) => _sums.Pointer + fold * SumsOfFold + level * 2 * _width;

    private double* Pairs(int fold, int level) => _sums.Pointer + fold * SumsOfFold + _levels * 2 * _width + level * 2 * (nint)_levels;

    private void Add(int level, int fold, int row, double root)
    {
        double* cross = Cross(fold, level), pairs = Pairs(fold, level);
        Kernel.CompensatedAxpy(root, 0, _tile.Pointer + row * _width, _zeros, cross, cross + _width, _width);
        double weight = root * root;
        for (int* other = _rowLevels + _rowStarts[row]; ; other++)
        {
            double* sum = pairs + 2 * *other;
            double total = sum[0] + weight, part = total - sum[0];
            sum[1] += (sum[0] - (total - part)) + (weight - part);
            sum[0] = total;
            if (*other == level)
                break;
        }

        _folds[fold].Entries[_columnsOfLevels.Pointer[level]]++;
    }

    private void FindColumns(int dense)
    {
        if (_denseColumns.Length != dense)
            _denseColumns = new int[dense];
        _next.Require(Math.Max(_levels, 1));
        _columnsOfLevels.Require(Math.Max(_levels, 1));
        for (int j = 0; j < _design.Columns; j++)
        {
            int place = _design.PlaceOf(j);
            if (place >= 0)
                _denseColumns[place] = j;
            else
                _columnsOfLevels.Pointer[~place] = j;
        }
    }

    /// <summary>The rows of the tile, one after another: √w times the standardised dense columns and the response.</summary>
    private void FillRows(int dense)
    {
        int count = _end - _top;
        double* column = stackalloc double[count], to = _tile.Pointer;
        for (int k = 0; k <= dense; k++)
        {
            if (k < dense)
                _design.DenseColumns.Standardize(k, _denseScaling.Center[k], _denseScaling.InverseNorm[k], _datafit.RootWeights, _top, count, column);
            double* from = k < dense ? column : _datafit.Response + _top;
            for (int i = 0; i < count; i++)
                to[i * _width + k] = from[i];
        }
    }

    /// <summary>The levels of each row of the tile, ascending.</summary>
    private void ListLevels()
    {
        int count = _end - _top, entries = 0;
        SparsePanel<UnitValues> panel = _design.SparseColumns.Panel;
        _rowStarts = _starts.RequireZeroed(count + 1);
        for (int level = 0; level < _levels; level++)
        {
            for (long e = _next.Pointer[level]; e < panel[level].Count && panel[level].Rows[e] < _end; e++, entries++)
                _rowStarts[panel[level].Rows[e] - _top + 1]++;
        }

        for (int i = 0; i < count; i++)
            _rowStarts[i + 1] += _rowStarts[i];
        _rowLevels = _lists.Require(Math.Max(entries, 1));
        for (int level = 0; level < _levels; level++)
        {
            for (long e = _next.Pointer[level]; e < panel[level].Count && panel[level].Rows[e] < _end; e++)
                _rowLevels[_rowStarts[panel[level].Rows[e] - _top]++] = level;
        }

        // Each start has moved to where the next row's was.
        Buffer.MemoryCopy(_rowStarts, _rowStarts + 1, count * sizeof(int), count * sizeof(int));
        _rowStarts[0] = 0;
    }

    /// <summary>The moments of a fold, of all columns centred and scaled.</summary>
    private void Conclude(int fold, SecondMoments dense, ColumnScaling scaling)
    {
        SecondMoments moments = _folds[fold];
        int p = _design.Columns, response = _denseColumns.Length;
        (moments.Weight, moments.Rows) = (dense.Weight, dense.Rows);
        for (int j = 0; j <= p; j++)
        {
            double* products = moments.Products(j);
            int place = j == p ? response : _design.PlaceOf(j);
            moments.Sums[j] = place >= 0 ? dense.Sums[place] : scaling.InverseNorm[j] * (Ones(fold, ~place) - scaling.Center[j] * dense.Weight);
            for (int k = 0; k <= j; k++)
            {
                int other = k == p ? response : _design.PlaceOf(k);
                products[k] = place >= 0 && other >= 0
                    ? dense.Products(Math.Max(place, other))[Math.Min(place, other)]
                    : place >= 0 ? WithDense(fold, ~other, place, k)
                    : other >= 0 ? WithDense(fold, ~place, other, j)
                    : scaling.InverseNorm[j] * scaling.InverseNorm[k] * (Together(fold, ~place, ~other)
                        - scaling.Center[j] * Ones(fold, ~other) - scaling.Center[k] * Ones(fold, ~place) + scaling.Center[j] * scaling.Center[k] * dense.Weight);
            }
        }

        double WithDense(int fold, int level, int place, int column)
        {
            double* cross = Cross(fold, level);
            return scaling.InverseNorm[column] * (cross[place] + cross[_width + place] - scaling.Center[column] * dense.Sums[place]);
        }
    }

    /// <summary>Σ w over the rows with a level.</summary>
    private double Ones(int fold, int level) => Together(fold, level, level);

    /// <summary>Σ w over the rows with two levels.</summary>
    private double Together(int fold, int level, int other)
    {
        double* sum = Pairs(fold, Math.Max(level, other)) + 2 * Math.Min(level, other);
        return sum[0] + sum[1];
    }
}
