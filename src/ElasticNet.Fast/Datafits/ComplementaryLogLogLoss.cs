using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>−y log(1 − exp(−exp η)) + (1 − y) exp η: whether anything happened of what happens at the rate exp η.</summary>
internal readonly struct ComplementaryLogLogLoss : IScalarLoss
{
    /// <summary>Below this rate a difference of nearly equal numbers is taken by its series.</summary>
    private const double SmallRate = 0.05;

    public string Range => default(BinomialLoss).Range;

    public bool Accepts(double y) => default(BinomialLoss).Accepts(y);

    public string? Degenerate(double least, double most) => default(BinomialLoss).Degenerate(least, most);

    public double Link(double mean) => Math.Log(-Logarithm.OnePlus(-mean));

    public double Recession(double y) => default(BinomialLoss).Recession(y);

    public double Evaluate(double y, double eta, out double slope, out double curvature)
    {
        double rate = Math.Exp(eta), value = 0;
        (slope, curvature) = (0, 0);
        if (y > 0)
        {
            double probability = -Exponential.MinusOne(-rate), share = rate == 0 ? 1 : rate > 745 ? 0 : rate * Math.Exp(-rate) / probability;
            // rate / probability − 1.
            double excess = rate < SmallRate ? rate * (0.5 + rate * (1 / 12.0 - rate * rate * (1 / 720.0 - rate * rate / 30240))) : rate / probability - 1;
            value += y * (Math.Log(y) - (rate < 1e-300 ? eta : Math.Log(probability)));
            slope -= y * share;
            curvature += y * share * (double.IsFinite(excess) ? excess : 0);
        }

        if (y < 1)
        {
            value += (1 - y) * (Math.Log(1 - y) + rate);
            slope += (1 - y) * rate;
            curvature += (1 - y) * rate;
        }

        return value;
    }
}
