namespace ElasticNet.Fast.Compare.Problems;

/// <summary>Centres to mean 0 and scales to 1/n mean square 1.</summary>
internal static class Standardization
{
    /// <summary>Rewrites one column (or the response).</summary>
    /// <exception cref="InvalidOperationException">The values do not vary.</exception>
    public static void Apply(Span<double> values)
    {
        // Twice: the first round leaves a mean of the order of the rounding of the raw values, the second one of the scaled ones.
        for (int round = 0; round < 2; round++)
        {
            double sum = 0;
            foreach (double value in values)
                sum += value;
            double mean = sum / values.Length, square = 0;
            foreach (ref double value in values)
            {
                value -= mean;
                square += value * value;
            }
            double scale = 1 / Math.Sqrt(square / values.Length);
            if (!double.IsFinite(scale))
                throw new InvalidOperationException("A generated column does not vary: take more rows or another seed.");
            foreach (ref double value in values)
                value *= scale;
        }
    }
}
