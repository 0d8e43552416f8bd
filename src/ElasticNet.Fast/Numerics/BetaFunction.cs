namespace ElasticNet.Fast.Numerics;

/// <summary>The regularised incomplete beta function and what it takes.</summary>
internal static class BetaFunction
{
    /// <summary>I_x(a, b) for x in [0, 1], a, b > 0 and <paramref name="rest"/> = 1 − x, which may know more digits than x does.</summary>
    public static double Regularized(double x, double rest, double a, double b)
    {
        if (x <= 0 || rest <= 0)
            return x <= 0 ? 0 : 1;
        if (x > (a + 1) / (a + b + 2))
            return 1 - Regularized(rest, x, b, a);
        double log = a * LogOf(x, rest) + b * LogOf(rest, x) - Math.Log(a) - LogBeta(a, b);
        return Math.Exp(log) * Fraction(x, a, b);
    }

    /// <summary>log Γ(x) for x > 0: Stirling's series from 16 on, reached by Γ(x + 1) = xΓ(x).</summary>
    private static double LogGamma(double x)
    {
        double product = 1;
        for (; x < 16; x++)
            product *= x;
        double square = 1 / (x * x);
        double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360360)))))) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.91893853320467274178 + series - Math.Log(product);
    }

    /// <summary>log B(a, b); the large parts of three Stirling series are taken off each other before they round.</summary>
    private static double LogBeta(double a, double b)
    {
        (double small, double large) = a < b ? (a, b) : (b, a);
        if (large < 1000)
            return LogGamma(a) + LogGamma(b) - LogGamma(a + b);
        // log Γ(l + s) − log Γ(l), with the logarithm of a ratio near 1.
        double sum = large + small;
        double difference = (large - 0.5) * Logarithm.OnePlus(small / large) + small * (Math.Log(sum) - 1) + (1 / sum - 1 / large) / 12;
        return LogGamma(small) - difference;
    }

    private static double LogOf(double x, double rest) => x < 0.5 ? Math.Log(x) : Logarithm.OnePlus(-rest);

    /// <summary>The continued fraction of I_x(a, b), by the modified method of Lentz (Press et al., Numerical Recipes, 6.4).</summary>
    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), value = d;
        for (int m = 1; m < 10_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }

        return value;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }
}
