using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>The standardised columns of a working set some of which are dense and some sparse: each kind is held as by itself.</summary>
internal sealed unsafe class MixedColumns : WorkingColumns
{
    private readonly CopiedColumns _dense = new();
    private readonly SparseColumns<UnitValues> _sparse = new();
    private readonly AlignedBuffer<int> _lists = new();
    private readonly AlignedBuffer<int> _positions = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<double> _curved = new();

    // Positions by kind, and for each position its place there or the complement of it.
    private readonly List<int> _places = [];
    private readonly List<int> _ofDense = [];
    private readonly List<int> _ofSparse = [];
    private MixedDesign _design = null!;
    private ColumnScaling _scaling = null!;
    private double* _rootWeights;

    /// <summary>Dense columns up to which the border of a sparse matrix is narrow.</summary>
    private const int MostDense = 64;

    protected override int Rows => _design.Rows;

    public override bool TryStart(Design design, ColumnScaling scaling, double* rootWeights)
    {
        if (design is not MixedDesign mixed)
            return false;
        (_design, _scaling) = (mixed, scaling);
        _rootWeights = rootWeights;
        _dense.Start(design, scaling, rootWeights);
        _sparse.Start(mixed.SparseColumns, scaling, rootWeights);
        _places.Clear();
        _ofDense.Clear();
        _ofSparse.Clear();
        return true;
    }

    public override void Append(ReadOnlySpan<int> columns)
    {
        foreach (int j in columns)
        {
            int place = _design.PlaceOf(j);
            if (place < 0)
            {
                _sparse.Append(~place, j);
                _places.Add(~_ofSparse.Count);
                _ofSparse.Add(_places.Count - 1);
            }
            else
            {
                _dense.Append([j]);
                _places.Add(_ofDense.Count);
                _ofDense.Add(_places.Count - 1);
            }
        }
    }

    public override double* Column(int position) => _places[position] < 0 ? _sparse.Column(~_places[position]) : _dense.Column(_places[position]);

    public override double Dot(int position, double* vector) =>
        _places[position] < 0 ? _sparse.Dot(~_places[position], vector) : _dense.Dot(_places[position], vector);

    public override void Dot(int* positions, int count, double* vector, double* result)
    {
        int* lists = _lists.Require(2 * (nint)Math.Max(count, 1));
        double* values = _values.Require(2 * (nint)Math.Max(count, 1));
        (int dense, int sparse) = Part(positions, count, lists, null, null);
        _dense.Dot(lists, dense, vector, values);
        _sparse.Dot(lists + count, sparse, vector, values + count);
        for (int k = 0, d = 0, s = count; k < count; k++)
            result[k] = _places[positions[k]] < 0 ? values[s++] : values[d++];
    }

    public override void AddTo(int* positions, double* coefficients, int count, double* vector)
    {
        int* lists = _lists.Require(2 * (nint)Math.Max(count, 1));
        double* values = _values.Require(2 * (nint)Math.Max(count, 1));
        (int dense, int sparse) = Part(positions, count, lists, coefficients, values);
        _dense.AddTo(lists, values, dense, vector);
        _sparse.AddTo(lists + count, values + count, sparse, vector);
    }

    public override void FillGram(WorkCrew crew, int known, int total, double* gram, nint stride) =>
        FillGram(crew, curvature: null, known, total, gram, stride);

    public override void FillGram(WorkCrew crew, ISymmetricOperator? curvature, int known, int total, double* gram, nint stride)
    {
        FillSparse(crew, curvature, known, gram, stride);
        int* positions = _positions.Require(total);
        for (int k = 0; k < total; k++)
            positions[k] = k;
        for (int b = 0; b < _ofDense.Count; b++)
        {
            // A dense column that is new meets all, one that was there the new ones.
            int position = _ofDense[b], first = position >= known ? 0 : known;
            double* products = _products.Require(total), column = _dense.Column(b);
            if (curvature is not null)
            {
                double* curved = _curved.Require(Rows);
                curvature.Apply(column, curved);
                column = curved;
            }

            Dot(positions + first, total - first, column, products);
            for (int k = first; k < total; k++)
            {
                (int row, int other) = k <= position ? (position, k) : (k, position);
                if (row >= known)
                    gram[row * stride + other] = products[k - first];
            }
        }
    }

    public override SparseNormalMatrix? FindNormalMatrix()
    {
        int sparse = _design.SparseColumns.Columns;
        if (_design.DenseColumns.Columns > MostDense || _design.Pattern is not { } pattern)
            return null;
        int[] places = new int[_design.Columns];
        bool isCentered = false;
        for (int j = 0; j < places.Length; j++)
        {
            int at = _design.PlaceOf(j);
            places[j] = at < 0 ? pattern.Places[~at] : sparse + at;
            isCentered |= _scaling.Center[j] != 0;
        }

        return new(pattern.MakeMatrix(_design.DenseColumns.Columns + 1), places, isCentered);
    }

    public override void FillNormalMatrix(SparseNormalMatrix normal, IPartedOperator? curvature)
    {
        int dense = _design.DenseColumns.Columns, sparse = _design.SparseColumns.Columns, n = Rows;
        int[] columns = new int[dense];
        double[] scales = new double[sparse];
        for (int j = 0; j < _design.Columns; j++)
        {
            int at = _design.PlaceOf(j);
            if (at >= 0)
                columns[at] = j;
            else
                scales[~at] = _scaling.InverseNorm[j];
        }

        SparseSymmetric matrix = normal.Matrix;
        nint border = matrix.Border;
        double* vectors = _values.Require((dense + 3) * (nint)n), weights = vectors + (nint)n * (dense + 1), weighted = weights + n;
        for (int i = 0; i < n; i++)
        {
            vectors[(nint)n * dense + i] = _rootWeights[i];
            weights[i] = curvature is null ? 1 : curvature.Diagonal[i];
            weighted[i] = _rootWeights[i] * _rootWeights[i] * weights[i];
        }

        SparsePattern pattern = _design.Pattern!;
        pattern.Multiply(_design.SparseColumns, weighted, scales, matrix);
        // The dense columns, and √w for the intercept, with all.
        for (int d = 0; d <= dense; d++)
        {
            double* column = vectors + (nint)n * d;
            if (d < dense)
                _design.Standardize(columns[d], _scaling.Center[columns[d]], _scaling.InverseNorm[columns[d]], _rootWeights, 0, n, column);
            for (int i = 0; i < n; i++)
                weighted[i] = column[i] * weights[i];
            matrix.Diagonal[sparse + d] = Kernel.Dot(column, weighted, n);
            for (int other = 0; other < d; other++)
                matrix.Borders[(sparse + other) * border + d] = Kernel.Dot(vectors + (nint)n * other, weighted, n);
            for (int i = 0; i < n; i++)
                weighted[i] *= _rootWeights[i];
            for (int k = 0; k < sparse; k++)
                matrix.Borders[pattern.Places[k] * border + d] = _design.SparseColumns.Panel[k].Dot(weighted) * scales[k];
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _dense.Dispose();
        _sparse.Dispose();
        _lists.Dispose();
        _positions.Dispose();
        _values.Dispose();
        _products.Dispose();
        _curved.Dispose();
    }

    /// <summary>The products of sparse columns with each other, made in their own order.</summary>
    private void FillSparse(WorkCrew crew, ISymmetricOperator? curvature, int known, double* gram, nint stride)
    {
        int total = _ofSparse.Count, first = total;
        while (first > 0 && _ofSparse[first - 1] >= known)
            first--;
        if (first == total)
            return;
        double* own = _products.Require((nint)(total - first) * total);
        if (curvature is null)
            _sparse.FillGram(crew, first, total, own - (nint)first * total, total);
        else
            _sparse.FillGram(crew, curvature, first, total, own - (nint)first * total, total);
        for (int a = first; a < total; a++)
        {
            for (int b = 0; b <= a; b++)
                gram[_ofSparse[a] * stride + _ofSparse[b]] = own[(nint)(a - first) * total + b];
        }
    }

    /// <summary>Parts positions (and what goes with them) by kind: the dense ones in front, the sparse ones from <paramref name="count"/> on.</summary>
    private (int Dense, int Sparse) Part(int* positions, int count, int* lists, double* given, double* values)
    {
        int dense = 0, sparse = 0;
        for (int k = 0; k < count; k++)
        {
            int place = _places[positions[k]], to = place < 0 ? count + sparse++ : dense++;
            lists[to] = place < 0 ? ~place : place;
            if (given != null)
                values[to] = given[k];
        }

        return (dense, sparse);
    }
}
