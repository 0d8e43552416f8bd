using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Families;

/// <summary>The size k of a negative binomial that is most likely, given the means: variance μ + μ²/k.</summary>
internal static class NegativeBinomialSize
{
    /// <summary>Beyond it the distribution is Poisson's to the digits that its likelihood has.</summary>
    public const double Most = 1e7;

    /// <summary>Below it next to no row is not 0, and the size says nothing about the others.</summary>
    public const double Least = 1e-6;

    /// <summary>The zero of the likelihood's derivative, by halving log k.</summary>
    /// <param name="counts">y ≥ 0.</param>
    /// <param name="means">μ &gt; 0.</param>
    /// <param name="weights">w ≥ 0; empty means 1.</param>
    /// <returns>+∞ where it would be above <see cref="Most"/>, because counts spread no more than Poisson's; 0 where it would be below <see cref="Least"/>.</returns>
    public static double Of(ReadOnlySpan<double> counts, ReadOnlySpan<double> means, ReadOnlySpan<double> weights)
    {
        if (!(Score(Most, counts, means, weights) < 0))
            return double.PositiveInfinity;
        if (!(Score(Least, counts, means, weights) > 0))
            return 0;
        double low = Math.Log(Least), high = Math.Log(Most);
        for (int step = 0; step < 100; step++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Score(Math.Exp(middle), counts, means, weights) > 0 ? (middle, high) : (low, middle);
        }

        return Math.Exp(0.5 * (low + high));
    }

    /// <summary>Σ w [ψ(y + k) − ψ(k) − log(1 + μ/k) + (μ − y)/(k + μ)]; its leading term for large k, where the others cancel.</summary>
    private static double Score(double k, ReadOnlySpan<double> counts, ReadOnlySpan<double> means, ReadOnlySpan<double> weights)
    {
        double sum = 0, own = Digamma.Of(k);
        for (int i = 0; i < counts.Length; i++)
        {
            double y = counts[i], mean = means[i], weight = weights.IsEmpty ? 1 : weights[i];
            // Rows that no fit has seen: of weight 0, whatever they hold, or left out because they are incomplete.
            if (weight == 0 || double.IsNaN(y + mean))
                continue;
            sum += weight * (k >= 1e4 * (1 + y + mean)
                ? (y - (y - mean) * (y - mean)) / (2 * k * k)
                : Digamma.Of(y + k) - own - Logarithm.OnePlus(mean / k) + (mean - y) / (k + mean));
        }

        return sum;
    }
}
