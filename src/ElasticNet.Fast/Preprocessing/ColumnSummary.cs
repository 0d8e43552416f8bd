using System.Numerics;
using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// What a column of numbers comes to without keeping it: count, weight, mean, centred squares and range. Block by block
/// in one pass, and two summaries merge into that of both, up to rounding independent of how the rows were split.
/// </summary>
/// <remarks>
/// Each block is centred on its own mean while it lies in the cache, and the mean is kept as its distance from one of
/// the values, so huge means cost no digits; squares are kept in units of a power of two near the largest deviation, so
/// they neither overflow nor vanish.
/// </remarks>
internal struct ColumnSummary
{
    /// <summary>No unit is smaller: its reciprocal must be a number.</summary>
    private static readonly double s_leastUnit = Math.ScaleB(1, -1000);

    private double _origin;
    private double _offset;
    private double _squares;
    private double _unit;

    /// <summary>Values of positive weight.</summary>
    public long Count { get; private set; }

    /// <summary>Their total weight.</summary>
    public double Weight { get; private set; }

    /// <summary>Their weighted mean; meaningless while <see cref="Count"/> is 0, like the rest.</summary>
    public readonly double Mean => _origin + _offset;

    /// <summary>The smallest value.</summary>
    public double Minimum { get; private set; }

    /// <summary>The largest value.</summary>
    public double Maximum { get; private set; }

    /// <summary>The largest absolute value.</summary>
    public readonly double MaxAbs => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    /// <summary>√(Σw(x − mean)²/Σw).</summary>
    public readonly double Deviation => _unit * Math.Sqrt(_squares / Weight);

    /// <summary><see cref="Deviation"/> times √(n/(n − 1)), n the number of values of positive weight; 0 for a single value.</summary>
    public readonly double SampleDeviation => Count > 1 ? Deviation * Math.Sqrt(Count / (Count - 1.0)) : 0;

    /// <summary>Adds a block that fits into the cache.</summary>
    /// <param name="values">No NaN among them.</param>
    /// <param name="weights">As many, all positive.</param>
    public void Add(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.IsEmpty)
            return;
        // Shifted by one of its own values a constant block gives exact zeros.
        ColumnSummary block = new() { Count = values.Length, _origin = values[0] };
        (block.Weight, double sum) = block.Sums(values, weights, block._origin);
        block._offset = sum / block.Weight;
        double widest = Math.Max(block.Maximum - block.Mean, block.Mean - block.Minimum);
        if (widest > 0)
        {
            block._unit = UnitOf(widest);
            double mean = block.Mean;
            (double first, double second) = CentredSums(values, weights, mean, 1 / block._unit);
            // The sums are about the rounded mean; what it is off comes out again.
            block._offset = mean - block._origin + block._unit * (first / block.Weight);
            block._squares = Math.Max(second - first * (first / block.Weight), 0);
        }

        Merge(block);
    }

    /// <summary>Becomes the summary of both.</summary>
    public void Merge(in ColumnSummary other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        double weight = Weight + other.Weight, share = other.Weight / weight, difference = other._origin - _origin + (other._offset - _offset);
        double unit = Math.Max(_unit, other._unit);
        if (difference != 0)
            unit = Math.Max(unit, UnitOf(Math.Abs(difference)));
        if (unit > 0)
        {
            double own = _unit / unit, others = other._unit / unit, between = difference / unit;
            _squares = _squares * own * own + other._squares * others * others + Weight * share * between * between;
        }

        _unit = unit;
        _offset += difference * share;
        Weight = weight;
        Count += other.Count;
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    private static double UnitOf(double size) => double.IsFinite(size) ? Math.Max(Math.ScaleB(1, Math.ILogB(size)), s_leastUnit) : size;

    /// <summary>Σw and Σw(x − shift), and the range on the way.</summary>
    private (double Weight, double Sum) Sums(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double shift)
    {
        Vector<double> vectorWeight = default, vectorSum = default, least = new(shift), most = new(shift), from = new(shift);
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(values);
        ReadOnlySpan<Vector<double>> w = MemoryMarshal.Cast<double, Vector<double>>(weights);
        for (int i = 0; i < x.Length; i++)
        {
            vectorWeight += w[i];
            vectorSum += w[i] * (x[i] - from);
            least = Vector.Min(least, x[i]);
            most = Vector.Max(most, x[i]);
        }

        double weight = Vector.Sum(vectorWeight), sum = Vector.Sum(vectorSum);
        (Minimum, Maximum) = (shift, shift);
        for (int k = 0; k < Vector<double>.Count; k++)
        {
            Minimum = Math.Min(Minimum, least[k]);
            Maximum = Math.Max(Maximum, most[k]);
        }

        for (int i = x.Length * Vector<double>.Count; i < values.Length; i++)
        {
            weight += weights[i];
            sum += weights[i] * (values[i] - shift);
            Minimum = Math.Min(Minimum, values[i]);
            Maximum = Math.Max(Maximum, values[i]);
        }

        return (weight, sum);
    }

    /// <summary>Σwd and Σwd², d = (x − mean)·scale.</summary>
    private static (double First, double Second) CentredSums(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double mean, double scale)
    {
        Vector<double> vectorFirst = default, vectorSecond = default, from = new(mean);
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(values);
        ReadOnlySpan<Vector<double>> w = MemoryMarshal.Cast<double, Vector<double>>(weights);
        for (int i = 0; i < x.Length; i++)
        {
            Vector<double> d = (x[i] - from) * scale, wd = w[i] * d;
            vectorFirst += wd;
            vectorSecond += wd * d;
        }

        double first = Vector.Sum(vectorFirst), second = Vector.Sum(vectorSecond);
        for (int i = x.Length * Vector<double>.Count; i < values.Length; i++)
        {
            double d = (values[i] - mean) * scale, wd = weights[i] * d;
            first += wd;
            second += wd * d;
        }

        return (first, second);
    }
}
