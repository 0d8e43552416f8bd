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
        ScalingMethod method = preparation.Options.Scaling!.Value;
        double[] theirs = weights.ToArray();
        double[] centers = new double[preparation.FeatureCount], scales = new double[centers.Length];
        ParallelWork.Run(centers.Length, maxDegreeOfParallelism, feature =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> values = new(features + feature * stride, rows);
            (centers[feature], double scale) = Of(values, theirs, method);
            scales[feature] = scale > 0 ? scale : 1;
        });
        for (int k = 0; k < scales.Length; k++)
        {
            if (!double.IsFinite(centers[k]) || !double.IsFinite(scales[k]))
                Throw.Data("x", $"'x' must span less than the range of double, but feature '{preparation.FeatureNames[k]}' does not; rescale it.");
        }

        return preparation.WithScales(centers, scales);
    }

    private static (double Center, double Scale) Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, ScalingMethod method)
    {
        if (method == ScalingMethod.None)
            return (0, 1);
        if (method == ScalingMethod.Robust)
        {
            OrderedColumn ordered = ColumnStatistics.Order(values, weights, new double[ColumnStatistics.ScratchLength(values.Length, !weights.IsEmpty)]);
            return (ordered.Quantile(0.5), ordered.Quantile(0.75) - ordered.Quantile(0.25));
        }

        ColumnSummary summary = ColumnStatistics.Summarize(values, weights);
        return method switch
        {
            ScalingMethod.Standard => (summary.Mean, summary.Deviation),
            ScalingMethod.StandardSample => (summary.Mean, summary.SampleDeviation),
            ScalingMethod.MinMax => (summary.Minimum, summary.Maximum - summary.Minimum),
            _ => (0, summary.MaxAbs),
        };
    }
}
