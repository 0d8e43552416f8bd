using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>A normal distribution of deviation 1 that is only seen between two bounds, by logarithms of its tails.</summary>
internal static class TruncatedNormal
{
    /// <summary>Means farther than this from what was seen are infinite for every purpose.</summary>
    private const double Farthest = 1e4;

    /// <summary>P(Z > x | low ≤ Z ≤ high), Z ~ N(mean, 1), low ≤ x ≤ high.</summary>
    public static double Survival(double x, double mean, double low, double high)
    {
        (double a, double z, double b) = (low - mean, x - mean, high - mean);
        // Of a distribution and its mirror image, the one whose mass lies in the upper tail, where logarithms are exact.
        if (a + z < 0)
            return 1 - Ratio(-b, -z, -a);
        return Ratio(a, z, b);
    }

    /// <summary>The mean at which the survival is <paramref name="survival"/>; it rises with the mean. Infinite where no finite mean will do.</summary>
    public static double Mean(double x, double low, double high, double survival)
    {
        double from = x - 1, to = x + 1, step = 1;
        while (Survival(x, from, low, high) > survival)
        {
            if (x - from > Farthest)
                return double.NegativeInfinity;
            from -= step *= 2;
        }

        step = 1;
        while (Survival(x, to, low, high) < survival)
        {
            if (to - x > Farthest)
                return double.PositiveInfinity;
            to += step *= 2;
        }

        for (int round = 0; round < 200 && to - from > 1e-14 * Math.Max(1, Math.Abs(to)); round++)
        {
            double middle = 0.5 * (from + to);
            if (Survival(x, middle, low, high) < survival)
                from = middle;
            else
                to = middle;
        }

        return 0.5 * (from + to);
    }

    /// <summary>
    /// The means at which the survival is neither below nor above the tails of a level. Where an end is too far out to be computed, the
    /// interval goes as far, so that it holds the exact one and is never empty: both ends of the exact one may lie there, where a
    /// bound nearly touches x.
    /// </summary>
    public static (double Lower, double Upper) Interval(double x, double low, double high, double level)
    {
        double alpha = 1 - level;
        double lower = Mean(x, low, high, 0.5 * alpha), upper = Mean(x, low, high, 1 - 0.5 * alpha);
        return (double.IsPositiveInfinity(lower) ? x + Farthest : lower, double.IsNegativeInfinity(upper) ? x - Farthest : upper);
    }

    /// <summary>(S(z) − S(b)) / (S(a) − S(b)) for the upper tail S.</summary>
    private static double Ratio(double a, double z, double b)
    {
        double logA = NormalDistribution.LogSurvival(a), logZ = NormalDistribution.LogSurvival(z), logB = NormalDistribution.LogSurvival(b);
        double whole = OneMinusExp(logB - logA);
        // Never −0: the factor of 1 − e⁰ may be.
        return whole > 0 ? Math.Min(Math.Abs(Math.Exp(logZ - logA) * OneMinusExp(logB - logZ) / whole), 1) : (b - z) / (b - a);
    }

    /// <summary>1 − e^x for x ≤ 0.</summary>
    private static double OneMinusExp(double x) =>
        x > -1e-5 ? -x * (1 + x / 2 * (1 + x / 3)) : 1 - Math.Exp(x);
}
