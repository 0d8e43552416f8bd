namespace ElasticNet.Fast.Numerics;

/// <summary>Student's t distribution.</summary>
internal static class StudentDistribution
{
    /// <summary>P(|T| > |t|) with <paramref name="freedom"/> > 0 degrees of freedom; the normal distribution's where they are infinite.</summary>
    public static double TwoSided(double t, double freedom)
    {
        if (double.IsNaN(t) || double.IsPositiveInfinity(freedom))
            return double.IsNaN(t) ? t : 2 * NormalDistribution.Survival(Math.Abs(t));
        double square = t * t;
        return double.IsInfinity(square) ? 0 : BetaFunction.Regularized(freedom / (freedom + square), square / (freedom + square), 0.5 * freedom, 0.5);
    }

    /// <summary>The t > 0 with P(|T| ≤ t) = <paramref name="level"/> in (0, 1).</summary>
    public static double Critical(double level, double freedom)
    {
        if (double.IsPositiveInfinity(freedom))
            return -NormalDistribution.Quantile(0.5 * (1 - level));
        double low = 0, high = 1;
        while (TwoSided(high, freedom) > 1 - level)
            (low, high) = (high, 2 * high);
        for (int step = 0; step < 200 && high - low > 1e-15 * high; step++)
        {
            double middle = 0.5 * (low + high);
            if (TwoSided(middle, freedom) > 1 - level)
                low = middle;
            else
                high = middle;
        }

        return 0.5 * (low + high);
    }
}
