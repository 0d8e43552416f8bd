using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// X as sparse columns, somebody else's memory: what is not stored is 0. Centring is implicit: a product with a centred column is that
/// with the raw one less the centre times the sum of the vector.
/// </summary>
internal sealed unsafe class SparseDesign<TValues> : Design
    where TValues : struct, ISparseValues<TValues>
{
    private long* _starts;
    private int _rows;
    private int _columns;

    public override int Rows => _rows;

    public override int Columns => _columns;

    /// <summary>The columns.</summary>
    public SparsePanel<TValues> Panel { get; private set; }

    public override double Density => Stored / ((double)_rows * _columns);

    public override bool PrefersCopies => false;

    /// <summary>Entries.</summary>
    public long Stored => _starts[_columns];

    public override int PassColumns => PassColumnsOf(Stored);

    /// <summary>Looks at a table.</summary>
    /// <param name="starts">p + 1 places.</param>
    /// <param name="indices">The row of each entry.</param>
    /// <param name="values">Its value.</param>
    /// <param name="rows">n.</param>
    /// <param name="columns">p.</param>
    public SparseDesign<TValues> Of(long* starts, int* indices, TValues values, int rows, int columns)
    {
        _starts = starts;
        Panel = new(starts, indices, values);
        (_rows, _columns) = (rows, columns);
        return this;
    }

    public override WorkingColumns CreateWorkingColumns() => new SparseColumns<TValues>();

    /// <summary>Sums in four chains instead of eight, and the centre's part of the sum, which is lost again where the column lies far from 0.</summary>
    public override double RoundingFactor(ColumnScaling scaling)
    {
        double farthest = 0;
        for (int j = 0; j < _columns; j++)
            farthest = Math.Max(farthest, Math.Abs(scaling.Center[j]) * scaling.InverseNorm[j]);
        return 2 * (1 + farthest) * (1 + farthest);
    }

    public override (double High, double Low) TotalWeight(double* weights) => SparseMoments.Total(weights, _rows);

    public override void Moments(int column, double shift, double* weights, (double High, double Low) total, double* result) =>
        SparseMoments.Measure(Panel[column], shift, weights, total, _rows, result);

    public override void Read(int column, nint start, nint count, double* destination) => Panel[column].Read(start, count, destination);

    public override int ReadStored(int column, int* rows, double* values)
    {
        SparseVector<TValues> stored = Panel[column];
        for (nint k = 0; k < stored.Count; k++)
            (rows[k], values[k]) = (stored.Rows[k], stored.Values.At(k));
        return (int)stored.Count;
    }

    public override void Standardize(
        int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination) =>
        Panel[column].Standardize(shift, scale, rootWeights, start, count, destination);

    public override void Gradients(int start, int count, double* shift, double* u, double* result) =>
        Panel.CenteredDot(start, count, shift, u, SparseCentring.Sum(u, _rows), result);

    public override void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult)
    {
        for (int k = 0; k < vectors; k++)
            Gradients(start, count, shift, u + k * strideU, result + k * strideResult);
    }

    public override void Gradients(int* columns, int count, double* shift, double* u, double* result)
    {
        if (count == 0)
            return;
        double sum = SparseCentring.Sum(u, _rows);
        for (int k = 0; k < count; k++)
            result[columns[k]] = Panel[columns[k]].Dot(u) - shift[columns[k]] * sum;
    }

    public override void AddRows(int column, double coefficient, int* rows, int count, double* eta) =>
        Panel[column].AddRows(coefficient, rows, count, eta);

    public override void AddColumn(int column, double coefficient, double* eta) => Panel[column].AddTo(coefficient, eta);

    /// <summary>Columns that are centred are so by their mean, and others by 0, so that the weighted sum of a column is its centre where that counts.</summary>
    public override double Sweep(
        int* columns, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper) =>
        SparseSweep.Run(Panel, columns, count, shift, scale, shift, weights, 1, residual, beta, l1, l2, lower, upper, _rows);
}
