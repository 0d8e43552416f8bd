namespace ElasticNet.Fast.Preprocessing;

/// <summary>From what a column comes to, to its center and its unit.</summary>
internal static class ScalerRule
{
    /// <summary>For the methods that a <see cref="ColumnSummary"/> is enough for. A column without values stays as it is.</summary>
    public static (double Center, double Scale) Of(ScalerOptions options, in ColumnSummary column, int index) => column.Count == 0
        ? (0, 1)
        : Checked(index, options.Method switch
        {
            ScalingMethod.Standard => (column.Mean, NotZero(column.Deviation)),
            ScalingMethod.StandardSample => (column.Mean, NotZero(column.SampleDeviation)),
            ScalingMethod.MaxAbs => (0, NotZero(column.MaxAbs)),
            ScalingMethod.MinMax => OntoTarget(options, column.Minimum, NotZero(column.Maximum - column.Minimum)),
            _ => (0, 1),
        });

    /// <summary>For <see cref="ScalingMethod.Robust"/>.</summary>
    public static (double Center, double Scale) Of(ScalerOptions options, OrderedColumn column, int index)
    {
        double median = column.Quantile(0.5);
        return double.IsNaN(median)
            ? (0, 1)
            : Checked(index, (median, NotZero(column.Quantile(options.UpperQuantile) - column.Quantile(options.LowerQuantile))));
    }

    private static (double Center, double Scale) OntoTarget(ScalerOptions options, double minimum, double range)
    {
        double scale = range / (options.TargetMaximum - options.TargetMinimum);
        return (minimum - options.TargetMinimum * scale, scale);
    }

    private static double NotZero(double scale) => scale == 0 ? 1 : scale;

    private static (double Center, double Scale) Checked(int index, (double Center, double Scale) found)
    {
        if (!double.IsFinite(found.Center) || !double.IsFinite(found.Scale))
            Throw.Data("x", Throw.Invariant($"'x' column {index} (counted from 0) spans more than the range of double; rescale it."));
        return found;
    }
}
