namespace ElasticNet.Fast.Preprocessing;

/// <summary>From what a column comes to, to its center and its unit.</summary>
internal static class ScalerRule
{
    /// <summary>For the methods that a <see cref="ColumnSummary"/> is enough for. A column without values stays as it is.</summary>
    /// <returns>Finite, unless the column spans more than the range of double.</returns>
    public static (double Center, double Scale) Of(ScalerOptions options, in ColumnSummary column) => column.Count == 0
        ? (0, 1)
        : options.Method switch
        {
            ScalingMethod.Standard => (column.Mean, NotZero(column.Deviation)),
            ScalingMethod.StandardSample => (column.Mean, NotZero(column.SampleDeviation)),
            ScalingMethod.MaxAbs => (0, NotZero(column.MaxAbs)),
            ScalingMethod.MinMax => OntoTarget(options, column.Minimum, NotZero(column.Maximum - column.Minimum)),
            _ => (0, 1),
        };

    /// <summary>For <see cref="ScalingMethod.Robust"/>.</summary>
    /// <returns>Finite, unless the column spans more than the range of double.</returns>
    public static (double Center, double Scale) Of(ScalerOptions options, OrderedColumn column)
    {
        double median = column.Quantile(0.5);
        return double.IsNaN(median)
            ? (0, 1)
            : (median, NotZero(column.Quantile(options.UpperQuantile) - column.Quantile(options.LowerQuantile)));
    }

    /// <summary>What was found for a column of 'x', if it is finite.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static (double Center, double Scale) Checked((double Center, double Scale) found, int index)
    {
        if (!IsFinite(found))
            Throw.Data("x", Throw.Invariant($"'x' column {index} (counted from 0) spans more than the range of double; rescale it."));
        return found;
    }

    /// <summary>Whether values can be scaled so.</summary>
    public static bool IsFinite((double Center, double Scale) found) => double.IsFinite(found.Center) && double.IsFinite(found.Scale);

    private static (double Center, double Scale) OntoTarget(ScalerOptions options, double minimum, double range)
    {
        double scale = range / (options.TargetMaximum - options.TargetMinimum);
        return (minimum - options.TargetMinimum * scale, scale);
    }

    private static double NotZero(double scale) => scale == 0 ? 1 : scale;
}
