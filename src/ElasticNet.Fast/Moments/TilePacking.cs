using System.Runtime.CompilerServices;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Moments;

/// <summary>Fills a tile with standardised columns, and adds them up.</summary>
internal sealed unsafe class TilePacking : IWorkItems
{
    /// <summary>Elements packed as one item.</summary>
    private const int ItemElements = 1 << 13;

    /// <summary>Rows that are packed in the order of X before they are sorted.</summary>
    private const int Piece = 512;

    private Design _design = null!;
    private ColumnScaling _scaling = null!;
    private GaussianDatafit _datafit = null!;
    private RowTile _tile;
    private SecondMoments[] _folds = null!;
    private int _columns;

    /// <summary>Packs all columns and adds their sums to those of the folds.</summary>
    public void Run(
        WorkCrew crew, Design design, ColumnScaling scaling, GaussianDatafit datafit, in RowTile tile, SecondMoments[] folds)
    {
        (_design, _scaling, _datafit, _tile, _folds) = (design, scaling, datafit, tile, folds);
        int size = design.Columns + 1;
        _columns = Math.Max(ItemElements / tile.Count, 1);
        crew.Run((size + _columns - 1) / _columns, this);
    }

    void IWorkItems.Run(int item)
    {
        int last = Math.Min((item + 1) * _columns, _design.Columns + 1);
        for (int j = item * _columns; j < last; j++)
        {
            double* column = _tile.Data + j * _tile.Stride;
            if (j == _design.Columns)
                _tile.Sort(_datafit.Response + _tile.Top, 0, _tile.Count, column);
            else if (_tile.Places == null)
                Standardize(j, 0, _tile.Count, column);
            else
                SortStandardized(j, column);
            for (int k = 0; k < _folds.Length; k++)
            {
                int start = _tile.Starts[k];
                _folds[k].Sums[j] += Kernel.Dot(column + start, _tile.RootWeights + start, _tile.Starts[k + 1] - start);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortStandardized(int j, double* column)
    {
        double* piece = stackalloc double[Piece];
        for (int first = 0; first < _tile.Count; first += Piece)
        {
            int count = Math.Min(Piece, _tile.Count - first);
            Standardize(j, first, count, piece);
            _tile.Sort(piece, first, count, column);
        }
    }

    private void Standardize(int j, int first, int count, double* destination) =>
        _design.Standardize(j, _scaling.Center[j], _scaling.InverseNorm[j], _datafit.RootWeights, _tile.Top + first, count, destination);
}
