using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>Centers and units of features, as <see cref="PreparationOptions.Scaling"/> asks for.</summary>
internal static unsafe class FeatureScales
{
    /// <summary>Measures the features over the rows of positive weight.</summary>
    /// <param name="preparation">What made the features; it has no scales yet.</param>
    /// <param name="features">Its features, column-major.</param>
    /// <param name="stride">From one feature to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most, −1 for all cores.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The preparation with scales.</returns>
    /// <exception cref="ArgumentException">A feature spans more than the range of double.</exception>
    public static Preparation Measure(
        Preparation preparation, double* features, nint stride, int rows, ReadOnlySpan<double> weights,
        int maxDegreeOfParallelism, CancellationToken cancellationToken)
    {
        ScalerOptions options = new() { Method = preparation.Options.Scaling!.Value };
        double[] theirs = weights.ToArray();
        double[] centers = new double[preparation.FeatureCount], scales = new double[centers.Length];
        ParallelWork.Run(centers.Length, maxDegreeOfParallelism, feature =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> values = new(features + feature * stride, rows);
            (centers[feature], scales[feature]) = options.Method == ScalingMethod.Robust
                ? ScalerRule.Of(options, ColumnStatistics.Order(values, theirs, new double[ColumnStatistics.ScratchLength(rows, theirs.Length > 0)]))
                : ScalerRule.Of(options, ColumnStatistics.Summarize(values, theirs));
        });
        for (int k = 0; k < scales.Length; k++)
        {
            if (!ScalerRule.IsFinite((centers[k], scales[k])))
                Throw.Data("x", $"'x' must span less than the range of double, but feature '{preparation.FeatureNames[k]}' does not; rescale it.");
        }

        return preparation.WithScales(centers, scales);
    }
}
