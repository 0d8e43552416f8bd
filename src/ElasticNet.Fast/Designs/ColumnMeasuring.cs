using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>Weighted means and deviations of all columns, measured or guessed.</summary>
internal sealed unsafe class ColumnMeasuring : IWorkItems
{
    /// <summary>Elements measured as one item.</summary>
    private const int ItemElements = 1 << 17;

    /// <summary>Adjacent rows of a sample: of a column of doubles they share a cache line.</summary>
    private const int SampleGroup = 8;

    /// <summary>Groups of a sample, evenly spaced: trends and sorted rows are seen.</summary>
    private const int SampleGroups = 8;

    /// <summary>Elements looked at together where a column is looked at one by one.</summary>
    private const int Block = 256;

    /// <summary>Rounds about a better mean at most: from 1e308 down to nothing in steps of sixteen digits.</summary>
    private const int MostRounds = 24;

    private Design _design = null!;
    private double* _weights;
    private (double High, double Low) _total;
    private int _firstRow;
    private double* _means;
    private double* _deviations;
    private int _columns;
    private bool _guess;

    /// <summary>
    /// Fills <paramref name="means"/> and <paramref name="deviations"/>, one for each column; with <paramref name="guess"/> from
    /// a sample of rows, where that shows any spread.
    /// </summary>
    public void Run(WorkCrew crew, Design design, double* weights, int firstRow, bool guess, double* means, double* deviations)
    {
        _guess = guess;
        _design = design;
        _weights = weights;
        _total = design.TotalWeight(weights);
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
                (_means[j], _deviations[j]) = MeasureColumn(_design, j, _weights, _total, _firstRow);
        }
    }

    /// <summary>Mean and deviation of a few rows that count; false where they are all alike, or too far apart to square.</summary>
    private static bool TryGuess(Design x, int column, double* weights, out double mean, out double deviation)
    {
        double* sample = stackalloc double[SampleGroups * SampleGroup], values = stackalloc double[SampleGroup];
        int count = 0;
        double sum = 0, square = 0;
        for (int group = 0; group < SampleGroups; group++)
        {
            int first = (int)((long)(x.Rows - SampleGroup) * group / (SampleGroups - 1));
            x.Read(column, first, SampleGroup, values);
            for (int i = 0; i < SampleGroup; i++)
            {
                if (weights[first + i] > 0)
                    sum += sample[count++] = values[i];
            }
        }

        mean = sum / count;
        for (int i = 0; i < count; i++)
            square += (sample[i] - mean) * (sample[i] - mean);
        deviation = Math.Sqrt(square / count);
        return new Span<double>(sample, count).ContainsAnyExcept(sample[0]) && deviation is > 1e-140 and < 1e140
            && deviation > Constancy.Span * Math.Abs(mean);
    }

    private static (double Mean, double Deviation) MeasureColumn(Design x, int column, double* weights, (double High, double Low) total, int firstRow)
    {
        // Shifted by one of its own values a constant column gives exact zeros, and most others lose no digits.
        double shift, mean, square;
        x.Read(column, firstRow, 1, &shift);
        double* sums = stackalloc double[2];
        for (int round = 0; ; round++)
        {
            x.Moments(column, shift, weights, total, sums);
            mean = shift + sums[0];
            square = sums[1] - sums[0] * sums[0];
            if (!(square < 0.25 * sums[1]) || mean == shift || round == MostRounds)
                break;
            // That value lies far out: once more, from the mean. What is left of so far a value, whose weight may be next to
            // nothing, shrinks by the sixteen digits of double each time.
            shift = mean;
        }

        // Squares that leave the comfortable range of double (and NaN) are measured again, slowly and scaled.
        double deviation = Math.Sqrt(square);
        if (!(square is > 1e-280 and < 1e280))
            (mean, deviation) = MeasureScaled(x, column, weights, firstRow);
        return (mean, deviation <= Constancy.Span * Math.Abs(mean) && IsConstant(x, column, weights) ? 0 : deviation);
    }

    /// <summary>Whether the values that count differ by rounding only.</summary>
    private static bool IsConstant(Design x, int column, double* weights)
    {
        (double least, double most) = Range(x, column, weights);
        return most - least <= Constancy.Span * Math.Max(Math.Abs(least), Math.Abs(most));
    }

    /// <summary>Smallest and largest of the values that count.</summary>
    private static (double Least, double Most) Range(Design x, int column, double* weights)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        double* values = stackalloc double[Block];
        for (int top = 0; top < x.Rows; top += Block)
        {
            int count = Read(x, column, top, values);
            for (int i = 0; i < count; i++)
            {
                if (!double.IsFinite(values[i]))
                    Throw.Data("x", Throw.Invariant($"'x' must be finite, but row {top + i}, column {column} (counted from 0) is {values[i]}."));
                if (weights[top + i] > 0)
                    (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
            }
        }

        return (least, most);
    }

    private static int Read(Design x, int column, int top, double* values)
    {
        int count = Math.Min(Block, x.Rows - top);
        x.Read(column, top, count, values);
        return count;
    }

    private static (double Mean, double Deviation) MeasureScaled(Design x, int column, double* weights, int firstRow)
    {
        (double least, double most) = Range(x, column, weights);
        if (least == most)
            return (least, 0);
        if (!double.IsFinite(most - least))
            Throw.Data("x", Throw.Invariant($"'x' column {column} (counted from 0) spans more than the range of double; rescale it."));
        double* values = stackalloc double[Block];
        double mean;
        x.Read(column, firstRow, 1, &mean);
        for (int round = 0; round < MostRounds; round++)
        {
            double shift = 0;
            for (int top = 0; top < x.Rows; top += Block)
            {
                int count = Read(x, column, top, values);
                for (int i = 0; i < count; i++)
                    shift += weights[top + i] > 0 ? weights[top + i] * (values[i] - mean) : 0;
            }

            if (mean + shift == mean)
                break;
            mean += shift;
        }

        // In units of what weighs most: nothing overflows, and what vanishes would not count.
        double unit = 0, square = 0;
        for (int top = 0; top < x.Rows; top += Block)
        {
            int count = Read(x, column, top, values);
            for (int i = 0; i < count; i++)
                unit = Math.Max(unit, weights[top + i] > 0 ? Math.Sqrt(weights[top + i]) * Math.Abs(values[i] - mean) : 0);
        }

        for (int top = 0; top < x.Rows; top += Block)
        {
            int count = Read(x, column, top, values);
            for (int i = 0; i < count; i++)
            {
                double z = weights[top + i] > 0 ? Math.Sqrt(weights[top + i]) * (values[i] - mean) / unit : 0;
                square += z * z;
            }
        }

        return (mean, unit == 0 ? 0 : Math.Sqrt(square) * unit);
    }
}
