using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>The unpenalised columns: what is orthogonal to them, and their least-squares coefficients. Dependent ones are left out.</summary>
internal sealed unsafe class FreeBlock : IDisposable
{
    private readonly AlignedBuffer<double> _columns = new();
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<int> _indices = new();
    private readonly CholeskyFactor _factor = new();
    private int _rows;

    /// <summary>Number of columns.</summary>
    public int Count => _factor.Count;

    /// <summary>Whether a column had to be left out.</summary>
    public bool HasLeftOut { get; private set; }

    /// <summary>Empties the block.</summary>
    public void Clear(int rows)
    {
        _rows = rows;
        _factor.Clear();
        HasLeftOut = false;
    }

    /// <summary>Adds a standardised column.</summary>
    public void Add(int column, double* values)
    {
        double* columns = _columns.Grow((Count + 1) * (nint)_rows, Count * (nint)_rows);
        double* products = _products.Require(Count + 1);
        for (int k = 0; k < Count; k++)
            products[k] = Kernel.Dot(columns + k * (nint)_rows, values, _rows);
        int at = Count;
        if (!_factor.TryAppend(products, Kernel.Dot(values, values, _rows)))
        {
            HasLeftOut = true;
            return;
        }

        Buffer.MemoryCopy(values, columns + at * (nint)_rows, _rows * sizeof(double), _rows * sizeof(double));
        _indices.Grow(at + 1, at)[at] = column;
    }

    /// <summary>A bound on the norm of the inverse of the block's Gram matrix, in all likelihood.</summary>
    public double InverseNorm => _factor.InverseNorm(_products.Require(Count + 1));

    /// <summary>Takes the part within the block out of a vector; twice, so that rounding leaves nothing.</summary>
    public void Project(double* vector)
    {
        for (int round = 0; round < 2 && Count > 0; round++)
            Remove(vector);
    }

    /// <summary>Sets the block's coefficients to 0.</summary>
    public void ClearCoefficients(double* beta)
    {
        for (int k = 0; k < Count; k++)
            beta[_indices.Pointer[k]] = 0;
    }

    /// <summary>Adds the least-squares coefficients of a vector, which is left orthogonal to the block.</summary>
    public void Solve(double* vector, double* beta)
    {
        for (int round = 0; round < 2; round++)
        {
            double* solution = Remove(vector);
            for (int k = 0; k < Count; k++)
                beta[_indices.Pointer[k]] += solution[k];
        }
    }

    public void Dispose()
    {
        _columns.Dispose();
        _products.Dispose();
        _indices.Dispose();
        _factor.Dispose();
    }

    private double* Remove(double* vector)
    {
        double* solution = _products.Require(Count + 1);
        for (int k = 0; k < Count; k++)
            solution[k] = Kernel.Dot(_columns.Pointer + k * (nint)_rows, vector, _rows);
        _factor.Solve(solution);
        for (int k = 0; k < Count; k++)
            Kernel.Axpy(-solution[k], _columns.Pointer + k * (nint)_rows, vector, _rows);
        return solution;
    }
}
