using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>−y log Φ(η) − (1 − y) log Φ(−η), Φ the normal distribution function.</summary>
internal readonly struct ProbitLoss : IScalarLoss
{
    private const double LogRootTwoPi = 0.91893853320467274178;

    public string Range => default(BinomialLoss).Range;

    public bool Accepts(double y) => default(BinomialLoss).Accepts(y);

    public string? Degenerate(double least, double most) => default(BinomialLoss).Degenerate(least, most);

    public double Link(double mean) => NormalDistribution.Quantile(mean);

    public double Recession(double y) => default(BinomialLoss).Recession(y);

    public double Evaluate(double y, double eta, out double slope, out double curvature)
    {
        double logDensity = -0.5 * eta * eta - LogRootTwoPi, value = 0;
        (slope, curvature) = (0, 0);
        // Of a label one side alone counts, and the other may be infinite.
        if (y > 0)
        {
            double log = NormalDistribution.LogSurvival(-eta), ratio = Math.Exp(logDensity - log);
            value += y * (Math.Log(y) - log);
            slope -= y * ratio;
            curvature += y * ratio * Math.Max(ratio + eta, 0);
        }

        if (y < 1)
        {
            double log = NormalDistribution.LogSurvival(eta), ratio = Math.Exp(logDensity - log);
            value += (1 - y) * (Math.Log(1 - y) - log);
            slope += (1 - y) * ratio;
            curvature += (1 - y) * ratio * Math.Max(ratio - eta, 0);
        }

        return value;
    }
}
