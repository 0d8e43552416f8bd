namespace ElasticNet.Fast.Datafits;

/// <summary>The function that the slack of a loss with exponentials is made of.</summary>
internal static class Entropy
{
    /// <summary>Below this the difference would lose digits, and a few terms of the series have all of them.</summary>
    private const double Small = 0.02;

    /// <summary>φ(t) = (1 + t) log(1 + t) − t ≥ 0 for t ≥ −1, to nearly all digits; infinite below.</summary>
    public static double Phi(double t)
    {
        if (Math.Abs(t) < Small)
        {
            // Σ (−t)ᵏ/(k(k−1)) from k = 2.
            return t * t * (1 / 2.0 - t * (1 / 6.0 - t * (1 / 12.0 - t * (1 / 20.0 - t * (1 / 30.0 - t * (1 / 42.0 - t * (1 / 56.0 - t * (1 / 72.0 - t / 90.0))))))));
        }

        if (t <= -1)
            return t == -1 ? 1 : double.PositiveInfinity;
        return (1 + t) * double.LogP1(t) - t;
    }
}
