namespace ElasticNet.Fast.Numerics;

/// <summary>The standard normal distribution, right to about 1e-14 relative in both tails.</summary>
internal static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;

    private const double InverseRootTwoPi = 0.3989422804014327;

    /// <summary>Beyond it a tail is 0 in double.</summary>
    private const double Farthest = 38.6;

    /// <summary>From here on, where the same bits are wanted, the continued fraction is taken: half less the series would lose more digits.</summary>
    private const double FixedTail = 1.5;

    /// <summary>From here on the continued fraction of the tail beats the series about 0.</summary>
    private const double Tail = 2.5;

    /// <summary>P(Z ≤ x) of operations in a fixed order: the same bits on every processor, at most 16 units in the last place off.</summary>
    public static double Cdf(double x)
    {
        double size = Math.Abs(x);
        if (!(size <= Farthest))
            return double.IsNaN(x) ? x : x < 0 ? 0 : 1;
        // What rounding takes from x² counts: far out the density loses all of it.
        double square = x * x, lost = Math.FusedMultiplyAdd(x, x, -square);
        double density = InverseRootTwoPi * Exponential.Exp(-0.5 * square) * (1 - 0.5 * lost);
        if (size <= FixedTail)
            return 0.5 + density * OddSeries(x);
        double tail = density / TailFraction(size);
        return x < 0 ? tail : 1 - tail;
    }

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
