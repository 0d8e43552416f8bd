using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// Dense columns beside sparse ones, in any order: what a table with categories becomes. Columns that follow each other here and in
/// their own part are handed on together.
/// </summary>
internal sealed unsafe class MixedDesign : Design
{
    private readonly int[] _places;
    private readonly Lazy<SparsePattern?> _pattern;

    /// <param name="dense">The dense columns.</param>
    /// <param name="sparse">The sparse ones.</param>
    /// <param name="places">For each column of X its place among the dense ones, or the complement (~) of its place among the sparse ones.</param>
    public MixedDesign(Design dense, SparseDesign<UnitValues> sparse, int[] places)
    {
        (DenseColumns, SparseColumns, _places) = (dense, sparse, places);
        _pattern = new(() => SparsePattern.Find(sparse));
    }

    /// <summary>The dense columns.</summary>
    public Design DenseColumns { get; }

    /// <summary>The sparse columns.</summary>
    public SparseDesign<UnitValues> SparseColumns { get; }

    /// <summary>How the sparse columns meet, found at the first call; null where that is no help.</summary>
    public SparsePattern? Pattern => _pattern.Value;

    public override int Rows => SparseColumns.Rows;

    public override int Columns => _places.Length;

    public override double Density => (DenseColumns.Columns + SparseColumns.Density * SparseColumns.Columns) / Columns;

    public override bool PrefersCopies => false;

    public override int PassColumns => PassColumnsOf((double)DenseColumns.Columns * Rows + SparseColumns.Stored);

    /// <summary>Where a column lies: the place, or the complement of it.</summary>
    public int PlaceOf(int column) => _places[column];

    public override WorkingColumns CreateWorkingColumns() => new MixedColumns();

    public override double RoundingFactor(ColumnScaling scaling)
    {
        double farthest = 0;
        for (int j = 0; j < Columns; j++)
            farthest = _places[j] < 0 ? Math.Max(farthest, Math.Abs(scaling.Center[j]) * scaling.InverseNorm[j]) : farthest;
        return 2 * (1 + farthest) * (1 + farthest);
    }

    public override (double High, double Low) TotalWeight(double* weights) => SparseColumns.TotalWeight(weights);

    public override void Moments(int column, double shift, double* weights, (double High, double Low) total, double* result) =>
        Part(column, out int place).Moments(place, shift, weights, total, result);

    public override void Read(int column, nint start, nint count, double* destination) =>
        Part(column, out int place).Read(place, start, count, destination);

    public override int ReadStored(int column, int* rows, double* values) => Part(column, out int place).ReadStored(place, rows, values);

    public override void Standardize(
        int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination) =>
        Part(column, out int place).Standardize(place, shift, scale, rootWeights, start, count, destination);

    public override void Gradients(int start, int count, double* shift, double* u, double* result)
    {
        for (int at = 0, run; at < count; at += run)
        {
            run = Run(start + at, count - at);
            Part(start + at, out int place).Gradients(place, run, shift + at, u, result + at);
        }
    }

    public override void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult)
    {
        for (int at = 0, run; at < count; at += run)
        {
            run = Run(start + at, count - at);
            Part(start + at, out int place).Gradients(place, run, shift + at, u, strideU, vectors, result + at, strideResult);
        }
    }

    public override void Gradients(int* columns, int count, double* shift, double* u, double* result)
    {
        if (count == 0)
            return;
        double sum = SparseCentring.Sum(u, Rows);
        for (int k = 0; k < count; k++)
        {
            int j = columns[k];
            if (_places[j] < 0)
                result[j] = SparseColumns.Panel[~_places[j]].Dot(u) - shift[j] * sum;
            else
                DenseColumns.Gradients(_places[j], 1, shift + j, u, result + j);
        }
    }

    public override void AddRows(int column, double coefficient, int* rows, int count, double* eta) =>
        Part(column, out int place).AddRows(place, coefficient, rows, count, eta);

    public override void AddColumn(int column, double coefficient, double* eta) => Part(column, out int place).AddColumn(place, coefficient, eta);

    public override double Sweep(
        int* columns, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper)
    {
        double largest = 0;
        int* places = stackalloc int[MostSwept];
        for (int at = 0; at < count;)
        {
            // Columns that lie equally far from their places: the arrays by column, moved by that, are arrays by place.
            Design part = Part(columns[at], out places[0]);
            nint move = columns[at] - places[0];
            int run = 1;
            while (run < MostSwept && at + run < count && Part(columns[at + run], out places[run]) == part && columns[at + run] - places[run] == move)
                run++;
            largest = Math.Max(largest, part.Sweep(
                places, run, shift + move, scale + move, weights, residual, beta + move, l1 + move, l2 + move, lower + move, upper + move));
            at += run;
        }

        return largest;
    }

    /// <summary>Columns that are swept together at most.</summary>
    private const int MostSwept = 1024;

    private Design Part(int column, out int place)
    {
        place = _places[column];
        if (place >= 0)
            return DenseColumns;
        place = ~place;
        return SparseColumns;
    }

    /// <summary>How many columns from here on, of so many, follow each other in their part, too.</summary>
    private int Run(int first, int most)
    {
        // Complements descend.
        int place = _places[first], step = place < 0 ? -1 : 1, run = 1;
        while (run < most && _places[first + run] == place + run * step)
            run++;
        return run;
    }
}
