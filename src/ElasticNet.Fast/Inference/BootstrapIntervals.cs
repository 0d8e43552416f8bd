using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>From the resamples of one coefficient to an interval.</summary>
internal static class BootstrapIntervals
{
    /// <summary>The plain quantiles.</summary>
    public static (double Lower, double Upper) Percentile(double[] sorted, double level) =>
        (Quantile(sorted, 0.5 * (1 - level)), Quantile(sorted, 0.5 * (1 + level)));

    /// <summary>
    /// Quantiles moved for bias z₀ = Φ⁻¹(share of resamples below the estimate, ties half) and acceleration a from leaving groups of rows
    /// out: Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))).
    /// </summary>
    public static (double Lower, double Upper) BiasCorrected(double[] sorted, double estimate, double[] leftOut, double level)
    {
        double below = 0;
        foreach (double value in sorted)
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        // All on one side: as far as so many resamples can tell.
        double share = Math.Clamp(below / sorted.Length, 0.5 / sorted.Length, 1 - 0.5 / sorted.Length);
        double bias = NormalDistribution.Quantile(share), mean = leftOut.Average(), squares = 0, cubes = 0;
        foreach (double value in leftOut)
        {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }

        double acceleration = squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
        return (Quantile(sorted, Moved(0.5 * (1 - level))), Quantile(sorted, Moved(0.5 * (1 + level))));

        double Moved(double probability)
        {
            double z = bias + NormalDistribution.Quantile(probability), stretch = 1 - acceleration * z;
            return stretch > 0 ? NormalDistribution.Cdf(bias + z / stretch) : z > 0 ? 1 : 0;
        }
    }

    /// <summary>Linear between order statistics (type 7 of Hyndman and Fan 1996).</summary>
    private static double Quantile(double[] sorted, double probability)
    {
        double place = probability * (sorted.Length - 1);
        int below = Math.Clamp((int)place, 0, sorted.Length - 1), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
