using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>Weighted means and deviations of all columns.</summary>
internal sealed unsafe class ColumnMeasuring<TDesign> : IWorkItems
    where TDesign : struct, IDesign
{
    /// <summary>Elements measured as one item.</summary>
    private const int ItemElements = 1 << 17;

    private TDesign _design;
    private double* _weights;
    private int _firstRow;
    private double* _means;
    private double* _deviations;
    private int _columns;

    /// <summary>Fills <paramref name="means"/> and <paramref name="deviations"/>, one for each column.</summary>
    public void Run(WorkCrew crew, in TDesign design, double* weights, int firstRow, double* means, double* deviations)
    {
        _design = design;
        _weights = weights;
        _firstRow = firstRow;
        _means = means;
        _deviations = deviations;
        _columns = Math.Max(ItemElements / design.Rows, 1);
        crew.Run((design.Columns + _columns - 1) / _columns, this);
    }

    void IWorkItems.Run(int item)
    {
        int last = Math.Min((item + 1) * _columns, _design.Columns);
        for (int j = item * _columns; j < last; j++)
            (_means[j], _deviations[j]) = MeasureColumn(_design, j, _weights, _firstRow);
    }

    private static (double Mean, double Deviation) MeasureColumn(in TDesign x, int column, double* weights, int firstRow)
    {
        // Shifted by one of its own values a constant column gives exact zeros, and most others lose no digits.
        double shift = x.Element(firstRow, column);
        double* sums = stackalloc double[2];
        x.Moments(column, shift, weights, sums);
        double mean = shift + sums[0], square = sums[1] - sums[0] * sums[0];
        if (square < 0.25 * sums[1])
        {
            // The first value lies far out: once more, from the mean.
            shift = mean;
            x.Moments(column, shift, weights, sums);
            mean = shift + sums[0];
            square = sums[1] - sums[0] * sums[0];
        }

        // Squares that leave the comfortable range of double (and NaN) are measured again, slowly and scaled.
        return square is > 1e-280 and < 1e280
            ? (mean, Math.Sqrt(square))
            : MeasureScaled(x, column, weights, firstRow);
    }

    private static (double Mean, double Deviation) MeasureScaled(in TDesign x, int column, double* weights, int firstRow)
    {
        double first = x.Element(firstRow, column), widest = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            double value = x.Element(i, column);
            if (!double.IsFinite(value))
                Throw.Data("x", Throw.Invariant($"'x' must be finite, but row {i}, column {column} (counted from 0) is {value}."));
            if (weights[i] > 0)
                widest = Math.Max(widest, Math.Abs(value - first));
        }

        if (widest == 0)
            return (first, 0);
        if (!double.IsFinite(widest))
            Throw.Data("x", Throw.Invariant($"'x' column {column} (counted from 0) spans more than the range of double; rescale it."));
        double mean = 0, square = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            if (weights[i] > 0)
                mean += weights[i] * ((x.Element(i, column) - first) / widest);
        }

        for (int i = 0; i < x.Rows; i++)
        {
            double z = weights[i] > 0 ? (x.Element(i, column) - first) / widest - mean : 0;
            square += weights[i] * z * z;
        }

        return (first + mean * widest, Math.Sqrt(square) * widest);
    }
}
