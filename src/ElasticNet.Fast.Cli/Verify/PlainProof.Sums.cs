using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

// The rows, and sums over them.
internal sealed partial class PlainProof
{
    private readonly double[][] _x;
    private readonly double[] _y, _w, _offset;
    private readonly bool _intercept;
    private readonly PlainLoss? _loss;
    private readonly Dd[] _mean, _nullEta, _nullResidual;
    private readonly Dd _weight;
    private readonly double[] _widest;
    private readonly double _null, _rounding;

    /// <param name="columns">X, column after column, in the rows that count.</param>
    /// <param name="y">The target.</param>
    /// <param name="offset">The offset, or null.</param>
    /// <param name="weights">Weights, all positive.</param>
    /// <param name="intercept">Whether there is an unpenalised intercept.</param>
    /// <param name="loss">The loss; null is squared error.</param>
    public PlainProof(double[][] columns, double[] y, double[]? offset, double[] weights, bool intercept, PlainLoss? loss = null)
    {
        (_x, _y, _w, _offset, _intercept, _loss) = (columns, y, weights, offset ?? new double[y.Length], intercept, loss);
        int p = columns.Length;
        (_mean, Deviation, Norm, IsConstant, _widest) = (new Dd[p], new double[p], new double[p], new bool[p], new double[p]);
        _weight = weights.Aggregate((Dd)0, (sum, weight) => sum + weight);
        Dd average = Average(i => (Dd)y[i] - _offset[i]);
        TargetDeviation = Dd.Sqrt(Average(i => ((Dd)y[i] - _offset[i] - average) * ((Dd)y[i] - _offset[i] - average))).Value;
        Dd center = !intercept ? 0 : loss is null ? average : NullIntercept();
        _nullEta = [.. _offset.Select(value => center + value)];
        _nullResidual = Residual(_nullEta);
        _null = Loss(_nullEta).Value;
        // A target that is constant up to rounding counts as constant: what is below its rounding is a gap of 0.
        _rounding = 0.5 * Math.Pow(16 * Epsilon, 2) * (loss is null ? Math.Pow(y.Select((value, i) => Math.Abs(value - _offset[i])).Max(), 2) : Average(i => Curvature(i, _nullEta[i]) * Math.Pow(1 + Math.Abs(_nullEta[i].Value), 2)).Value);
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

    /// <inheritdoc/>
    public double[] Deviation { get; }

    /// <summary>Norm of each column, centred with an intercept, weights summing to 1.</summary>
    public double[] Norm { get; }

    /// <inheritdoc/>
    public double[] Mean => [.. _mean.Select(mean => mean.Value)];

    /// <summary>Standard deviation (1/n, weighted) of the target less the offset, with or without an intercept.</summary>
    public double TargetDeviation { get; }

    /// <inheritdoc/>
    public bool[] IsConstant { get; }

    // What is fitted: offset, intercept and columns.
    private Dd[] Eta(double[] beta, double b)
    {
        Dd[] eta = [.. _offset.Select(value => (Dd)value + b)];
        for (int j = 0; j < beta.Length; j++)
            for (int i = 0; beta[j] != 0 && i < eta.Length; i++)
                eta[i] += (Dd)_x[j][i] * beta[j];
        return eta;
    }

    // −ℓ′ of each row.
    private Dd[] Residual(Dd[] eta) => [.. eta.Select((value, i) => _loss is null ? _y[i] - value : -_loss.Slope(_y[i], value.Value))];

    // ℓ″.
    private double Curvature(int i, Dd eta) => _loss is null ? 1 : _loss.Curvature(_y[i], eta.Value);

    // Σ w (ℓ − min ℓ).
    private Dd Loss(Dd[] eta) => Average(i => _loss is null ? (_y[i] - eta[i]) * (_y[i] - eta[i]) * 0.5 : _loss.Above(_y[i], eta[i].Value));

    // Σ w [ℓ(η) + ℓ*(−θ) + θη].
    private Dd Slack(Dd[] eta, Dd[] theta, double c) => _loss is null
        ? Average(i => (_y[i] - eta[i] - theta[i] * c) * (_y[i] - eta[i] - theta[i] * c)) * 0.5
        : eta.Index().Sum(row => _w[row.Index] * _loss.Slack(_y[row.Index], row.Item.Value, -(theta[row.Index] * c).Value)) / _weight.Value;

    // Where Σ w ℓ′, which rises with it, is 0: by halving.
    private double NullIntercept()
    {
        bool IsBelow(double b) => Average(i => _loss!.Slope(_y[i], _offset[i] + b)).Value < 0;
        (double low, double high) = (-1, 1);
        while (!IsBelow(low) && low > -1e100)
            low *= 2;
        while (IsBelow(high) && high < 1e100)
            high *= 2;
        for (int step = 0; step < 500 && low + (high - low) / 2 is var middle && middle > low && middle < high; step++)
            (low, high) = IsBelow(middle) ? (middle, high) : (low, middle);
        return low + (high - low) / 2;
    }

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

    private double Plain(double[] h, double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += _w[i] * h[i] * a[i] * b[i];
        return sum / _weight.Value;
    }
}
