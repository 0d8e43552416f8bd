using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Paths;

/// <summary>The automatic grid: geometric, from the λ that zeroes every penalised coefficient down to a fixed share of it.</summary>
internal static unsafe class LambdaGrid
{
    /// <summary>What rounding alone can make of a gradient that should be 0, per unit of 1 + Σ|β|.</summary>
    private const double Noise = 64 * 2.220446049250313e-16;

    /// <summary>ρ is not taken below this, where λ_max would run off to infinity.</summary>
    public const double LeastL1Ratio = 1e-3;

    /// <summary>
    /// λ_max = maxⱼ |gⱼ| / (max(ρ, 1e-3) vⱼ) over the columns that may enter in the direction of gⱼ; a gradient that rounding alone can make of one that
    /// should be 0 counts as 0: columns without a penalty may fit the response perfectly, with large coefficients.
    /// </summary>
    public static double Maximum(int columns, double* beta, double* gradients, double l1Ratio, PenaltyTerms terms)
    {
        double largest = 0, size = 1;
        for (int j = 0; j < columns; j++)
            size += Math.Abs(beta[j]);
        double noise = Noise * size;
        for (int g = 0; g < terms.Groups?.Count; g++)
        {
            if (terms.Groups.Enters(g, gradients, double.Epsilon, noise))
                largest = Math.Max(largest, terms.Groups.ZeroingStrength(g, gradients));
        }
        for (int j = 0; j < columns; j++)
        {
            double g = gradients[j];
            if (double.IsNaN(g))
                Throw.NotANumber(j);
            bool enters = (g > 0 ? terms.Upper[j] : -terms.Lower[j]) > 0;
            if (enters && terms.Groups is null && terms.Unit1[j] > 0 && Math.Abs(g) > noise)
                largest = Math.Max(largest, Math.Abs(g) / terms.Unit1[j]);
        }

        double maximum = largest / Math.Max(l1Ratio, LeastL1Ratio);
        if (!double.IsFinite(maximum))
            Throw.Data("y", "'y' would have its first coefficient at a λ beyond the range of double; rescale it, or choose larger penalty factors.");
        return maximum;
    }

    /// <summary>The ratio of smallest to largest λ where the user gives none.</summary>
    public static double DefaultRatio(int rows, int columns) => rows >= columns ? 1e-4 : 1e-2;

    /// <summary>λ_max·ratio^(k/(count−1)); the single value 0 where λ_max is 0 (nothing to select).</summary>
    /// <returns>The number of λ written.</returns>
    public static int Fill(Span<double> lambdas, int count, double maximum, double ratio)
    {
        if (maximum == 0)
        {
            lambdas[0] = 0;
            return 1;
        }

        if (!double.IsNormal(maximum * ratio))
            Throw.Data("y", Throw.Invariant($"'y' would have a grid of λ from {maximum} down to {maximum * ratio}, where double has lost its digits; rescale it, or choose smaller penalty factors."));
        for (int k = 0; k < count; k++)
            lambdas[k] = k == 0 ? maximum : maximum * Math.Pow(ratio, k / (count - 1.0));
        return count;
    }

    /// <summary>Descending, without duplicates.</summary>
    /// <returns>The number of λ kept.</returns>
    public static int Normalize(Span<double> lambdas)
    {
        lambdas.Sort();
        lambdas.Reverse();
        int kept = 0;
        for (int k = 0; k < lambdas.Length; k++)
        {
            if (kept == 0 || lambdas[k] != lambdas[kept - 1])
                lambdas[kept++] = lambdas[k];
        }

        return kept;
    }
}
