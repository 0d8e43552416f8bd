namespace ElasticNet.Fast.Compare.Problems;

/// <summary>Φ⁻¹ for the middle of the distribution, where the power series of Φ converges in a few dozen terms.</summary>
internal static class NormalQuantile
{
    /// <summary>The x with Φ(x) = <paramref name="probability"/>, by Newton's method.</summary>
    /// <param name="probability">In [0.01, 0.99].</param>
    public static double At(double probability)
    {
        double x = 0;
        for (int iteration = 0; iteration < 20; iteration++)
            x -= (Distribution(x) - probability) / Density(x);
        return x;
    }

    /// <summary>Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …).</summary>
    private static double Distribution(double x)
    {
        double term = x, sum = x;
        for (int k = 3; k < 200; k += 2)
            sum += term *= x * x / k;
        return 0.5 + Density(x) * sum;
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
}
