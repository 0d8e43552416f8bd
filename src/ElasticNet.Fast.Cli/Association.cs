namespace ElasticNet.Fast.Cli;

/// <summary>How closely a column goes with the target, over the rows that have both; NaN where either is constant there.</summary>
internal static class Association
{
    /// <summary>Pearson's correlation, in [−1, 1].</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (double meanX, double meanY) = Means(x, y);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            if (double.IsNaN(dx + dy))
                continue;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : double.NaN;
    }

    /// <summary>The correlation ratio η in [0, 1]: η² is the share of the target's variance that lies between the levels.</summary>
    public static double CorrelationRatio(ReadOnlySpan<double> codes, int levels, ReadOnlySpan<double> y)
    {
        (_, double mean) = Means(codes, y);
        double[] sums = new double[levels];
        int[] counts = new int[levels];
        double total = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            double dy = y[i] - mean;
            if (double.IsNaN(codes[i] + dy))
                continue;
            int level = (int)codes[i];
            sums[level] += dy;
            counts[level]++;
            total += dy * dy;
        }
        double between = 0;
        for (int level = 0; level < levels; level++)
            between += counts[level] == 0 ? 0 : sums[level] * sums[level] / counts[level];
        return total > 0 && counts.Count(count => count > 0) > 1 ? Math.Sqrt(Math.Clamp(between / total, 0, 1)) : double.NaN;
    }

    private static (double X, double Y) Means(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = 0;
        double sumY = 0;
        int count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i] + y[i]))
                continue;
            sumX += x[i];
            sumY += y[i];
            count++;
        }
        return (sumX / count, sumY / count);
    }
}
