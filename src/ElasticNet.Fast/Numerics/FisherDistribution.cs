namespace ElasticNet.Fast.Numerics;

/// <summary>The F distribution.</summary>
internal static class FisherDistribution
{
    /// <summary>P(F > f) with <paramref name="upper"/> and <paramref name="lower"/> > 0 degrees of freedom; NaN for NaN.</summary>
    public static double Survival(double f, double upper, double lower)
    {
        if (double.IsNaN(f))
            return f;
        double above = upper * f, sum = lower + above;
        return double.IsInfinity(sum) ? 0 : BetaFunction.Regularized(lower / sum, above / sum, 0.5 * lower, 0.5 * upper);
    }
}
