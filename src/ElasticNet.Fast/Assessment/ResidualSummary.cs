namespace ElasticNet.Fast;

/// <summary>Five numbers of some residuals, quantiles linear between order statistics; NaN where there are none.</summary>
/// <param name="Least">The least.</param>
/// <param name="FirstQuartile">A quarter lies below.</param>
/// <param name="Median">Half lies below.</param>
/// <param name="ThirdQuartile">A quarter lies above.</param>
/// <param name="Largest">The largest.</param>
public readonly record struct ResidualSummary(double Least, double FirstQuartile, double Median, double ThirdQuartile, double Largest)
{
    /// <summary>The five numbers, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"{Least:g5}, {FirstQuartile:g5}, {Median:g5}, {ThirdQuartile:g5}, {Largest:g5}");

    internal static ResidualSummary Of(double[] residuals)
    {
        double[] sorted = [.. residuals];
        Array.Sort(sorted);
        return new(Quantile(0), Quantile(0.25), Quantile(0.5), Quantile(0.75), Quantile(1));

        double Quantile(double probability)
        {
            if (sorted.Length == 0)
                return double.NaN;
            double place = probability * (sorted.Length - 1);
            int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
            // Two infinities have no difference.
            return sorted[below] == sorted[above] ? sorted[below] : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }
    }
}
