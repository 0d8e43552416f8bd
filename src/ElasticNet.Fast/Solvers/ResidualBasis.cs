using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// What past passes over X still know. Residuals of a path lie close to a space of few dimensions: with an orthonormal basis
/// Q of past residuals and C = X̂ᵀQ, the gradient of any column at a new residual r is Cⱼ·Qᵀr, but for x̂ⱼᵀd with d the part of
/// r outside the basis, and |x̂ⱼᵀd| ≤ √(1 − ‖Cⱼ‖²)·‖d‖. Most columns are proven to be inactive without a look at X.
/// </summary>
internal sealed unsafe class ResidualBasis : IDisposable
{
    /// <summary>Directions beyond which the basis starts anew: by then the path has moved on.</summary>
    private const int MostDirections = 128;

    /// <summary>What rounding leaves of 1 − ‖Cⱼ‖² where it should be 0, and of a predicted gradient per unit of the residual, at least.</summary>
    private const double LeastRounding = 32 * 2.220446049250313e-16;

    /// <summary>The share of a vector that must lie outside the basis to be more than rounding.</summary>
    private const double LeastRest = 1e-10;

    private readonly AlignedBuffer<double> _directions = new();
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<double> _reach = new();
    private readonly AlignedBuffer<double> _coordinates = new();
    private readonly AlignedBuffer<double> _rest = new();
    private readonly AlignedBuffer<int> _indices = new();
    private nint _rows, _columns;
    private double _residualNorm;

    /// <summary>The same for so many rows.</summary>
    private double _rounding;

    /// <summary>Number of directions, m.</summary>
    public int Count { get; private set; }

    /// <summary>d, the part of the last residual outside the basis.</summary>
    public double* Rest => _rest.Pointer;

    /// <summary>‖d‖.</summary>
    public double RestNorm { get; private set; }

    /// <summary>Starts without a direction.</summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">p.</param>
    /// <param name="roundingFactor">See <see cref="Designs.Design.RoundingFactor"/>.</param>
    public void Clear(int rows, int columns, double roundingFactor = 1)
    {
        // Multiples of a cache line, so that every vector starts on one.
        (_rows, _columns) = ((rows + 7) & ~7, (columns + 7) & ~7);
        _rounding = Math.Max(LeastRounding, roundingFactor * Rounding.OfProduct(rows));
        _rest.Require(_rows);
        _coordinates.Require(2 * MostDirections);
        int* indices = _indices.Require(MostDirections);
        for (int k = 0; k < MostDirections; k++)
            indices[k] = k;
        Forget();
    }

    /// <summary>Splits a residual into its coordinates in the basis and the rest; orthogonalised twice, so that the rest is orthogonal to the last digit.</summary>
    public void Split(double* residual, int rows)
    {
        Buffer.MemoryCopy(residual, Rest, (long)rows * sizeof(double), (long)rows * sizeof(double));
        _residualNorm = Math.Sqrt(Kernel.Dot(residual, residual, rows));
        new Span<double>(_coordinates.Pointer, Count).Clear();
        Orthogonalize(Rest, rows, Count);
        RestNorm = Math.Sqrt(Kernel.Dot(Rest, Rest, rows));
    }

    /// <summary>vector ← vector − QQᵀvector, twice; what went is added to the coordinates.</summary>
    private void Orthogonalize(double* vector, int rows, int count)
    {
        double* sum = _coordinates.Pointer, part = sum + MostDirections;
        for (int round = 0; round < 2; round++)
        {
            Kernel.PanelDot(_directions.Pointer, _rows, _indices.Pointer, count, vector, rows, part);
            for (int k = 0; k < count; k++)
            {
                sum[k] += part[k];
                part[k] = -part[k];
            }

            Kernel.PanelAxpy(_directions.Pointer, _rows, _indices.Pointer, part, count, vector, rows);
        }
    }

    /// <summary>gradients[j] ← Cⱼ·coordinates: exact up to <see cref="Slack"/>.</summary>
    public void Predict(double* gradients, int columns)
    {
        new Span<double>(gradients, columns).Clear();
        Kernel.PanelAxpy(_products.Pointer, _columns, _indices.Pointer, _coordinates.Pointer, Count, gradients, columns);
    }

    /// <summary>Finds the columns whose gradient, less than <see cref="Slack"/> away from the predicted one, may exceed level·unitⱼ.</summary>
    /// <returns>Their number; <paramref name="found"/> receives them, ascending.</returns>
    public int FindUndecided(double* gradients, double level, double* unit, int columns, int* found) =>
        (int)Kernel.Exceeding(gradients, RestNorm, Reach, _rounding * _residualNorm, level, unit, columns, found);

    /// <summary>How far the predicted gradient of a column can be from the true one.</summary>
    public double Slack(int column) => Reach[column] * RestNorm + _rounding * _residualNorm;

    /// <summary>√(1 − ‖Cⱼ‖²) with an allowance for rounding.</summary>
    private double* Reach => _reach.Pointer + _columns;

    /// <summary>
    /// Makes the part of a vector that lies outside the basis a new direction; its products X̂ᵀq are wanted before
    /// <see cref="Commit"/>. Several may be begun before one pass over X serves them all.
    /// </summary>
    /// <returns>False, and nothing is begun, where nothing but rounding lies outside, or there is no room.</returns>
    public bool TryExtend(double* vector, int rows)
    {
        if (Count + Begun == MostDirections || !TryOrthogonalize(vector, rows))
            return false;
        Begun++;
        _products.Grow((Count + Begun) * _columns, Count * _columns);
        return true;
    }

    /// <summary>Directions begun and not yet committed.</summary>
    public int Begun { get; private set; }

    /// <summary>The first direction begun; the others follow, <see cref="RowStride"/> apart.</summary>
    public double* NewDirections => _directions.Pointer + Count * _rows;

    /// <summary>Where the p products of the first direction begun belong; the others' follow, <see cref="ColumnStride"/> apart.</summary>
    public double* NewProducts => _products.Pointer + Count * _columns;

    /// <summary>Elements from one direction to the next.</summary>
    public nint RowStride => _rows;

    /// <summary>Elements from the products of one direction to those of the next.</summary>
    public nint ColumnStride => _columns;

    /// <summary>Takes the products of the directions begun into account.</summary>
    public void Commit(int columns)
    {
        double* squares = _reach.Pointer;
        for (; Begun > 0; Begun--)
        {
            double* products = NewProducts;
            for (int j = 0; j < columns; j++)
                squares[j] -= products[j] * products[j];
            Count++;
        }

        for (int j = 0; j < columns; j++)
            Reach[j] = Math.Sqrt(Math.Max(squares[j], 0) + _rounding);
    }

    /// <summary>Starts all over again, without a direction.</summary>
    public void Forget()
    {
        Count = Begun = 0;
        new Span<double>(_reach.Require(2 * _columns), 2 * (int)_columns).Fill(1); // squares, then roots; a norm of 1 is one
    }

    public void Dispose()
    {
        _directions.Dispose();
        _products.Dispose();
        _reach.Dispose();
        _coordinates.Dispose();
        _rest.Dispose();
        _indices.Dispose();
    }

    /// <summary>
    /// The next direction ← vector / norm, orthogonal to the others to the last digit: a small rest of a large residual is
    /// so only to the digits that its own size leaves, and ‖Cⱼ‖² would count twice what two directions share.
    /// </summary>
    private bool TryOrthogonalize(double* vector, int rows)
    {
        int known = Count + Begun;
        double* direction = _directions.Grow((known + 1) * _rows, known * _rows) + known * _rows;
        double largest = 0;
        for (int i = 0; i < rows; i++)
            largest = Math.Max(largest, Math.Abs(vector[i]));
        for (int i = 0; i < rows; i++)
            direction[i] = vector[i] / largest;
        for (int round = 0; round < 3; round++)
        {
            double norm = Normalize(direction, rows);
            if (round > 0 && norm > 0.5)
                return true;
            if (!(norm > LeastRest))
                return false;
            Orthogonalize(direction, rows, known);
        }

        return false;
    }

    private static double Normalize(double* vector, int rows)
    {
        double norm = Math.Sqrt(Kernel.Dot(vector, vector, rows));
        for (int i = 0; i < rows; i++)
            vector[i] /= norm;
        return norm;
    }
}
