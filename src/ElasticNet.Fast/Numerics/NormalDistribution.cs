namespace ElasticNet.Fast.Numerics;

/// <summary>The standard normal distribution, right to about 1e-14 relative in both tails.</summary>
internal static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary>From here on the continued fraction of the tail beats the series about 0.</summary>
    private const double Tail = 2.5;

    /// <summary>P(Z ≤ x).</summary>
    public static double Cdf(double x) => Survival(-x);

    /// <summary>P(Z > x).</summary>
    public static double Survival(double x) =>
        x > Tail ? Math.Exp(LogSurvival(x)) : x < -Tail ? 1 - Math.Exp(LogSurvival(-x)) : 0.5 - Density(x) * OddSeries(x);

    /// <summary>log P(Z > x), finite for every finite x.</summary>
    public static double LogSurvival(double x) =>
        x > Tail ? -0.5 * x * x - LogRootTwoPi - Math.Log(TailFraction(x))
        : x < -Tail ? Logarithm.OnePlus(-Math.Exp(LogSurvival(-x)))
        : Math.Log(0.5 - Density(x) * OddSeries(x));

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/>.</summary>
    public static double Quantile(double probability)
    {
        if (probability > 0.5)
            return -Quantile(1 - probability);
        if (!(probability > 0))
            return probability == 0 ? double.NegativeInfinity : double.NaN;
        // Newton's method on the logarithm, which is concave, from left of the root: it never overshoots.
        double target = Math.Log(probability), x = -Math.Sqrt(-2 * target) - 1;
        for (int step = 0; step < 100; step++)
        {
            double log = LogSurvival(-x), change = (target - log) / Math.Exp(-0.5 * x * x - LogRootTwoPi - log);
            x += change;
            if (Math.Abs(change) <= 1e-15 * Math.Max(1, Math.Abs(x)))
                break;
        }

        return x;
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x - LogRootTwoPi);

    /// <summary>x + x³/3 + x⁵/(3·5) + …: (Φ(x) − ½)/φ(x), of terms of one sign.</summary>
    private static double OddSeries(double x)
    {
        double term = x, sum = x;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
        {
            term *= x * x / k;
            sum += term;
        }

        return sum;
    }

    /// <summary>φ(x)/P(Z > x) for x > 0: Laplace's continued fraction x + 1/(x + 2/(x + 3/…)), from its far end.</summary>
    private static double TailFraction(double x)
    {
        double fraction = x;
        for (int k = 20 + (int)(600 / (x * x)); k >= 1; k--)
            fraction = x + k / fraction;
        return fraction;
    }
}
