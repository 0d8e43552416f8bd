using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// Standardised columns of a sparse X, of which nothing is kept but who they are: a product is taken with the raw entries, and what √w
/// and centring add is one vector and one number for all columns.
/// </summary>
internal sealed unsafe class SparseColumns<TValues> : WorkingColumns
    where TValues : struct, ISparseValues<TValues>
{
    /// <summary>Columns whose rows of the Gram matrix are made together.</summary>
    private const int Together = 8;

    private readonly AlignedBuffer<int> _members = new();
    private readonly AlignedBuffer<double> _sums = new();
    private readonly AlignedBuffer<double> _centers = new();
    private readonly AlignedBuffer<double> _scales = new();
    private readonly AlignedBuffer<double> _weights = new();
    private readonly AlignedBuffer<double> _raw = new();
    private readonly AlignedBuffer<double> _dense = new();
    private readonly AlignedBuffer<double> _weighted = new();
    private readonly AlignedBuffer<double> _lanes = new();
    private readonly AlignedBuffer<double> _curvedSums = new();
    private SparseDesign<TValues> _design = null!;
    private ColumnScaling _scaling = null!;
    private double* _rootWeights;
    private double _total;
    private int _count;

    protected override int Rows => _design.Rows;

    public override bool TryStart(Design design, ColumnScaling scaling, double* rootWeights)
    {
        if (design is not SparseDesign<TValues> sparse)
            return false;
        Start(sparse, scaling, rootWeights);
        return true;
    }

    /// <summary>Begins with none.</summary>
    public void Start(SparseDesign<TValues> design, ColumnScaling scaling, double* rootWeights)
    {
        int n = design.Rows;
        (_design, _scaling, _count) = (design, scaling, 0);
        _rootWeights = rootWeights;
        double* weights = _weights.Require(n);
        for (int i = 0; i < n; i++)
            weights[i] = rootWeights[i] * rootWeights[i];
        _total = SparseCentring.Sum(weights, n);
        _raw.RequireZeroed(n);
    }

    public override void Append(ReadOnlySpan<int> columns)
    {
        foreach (int j in columns)
            Append(j, j);
    }

    /// <summary>Adds a column at the next position.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="column">Where its center and norm do.</param>
    public void Append(int place, int column)
    {
        nint at = _count++;
        _members.Grow(at + 1, at)[at] = place;
        _sums.Grow(at + 1, at)[at] = _design.Panel[place].Dot(_weights.Pointer);
        _centers.Grow(at + 1, at)[at] = _scaling.Center[column];
        _scales.Grow(at + 1, at)[at] = _scaling.InverseNorm[column];
    }

    public override double* Column(int position)
    {
        int n = _design.Rows;
        double* column = _dense.Require(n);
        _design.Standardize(_members.Pointer[position], _centers.Pointer[position], _scales.Pointer[position], _rootWeights, 0, n, column);
        return column;
    }

    public override double Dot(int position, double* vector)
    {
        double result;
        Dot(&position, 1, vector, &result);
        return result;
    }

    public override void Dot(int* positions, int count, double* vector, double* result)
    {
        if (count == 0)
            return;
        int n = _design.Rows;
        double* weighted = _weighted.Require(n);
        for (int i = 0; i < n; i++)
            weighted[i] = _rootWeights[i] * vector[i];
        double sum = SparseCentring.Sum(weighted, n);
        for (int k = 0; k < count; k++)
        {
            int at = positions[k];
            result[k] = (_design.Panel[_members.Pointer[at]].Dot(weighted) - _centers.Pointer[at] * sum) * _scales.Pointer[at];
        }
    }

    public override void AddTo(int* positions, double* coefficients, int count, double* vector)
    {
        if (count == 0)
            return;
        int n = _design.Rows;
        double* raw = _raw.Pointer;
        double shift = 0;
        for (int k = 0; k < count; k++)
        {
            double factor = coefficients[k] * _scales.Pointer[positions[k]];
            shift += factor * _centers.Pointer[positions[k]];
            _design.Panel[_members.Pointer[positions[k]]].AddTo(factor, raw);
        }

        for (int i = 0; i < n; i++)
        {
            vector[i] += _rootWeights[i] * (raw[i] - shift);
            raw[i] = 0;
        }
    }

    public override void FillGram(WorkCrew crew, int known, int total, double* gram, nint stride)
    {
        AddRaw(known, total, _weights.Pointer, gram, stride);
        SparseCentring.Standardize(gram, stride, known, total, _sums.Pointer, _total, _centers.Pointer, _scales.Pointer);
    }

    public override void FillGram(WorkCrew crew, ISymmetricOperator curvature, int known, int total, double* gram, nint stride)
    {
        if (curvature is not IPartedOperator rows)
        {
            base.FillGram(crew, curvature, known, total, gram, stride);
            return;
        }

        // The same with weights w·h; about its mean under these, where the intercept goes with it, and else about no centre.
        int n = _design.Rows;
        double* weights = _weighted.Require(n), sums = _curvedSums.Require(2 * (nint)Math.Max(total, 1)), centers = sums + total;
        for (int i = 0; i < n; i++)
            weights[i] = _weights.Pointer[i] * rows.Diagonal[i];
        double whole = SparseCentring.Sum(weights, n);
        for (int k = 0; k < total; k++)
        {
            sums[k] = _design.Panel[_members.Pointer[k]].Dot(weights);
            centers[k] = rows.TakesMean ? sums[k] / whole : _centers.Pointer[k];
        }

        AddRaw(known, total, weights, gram, stride);
        SparseCentring.Standardize(gram, stride, known, total, sums, whole, centers, _scales.Pointer);
    }

    public override void Dispose()
    {
        base.Dispose();
        _members.Dispose();
        _sums.Dispose();
        _centers.Dispose();
        _scales.Dispose();
        _weighted.Dispose();
        _weights.Dispose();
        _raw.Dispose();
        _dense.Dispose();
        _lanes.Dispose();
        _curvedSums.Dispose();
    }

    /// <summary>The products of the raw entries, weighted.</summary>
    private void AddRaw(int known, int total, double* weights, double* gram, nint stride)
    {
        nint n = _design.Rows;
        double* zeros = _lanes.RequireZeroed(Together * Math.Min(n, SparsePanel<TValues>.TileRows));
        for (int i = known; i < total; i++)
            new Span<double>(gram + i * stride, i + 1).Clear();
        for (int first = known; first < total; first += Together)
            _design.Panel.AddGram(_members.Pointer, first, Math.Min(Together, total - first), weights, zeros, gram, stride);
    }
}
