using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>Weighted means and deviations of all columns, measured or guessed.</summary>
internal sealed unsafe class ColumnMeasuring<TDesign> : IWorkItems
    where TDesign : struct, IDesign
{
    /// <summary>Elements measured as one item.</summary>
    private const int ItemElements = 1 << 17;

    /// <summary>Adjacent rows of a sample: of a column of doubles they share a cache line.</summary>
    private const int SampleGroup = 8;

    /// <summary>Groups of a sample, evenly spaced: trends and sorted rows are seen.</summary>
    private const int SampleGroups = 8;

    private TDesign _design;
    private double* _weights;
    private int _firstRow;
    private double* _means;
    private double* _deviations;
    private int _columns;
    private bool _guess;

    /// <summary>
    /// Fills <paramref name="means"/> and <paramref name="deviations"/>, one for each column; with <paramref name="guess"/> from
    /// a sample of rows, where that shows any spread.
    /// </summary>
    public void Run(WorkCrew crew, in TDesign design, double* weights, int firstRow, bool guess, double* means, double* deviations)
    {
        _guess = guess;
        _design = design;
        _weights = weights;
        _firstRow = firstRow;
        _means = means;
        _deviations = deviations;
        // Rows of a sample lie far apart: each costs many that are read in a row.
        _columns = Math.Max(ItemElements / (guess ? 16 * SampleGroups * SampleGroup : design.Rows), 1);
        crew.Run((design.Columns + _columns - 1) / _columns, this);
    }

    void IWorkItems.Run(int item)
    {
        int last = Math.Min((item + 1) * _columns, _design.Columns);
        for (int j = item * _columns; j < last; j++)
        {
            if (!_guess || !TryGuess(_design, j, _weights, out _means[j], out _deviations[j]))
                (_means[j], _deviations[j]) = MeasureColumn(_design, j, _weights, _firstRow);
        }
    }

    /// <summary>Mean and deviation of a few rows that count; false where they are all alike, or too far apart to square.</summary>
    private static bool TryGuess(in TDesign x, int column, double* weights, out double mean, out double deviation)
    {
        double* sample = stackalloc double[SampleGroups * SampleGroup];
        int count = 0;
        double sum = 0, square = 0;
        for (int group = 0; group < SampleGroups; group++)
        {
            int first = (int)((long)(x.Rows - SampleGroup) * group / (SampleGroups - 1));
            for (int i = first; i < first + SampleGroup; i++)
            {
                if (weights[i] > 0)
                    sum += sample[count++] = x.Element(i, column);
            }
        }

        mean = sum / count;
        for (int i = 0; i < count; i++)
            square += (sample[i] - mean) * (sample[i] - mean);
        deviation = Math.Sqrt(square / count);
        return new Span<double>(sample, count).ContainsAnyExcept(sample[0]) && deviation is > 1e-140 and < 1e140;
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
