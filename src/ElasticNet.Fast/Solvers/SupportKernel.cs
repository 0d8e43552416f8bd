using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// K = Σ_{j∈S} zⱼzⱼᵀ of scaled columns, n × n, kept up to date as columns come and go, and the factor of I + K/l2.
/// Columns are gathered in a tile and multiplied together.
/// </summary>
internal sealed unsafe class SupportKernel : IDisposable
{
    /// <summary>Columns multiplied together.</summary>
    private const int Depth = 128;

    /// <summary>Rows multiplied at a time.</summary>
    private const int RowTile = 96;

    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<double> _tiles = new();
    private readonly AlignedBuffer<bool> _members = new();
    private readonly CholeskyFactor _factor = new();
    private nint _stride;
    private int _rows, _columns, _waiting;

    /// <summary>|S|.</summary>
    public int Support { get; private set; }

    /// <summary>Whether a column is in S.</summary>
    public bool Has(int column) => _members.Pointer[column];

    /// <summary>Empties S.</summary>
    public void Clear(int rows, int columns)
    {
        (_rows, _columns, _waiting, Support) = (rows, columns, 0, 0);
        _stride = rows + 8;
        _products.RequireZeroed(rows * _stride);
        _tiles.Require(2 * (nint)rows * Depth);
        _members.RequireZeroed(columns);
    }

    /// <summary>Adds the column to S, or takes it out.</summary>
    /// <param name="column">Which.</param>
    /// <param name="values">Its n values.</param>
    /// <param name="scale">z = scale·values.</param>
    public void Toggle(int column, double* values, double scale)
    {
        double sign = Has(column) ? -1 : 1;
        _members.Pointer[column] = !Has(column);
        Support += (int)sign;
        // Row by row, so that a row of the tile is contiguous; the second tile carries the sign.
        double* tile = _tiles.Pointer + _waiting, signed = tile + (nint)_rows * Depth;
        for (int i = 0; i < _rows; i++)
        {
            double value = scale * values[i];
            tile[(nint)i * Depth] = value;
            signed[(nint)i * Depth] = sign * value;
        }

        if (++_waiting == Depth)
            Flush();
    }

    /// <summary>Row <paramref name="i"/> of K, elements 0 … i; after <see cref="Flush"/>.</summary>
    public double* Row(int i) => _products.Pointer + i * _stride;

    /// <summary>result ← Kx; after <see cref="Flush"/>.</summary>
    public void Multiply(double* x, double* result)
    {
        new Span<double>(result, _rows).Clear();
        for (int i = 0; i < _rows; i++)
        {
            double* row = Row(i);
            Kernel.Axpy(x[i], row, result, i);
            result[i] += Kernel.Dot(row, x, i + 1);
        }
    }

    /// <summary>Factors I + K/l2, whose eigenvalues are at least 1.</summary>
    /// <returns>False where they are not once rounded: K/l2 is beyond 1/ε.</returns>
    public bool TryFactor(double l2)
    {
        Flush();
        _factor.Clear();
        _factor.Reserve(_rows);
        for (int i = 0; i < _rows; i++)
        {
            double* row = _factor.Row(i);
            double* from = _products.Pointer + i * _stride;
            for (int j = 0; j <= i; j++)
                row[j] = from[j] / l2;
            row[i] += 1;
        }

        return _factor.FactorInPlace(_rows) < 0;
    }

    /// <summary>b ← (I + K/l2)⁻¹b.</summary>
    public void Solve(double* b) => _factor.Solve(b);

    /// <summary>tr[K/l2 (I + K/l2)⁻¹] = n − tr (I + K/l2)⁻¹.</summary>
    public double Trace()
    {
        double* ones = _tiles.Pointer;
        new Span<double>(ones, _rows).Fill(1);
        return _rows - _factor.InverseTrace(ones);
    }

    public void Dispose()
    {
        _products.Dispose();
        _tiles.Dispose();
        _members.Dispose();
        _factor.Dispose();
    }

    /// <summary>Multiplies what is still waiting.</summary>
    public void Flush()
    {
        if (_waiting == 0)
            return;
        double* tile = _tiles.Pointer, signed = tile + (nint)_rows * Depth;
        for (int top = 0; top < _rows; top += RowTile)
        {
            int bottom = Math.Min(top + RowTile, _rows);
            for (int left = 0; left < bottom; left += RowTile)
            {
                int right = Math.Min(left + RowTile, bottom);
                Kernel.Gram(
                    signed + (nint)top * Depth, Depth, bottom - top, tile + (nint)left * Depth, Depth, right - left, _waiting,
                    _products.Pointer + top * _stride + left, _stride, top - left);
            }
        }

        _waiting = 0;
    }
}
