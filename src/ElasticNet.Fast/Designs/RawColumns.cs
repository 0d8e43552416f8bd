using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>X column by column as the user gave it, of any storage, for what is done to few columns and counts every digit.</summary>
internal abstract unsafe class RawColumns : IDisposable
{
    /// <summary>n.</summary>
    public abstract int Rows { get; }

    /// <summary>p.</summary>
    public abstract int Columns { get; }

    /// <summary>The elements of a column, exactly.</summary>
    public abstract void Read(int column, double* destination);

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shift[j])·u[i] for all columns: a pass over X.</summary>
    public abstract void Multiply(double* shift, double* u, double* result);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed unsafe class RawColumns<TDesign>(WorkCrew crew) : RawColumns
    where TDesign : struct, IDesign
{
    private readonly ColumnPass<TDesign> _pass = new();
    private readonly AlignedBuffer<double> _ones = new();
    private TDesign _design;

    public override int Rows => _design.Rows;

    public override int Columns => _design.Columns;

    /// <summary>Looks at another X.</summary>
    public void Start(in TDesign design) => _design = design;

    public override void Read(int column, double* destination)
    {
        double* ones = _ones.Require(Rows);
        new Span<double>(ones, Rows).Fill(1);
        _design.Standardize(column, 0, 1, ones, 0, Rows, destination);
    }

    public override void Multiply(double* shift, double* u, double* result) => _pass.Run(crew, _design, shift, u, result);

    public override void Dispose() => _ones.Dispose();
}
