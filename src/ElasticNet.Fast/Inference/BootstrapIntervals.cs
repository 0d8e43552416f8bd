using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>From the resamples of one coefficient to an interval.</summary>
internal static class BootstrapIntervals
{
    /// <summary>A corrected interval that is this much narrower than the plain one is a point and its rounding.</summary>
    private const double Narrowest = 1e-6;

    /// <summary>The plain quantiles.</summary>
    public static (double Lower, double Upper) Percentile(double[] sorted, double level) =>
        (Quantile(sorted, 0.5 * (1 - level)), Quantile(sorted, 0.5 * (1 + level)));

    /// <summary>
    /// Quantiles moved for bias z₀ = Φ⁻¹(share of resamples below the estimate, ties half) and acceleration a from leaving groups of rows
    /// out: Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))).
    /// </summary>
    /// <param name="sorted">The resamples, ascending.</param>
    /// <param name="estimate">Of all rows.</param>
    /// <param name="leftOut">The estimates without each group of rows.</param>
    /// <param name="level">Of the interval.</param>
    /// <param name="collapse">
    /// Null; or why the correction is impossible: no resample on one side of the estimate (z₀ is infinite), a z₀ or a so large that both
    /// quantiles lie beyond the resamples, or quantiles that are one value where the plain ones are not. The interval then goes to
    /// both sides of the estimate as far as the farther of the plain quantiles: no bias can be told from resamples that lie beside the estimate.
    /// </param>
    public static (double Lower, double Upper) BiasCorrected(double[] sorted, double estimate, double[] leftOut, double level, out string? collapse)
    {
        double below = 0;
        foreach (double value in sorted)
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        double share = below / sorted.Length;
        collapse = share is 0 or 1 ? "all resamples lie on one side of the estimate" : null;
        if (collapse is not null)
            return Around();
        double bias = NormalDistribution.Quantile(share), mean = leftOut.Average(), squares = 0, cubes = 0;
        foreach (double value in leftOut)
        {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }

        double acceleration = squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
        double low = Moved(0.5 * (1 - level)), high = Moved(0.5 * (1 + level)), least = 1.0 / (sorted.Length + 1);
        if (high <= least || low >= 1 - least || !(low <= high))
        {
            collapse = "nearly all resamples lie on one side of the estimate, or single rows move it too far";
            return Around();
        }

        (double lower, double upper) = (Quantile(sorted, low), Quantile(sorted, high));
        (double plainLower, double plainUpper) = Percentile(sorted, level);
        // A coefficient that is 0 in all rows and in nearly all resamples has 0 for an interval.
        bool isZero = estimate == 0 && lower == 0 && upper == 0;
        if (!isZero && plainUpper > plainLower && upper - lower <= Narrowest * (plainUpper - plainLower))
        {
            collapse = "the corrected quantiles are one value, because nearly all resamples lie on one side of the estimate";
            return Around();
        }

        return (lower, upper);

        (double Lower, double Upper) Around()
        {
            (double from, double to) = Percentile(sorted, level);
            double half = Math.Max(Math.Abs(from - estimate), Math.Abs(to - estimate));
            return (estimate - half, estimate + half);
        }

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
