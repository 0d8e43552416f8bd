using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>X column by column as the user gave it, for what is done to few columns and counts every digit.</summary>
internal sealed unsafe class RawColumns(WorkCrew crew)
{
    private readonly ColumnPass _pass = new();
    private Design _design = null!;

    /// <summary>n.</summary>
    public int Rows => _design.Rows;

    /// <summary>p.</summary>
    public int Columns => _design.Columns;

    /// <inheritdoc cref="Design.RoundingFactor"/>
    public double RoundingFactor(ColumnScaling scaling) => _design.RoundingFactor(scaling);

    /// <summary>Looks at another X.</summary>
    public void Start(Design design) => _design = design;

    /// <summary>The elements of a column, exactly.</summary>
    public void Read(int column, double* destination) => _design.Read(column, 0, Rows, destination);

    /// <inheritdoc cref="Design.ReadStored"/>
    public int ReadStored(int column, int* rows, double* values) => _design.ReadStored(column, rows, values);

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shift[j])·u[i] for all columns: a pass over X.</summary>
    public void Multiply(double* shift, double* u, double* result) => _pass.Run(crew, _design, shift, u, result);
}
