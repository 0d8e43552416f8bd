using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>Standardised columns as adjacent dense copies.</summary>
internal sealed unsafe class CopiedColumns : WorkingColumns
{
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

    public override void FillGram(WorkCrew crew, int known, int total, double* gram, nint stride) =>
        Multiply(crew, Column(known), known, total, gram, stride);

    public override void FillGram(WorkCrew crew, ISymmetricOperator curvature, int known, int total, double* gram, nint stride)
    {
        double* curved = _curved.Require((total - known) * _stride);
        for (int a = known; a < total; a++)
            curvature.Apply(Column(a), curved + (a - known) * _stride);
        Multiply(crew, curved, known, total, gram, stride);
    }

    public override void Dispose()
    {
        base.Dispose();
        _columns.Dispose();
        _curved.Dispose();
    }

    /// <summary>The products of some rows, adjacent as the columns are, with the columns.</summary>
    private void Multiply(WorkCrew crew, double* rows, int known, int total, double* gram, nint stride)
    {
        for (int i = known; i < total; i++)
            new Span<double>(gram + i * stride, i + 1).Clear();
        _products.AddLower(crew, rows, _columns.Pointer, _stride, known, total, _design.Rows, gram, stride);
    }
}
