using System.Numerics;

namespace ElasticNet.Fast.Problems;

/// <summary>The rows of positive weight: where they are, √w with w summing to 1, and the target less the offset. For what looks at a fit from outside.</summary>
internal sealed class CountedRows
{
    /// <summary>A mean that is off by more than this share of the deviation is taken again.</summary>
    private const double FarOut = 1e-8;

    /// <summary>From 1e308 down to nothing in steps of sixteen digits.</summary>
    private const int MostRounds = 24;

    private readonly int[] _places;
    private readonly double[] _given;

    public CountedRows(ReadOnlySpan<double> y, ElasticNetOptions options)
    {
        ReadOnlySpan<double> weights = options.Weights.Span, offset = options.Offset.Span;
        List<int> places = [];
        for (int i = 0; i < y.Length; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                places.Add(i);
        }

        _places = [.. places];
        Target = new double[_places.Length];
        Roots = new double[_places.Length];
        _given = weights.IsEmpty ? [] : new double[_places.Length];
        // By a power of two, so that huge weights can be added and all others keep their digits.
        double unit = 1, sum = 0;
        foreach (double weight in weights)
            unit = Math.Max(unit, weight);
        unit = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(unit) & 0x7FF0000000000000);
        for (int k = 0; k < _places.Length; k++)
        {
            int i = _places[k];
            Target[k] = y[i] - (offset.IsEmpty ? 0 : offset[i]);
            if (!weights.IsEmpty)
                _given[k] = weights[i];
            sum += Roots[k] = weights.IsEmpty ? 1 : weights[i] / unit;
        }

        for (int k = 0; k < _places.Length; k++)
            Roots[k] = Math.Sqrt(Roots[k] / sum);
    }

    /// <summary>How many.</summary>
    public int Count => _places.Length;

    /// <summary>Their places among all rows, ascending.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <summary>√w.</summary>
    public double[] Roots { get; }

    /// <summary>Their weights as given; empty where none are.</summary>
    public ReadOnlySpan<double> GivenWeights => _given;

    /// <summary>y less the offset.</summary>
    public double[] Target { get; }

    /// <summary>Takes the rows that count out of a whole column.</summary>
    public unsafe void Pick(double* all, Span<double> column)
    {
        for (int k = 0; k < column.Length; k++)
            column[k] = all[_places[k]];
    }

    /// <summary>Copies column j as it is.</summary>
    public void Column<T>(in MatrixView<T> x, int j, Span<double> column)
        where T : unmanaged, INumberBase<T>
    {
        for (int k = 0; k < column.Length; k++)
            column[k] = double.CreateTruncating(x[_places[k], j]);
    }

    /// <summary>Σwv, from the first value on, so that large means cost no digits; where that lies far out, with next to no weight, from better ones.</summary>
    public double Mean(ReadOnlySpan<double> values)
    {
        double mean = values[0] + Excess(values, values[0]);
        for (int round = 0; round < MostRounds; round++)
        {
            double excess = Excess(values, mean);
            if (!(Math.Abs(excess) > FarOut * Deviation(values, mean)))
                break;
            mean += excess;
        }

        return mean;
    }

    private double Excess(ReadOnlySpan<double> values, double center)
    {
        double sum = 0;
        for (int k = 0; k < values.Length; k++)
            sum += Roots[k] * Roots[k] * (values[k] - center);
        return sum;
    }

    /// <summary>√(Σw(v − <paramref name="center"/>)²), also where no double holds the square.</summary>
    public double Deviation(ReadOnlySpan<double> values, double center)
    {
        double square = Square(values, center), unit = 0, scaled = 0;
        if (square is > 1e-280 and < 1e280)
            return Math.Sqrt(square);
        for (int k = 0; k < values.Length; k++)
            unit = Math.Max(unit, Roots[k] * Math.Abs(values[k] - center));
        for (int k = 0; k < values.Length && unit > 0; k++)
        {
            double rooted = Roots[k] * (values[k] - center) / unit;
            scaled += rooted * rooted;
        }

        return unit * Math.Sqrt(scaled);
    }

    /// <summary>Σw(v − <paramref name="center"/>)².</summary>
    public double Square(ReadOnlySpan<double> values, double center)
    {
        double sum = 0;
        for (int k = 0; k < values.Length; k++)
        {
            double rooted = Roots[k] * (values[k] - center);
            sum += rooted * rooted;
        }

        return sum;
    }

    /// <summary>√w∘(v − <paramref name="center"/>), in place.</summary>
    public void Center(Span<double> values, double center)
    {
        for (int k = 0; k < values.Length; k++)
            values[k] = Roots[k] * (values[k] - center);
    }
}
