using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>Standardised columns as adjacent dense copies.</summary>
internal sealed unsafe class CopiedColumns : WorkingColumns
{
    /// <summary>Rows that a curvature is applied to at a time: what comes of all columns is read again while it is in cache.</summary>
    private const int CurvedRows = 384;

    /// <summary>Whole columns that one is applied to at a time.</summary>
    private const int WholeColumns = 32;

    /// <summary>Memory that is set aside at once for all columns there can be, in bytes; pages that no column comes to are never touched.</summary>
    private const double MostReserved = 1e9;

    private readonly GramBlocks _products = new();
    private readonly AlignedBuffer<double> _columns = new();
    private readonly AlignedBuffer<double> _curved = new();
    private Design _design = null!;
    private ColumnScaling _scaling = null!;
    private double* _rootWeights;
    private nint _stride;
    private int _count;

    protected override int Rows => _design.Rows;

    public override bool TryStart(Design design, ColumnScaling scaling, double* rootWeights)
    {
        if (design.PrefersCopies)
            Start(design, scaling, rootWeights);
        return design.PrefersCopies;
    }

    /// <summary>Begins with none, whatever the storage.</summary>
    public void Start(Design design, ColumnScaling scaling, double* rootWeights)
    {
        (_design, _scaling, _count) = (design, scaling, 0);
        _rootWeights = rootWeights;
        _stride = (design.Rows + 7) & ~7;
        if (_stride % 512 == 0)
            _stride += 8; // columns must not all map to one cache set
    }

    public override void Append(ReadOnlySpan<int> columns)
    {
        if (_count == 0 && Reserve * _stride * sizeof(double) <= MostReserved)
            _columns.Require(Reserve * _stride);
        double* memory = _columns.Grow((_count + columns.Length) * _stride, _count * _stride);
        foreach (int j in columns)
            _design.Standardize(j, _scaling.Center[j], _scaling.InverseNorm[j], _rootWeights, 0, _design.Rows, memory + _count++ * _stride);
    }

    public override double* Column(int position) => _columns.Pointer + position * _stride;

    public override double Dot(int position, double* vector) => Kernel.Dot(Column(position), vector, _design.Rows);

    public override void Dot(int* positions, int count, double* vector, double* result) =>
        Kernel.PanelDot(_columns.Pointer, _stride, positions, count, vector, _design.Rows, result);

    public override void AddTo(int* positions, double* coefficients, int count, double* vector) =>
        Kernel.PanelAxpy(_columns.Pointer, _stride, positions, coefficients, count, vector, _design.Rows);

    public override void FillGram(WorkCrew crew, int known, int total, double* gram, nint stride)
    {
        Clear(known, total, gram, stride);
        _products.AddLower(crew, _columns.Pointer, _stride, known, total, _design.Rows, gram, stride);
    }

    public override void FillGram(WorkCrew crew, ISymmetricOperator curvature, int known, int total, double* gram, nint stride)
    {
        if (curvature is not IPartedOperator parts)
        {
            FillWhole(crew, curvature, known, total, gram, stride);
            return;
        }

        Clear(known, total, gram, stride);
        int fresh = total - known, rows = _design.Rows;
        double* wholes = _curved.Require((CurvedRows + 1) * (nint)fresh), part = wholes + fresh;
        for (int a = 0; a < fresh; a++)
            wholes[a] = parts.Whole(Column(known + a));
        for (int first = 0; first < rows; first += CurvedRows)
        {
            int count = Math.Min(CurvedRows, rows - first);
            for (int a = 0; a < fresh; a++)
                parts.ApplyPart(Column(known + a), wholes[a], first, count, part + (nint)a * CurvedRows);
            _products.AddLower(crew, part, CurvedRows, _columns.Pointer + first, _stride, known, total, count, gram, stride);
        }
    }

    /// <summary>Where the parts depend on each other: some columns at a time, as long as they are.</summary>
    private void FillWhole(WorkCrew crew, ISymmetricOperator curvature, int known, int total, double* gram, nint stride)
    {
        Clear(known, total, gram, stride);
        double* whole = _curved.Require(Math.Min(WholeColumns, total - known) * _stride);
        for (int first = known; first < total; first += WholeColumns)
        {
            int count = Math.Min(WholeColumns, total - first);
            for (int a = 0; a < count; a++)
                curvature.Apply(Column(first + a), whole + a * _stride);
            _products.AddLower(crew, whole, _stride, _columns.Pointer, _stride, first, first + count, _design.Rows, gram, stride);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _columns.Dispose();
        _curved.Dispose();
    }

    /// <summary>So many columns are hardly ever exceeded.</summary>
    private nint Reserve => Math.Min(_design.Columns, 3 * (nint)_design.Rows + 64);

    private static void Clear(int known, int total, double* gram, nint stride)
    {
        for (int i = known; i < total; i++)
            new Span<double>(gram + i * stride, i + 1).Clear();
    }
}
