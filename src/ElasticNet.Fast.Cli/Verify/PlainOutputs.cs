using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// The loss of rows with K linear predictors, weights summing to 1: half the sum of squares of the responses, or minus the log-probability that softmax gives to the class. What belongs to
/// output k of row i stands at kn + i. Sums are in twice the precision of double, exp and log in double.
/// </summary>
internal sealed class PlainOutputs
{
    private const double Epsilon = 2.220446049250313e-16;

    private readonly double[] _y;
    private readonly Dd[] _w;

    /// <param name="outputs">K.</param>
    /// <param name="target">The class of each row, or the responses one after another.</param>
    /// <param name="isClasses">Whether rows have classes.</param>
    /// <param name="weights">Weights, all positive, of any sum.</param>
    public PlainOutputs(int outputs, double[] target, bool isClasses, double[] weights)
    {
        Dd total = weights.Aggregate((Dd)0, (sum, weight) => sum + weight);
        (Outputs, Rows, IsClasses, _y) = (outputs, weights.Length, isClasses, target);
        _w = [.. weights.Select(weight => weight / total)];
    }

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>Whether rows have classes, else responses.</summary>
    public bool IsClasses { get; }

    /// <summary>Σ w of something of each row.</summary>
    public Dd Average(Func<int, Dd> value)
    {
        Dd sum = 0;
        for (int i = 0; i < Rows; i++)
            sum += _w[i] * value(i);
        return sum;
    }

    /// <summary>Everything at some linear predictors.</summary>
    public State At(Dd[] eta) => new(this, eta);

    /// <summary>Loss, slopes and curvature at some linear predictors.</summary>
    internal sealed class State
    {
        private readonly PlainOutputs _of;
        private readonly Dd[] _share;

        public State(PlainOutputs of, Dd[] eta)
        {
            int n = of.Rows;
            (_of, Eta, _share, Residual) = (of, eta, [], []);
            if (!of.IsClasses)
            {
                Residual = [.. eta.Select((value, i) => of._y[i] - value)];
                Loss = of.Average(i => Sum(k => Residual[k * n + i] * Residual[k * n + i])) * 0.5;
                return;
            }

            (_share, Residual) = (new Dd[eta.Length], new Dd[eta.Length]);
            Loss = of.Average(i =>
            {
                int own = (int)of._y[i];
                Dd top = Enumerable.Range(0, of.Outputs).Select(k => eta[k * n + i]).MaxBy(value => value.Value), sum = 0, others = 0;
                int first = Enumerable.Range(0, of.Outputs).First(k => eta[k * n + i] == top);
                for (int k = 0; k < of.Outputs; k++)
                {
                    Dd below = eta[k * n + i] - top;
                    _share[k * n + i] = (Dd)Math.Exp(below.High) * (1 + (Dd)below.Low);
                    sum += _share[k * n + i];
                    others += k == first ? 0 : _share[k * n + i];
                }

                Dd rest = 0;
                for (int k = 0; k < of.Outputs; k++)
                {
                    _share[k * n + i] /= sum;
                    rest += k == own ? 0 : _share[k * n + i];
                    Residual[k * n + i] = -_share[k * n + i];
                }

                Residual[own * n + i] = rest;
                double less = others.Value, one = 1 + less;
                return top - eta[own * n + i] + (one == 1 ? less : Math.Log(one) * (less / (one - 1)));
            });
        }

        /// <summary>The linear predictors.</summary>
        public Dd[] Eta { get; }

        /// <summary>Σ w (ℓ − min ℓ).</summary>
        public Dd Loss { get; }

        /// <summary>−ℓ′.</summary>
        public Dd[] Residual { get; }

        /// <summary>What the rounding of sums of size 1 comes to in units of y: the mean square of slopes and of what the last bits of η make of them.</summary>
        public double Unit => _of.Average(i => Sum(k => Residual[k * _of.Rows + i] * Residual[k * _of.Rows + i] + Math.Pow(Diagonal(k * _of.Rows + i), 2) * (1 + Eta[k * _of.Rows + i] * Eta[k * _of.Rows + i]))).Value;

        /// <summary>The largest curvature.</summary>
        public double Steepest => Enumerable.Range(0, Eta.Length).Max(Diagonal);

        /// <summary>ℓ″ times a vector.</summary>
        public Dd[] Curve(IReadOnlyList<Dd> z)
        {
            if (!_of.IsClasses)
                return [.. z];
            int n = _of.Rows;
            Dd[] curved = new Dd[z.Count];
            for (int i = 0; i < n; i++)
            {
                Dd mean = Sum(k => _share[k * n + i] * z[k * n + i]);
                for (int k = 0; k < _of.Outputs; k++)
                    curved[k * n + i] = _share[k * n + i] * (z[k * n + i] - mean);
            }

            return curved;
        }

        /// <summary>Σ w [ℓ(η) + ℓ*(−cθ) + cθη]: half a square, or the divergence of the shares that belong to cθ from those that belong to η.</summary>
        public Dd Slack(Dd[] theta, double c)
        {
            int n = _of.Rows;
            if (!_of.IsClasses)
                return _of.Average(i => Sum(k => Residual[k * n + i] - theta[k * n + i] * c is var left ? left * left : 0)) * 0.5;
            Dd slack = _of.Average(i => Sum(k => PlainLoss.Divergence(_share[k * n + i].Value, (Residual[k * n + i] - theta[k * n + i] * c).Value)));
            // Shares are as good as exp is.
            return double.IsFinite(slack.Value) ? slack + 8 * Epsilon * Math.Sqrt(2 * slack.Value) + 64 * Epsilon * Epsilon : double.PositiveInfinity;
        }

        private double Diagonal(int at) => _of.IsClasses ? (_share[at] * (1 - _share[at])).Value : 1;

        private Dd Sum(Func<int, Dd> value)
        {
            Dd sum = 0;
            for (int k = 0; k < _of.Outputs; k++)
                sum += value(k);
            return sum;
        }
    }
}
