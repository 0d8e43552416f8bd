using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

// The rows, and sums over them.
internal sealed partial class PlainProof
{
    private readonly double[][] _x;
    private readonly double[] _w;
    private readonly bool _intercept;
    private readonly Dd[] _z, _mean;
    private readonly Dd _weight, _center, _null;
    private readonly double[] _widest;

    /// <param name="columns">X, column after column, in the rows that count.</param>
    /// <param name="y">The target.</param>
    /// <param name="offset">The offset, or null.</param>
    /// <param name="weights">Weights, all positive.</param>
    /// <param name="intercept">Whether there is an unpenalised intercept.</param>
    public PlainProof(double[][] columns, double[] y, double[]? offset, double[] weights, bool intercept)
    {
        (_x, _w, _intercept) = (columns, weights, intercept);
        int p = columns.Length;
        (_mean, Deviation, Norm, IsConstant, _widest) = (new Dd[p], new double[p], new double[p], new bool[p], new double[p]);
        _weight = weights.Aggregate((Dd)0, (sum, weight) => sum + weight);
        _z = [.. y.Select((value, i) => (Dd)value - (offset is null ? 0 : offset[i]))];
        Dd average = Average(i => _z[i]);
        _center = intercept ? average : 0;
        _null = Average(i => (_z[i] - _center) * (_z[i] - _center));
        TargetDeviation = Dd.Sqrt(Average(i => (_z[i] - average) * (_z[i] - average))).Value;
        for (int j = 0; j < p; j++)
        {
            double[] x = columns[j];
            Dd mean = Average(i => x[i]), square = Average(i => (x[i] - mean) * (x[i] - mean));
            _widest[j] = x.Max(Math.Abs);
            IsConstant[j] = x.Max() - x.Min() <= 16 * Epsilon * _widest[j];
            Deviation[j] = Dd.Sqrt(square).Value;
            _mean[j] = intercept ? mean : 0;
            Norm[j] = Dd.Sqrt(intercept ? square : square + mean * mean).Value;
        }
    }

    /// <summary>Standard deviation (1/n, weighted) of each column.</summary>
    public double[] Deviation { get; }

    /// <summary>Norm of each column, centred with an intercept, weights summing to 1.</summary>
    public double[] Norm { get; }

    /// <summary>Weighted mean of each column; 0 without an intercept.</summary>
    public double[] Mean => [.. _mean.Select(mean => mean.Value)];

    /// <summary>Standard deviation (1/n, weighted) of the target less the offset, with or without an intercept.</summary>
    public double TargetDeviation { get; }

    /// <summary>Which columns are constant up to rounding.</summary>
    public bool[] IsConstant { get; }

    private Dd[] Gradients(Dd[] v) => [.. _x.Select((_, j) => Gradient(j, v))];

    private Dd Gradient(int j, Dd[] v) => Average(i => (_x[j][i] - _mean[j]) * v[i]);

    // ⟨1, v⟩, of which 0 is asked; without an intercept nobody asks.
    private Dd Sum(Dd[] v) => _intercept ? Average(i => v[i]) : 0;

    private Dd Average(Func<int, Dd> value)
    {
        Dd sum = 0;
        for (int i = 0; i < _w.Length; i++)
            sum += (Dd)_w[i] * value(i);
        return sum / _weight;
    }

    private double Plain(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += _w[i] * a[i] * b[i];
        return sum / _weight.Value;
    }
}
