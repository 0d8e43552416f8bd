using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Selection;

/// <summary>Judges every solution of a path by its residuals and leverages.</summary>
internal static class CriteriaPass
{
    /// <summary>A mean squared error below this share of the null model's is rounding: its logarithm means nothing.</summary>
    private const double PerfectShare = 1e-20;

    /// <summary>1 − h below this is rounding: the fit without that row cannot be told from its residual.</summary>
    private const double FullLeverage = 1e-10;

    /// <summary>The criteria of all solutions.</summary>
    public static CriteriaPoint[] Run(
        Design x, ReadOnlySpan<double> y, RegularizationPath path, ElasticNetOptions options, double gamma)
    {
        using Leverages leverages = new(y, options);
        CriteriaPoint[] points = new CriteriaPoint[path.Count];
        for (int k = 0; k < points.Length; k++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            leverages.At(x, path[k]);
            points[k] = Judge(leverages, path[k], gamma);
        }

        return points;
    }

    private static CriteriaPoint Judge(Leverages leverages, PathPoint point, double gamma)
    {
        double n = leverages.Residual.Length, error = 0, freedom = 0, left = 0;
        for (int i = 0; i < leverages.Residual.Length; i++)
        {
            double r = leverages.Residual[i], h = leverages.Leverage[i];
            error += r * r;
            freedom += h;
            left += 1 - h > FullLeverage ? r * r / ((1 - h) * (1 - h)) : double.PositiveInfinity;
        }

        bool perfect = !(1 - point.Fit.DevianceRatio > PerfectShare) || error == 0;
        double likelihood = perfect || n - freedom <= FullLeverage * n ? double.PositiveInfinity : n * Math.Log(error);
        double aic = likelihood + 2 * freedom, bic = likelihood + freedom * Math.Log(n), room = n - freedom - 1;
        return new()
        {
            Lambda = point.Lambda,
            DegreesOfFreedom = freedom,
            MeanSquaredError = error,
            Aic = aic,
            Aicc = room > FullLeverage * n ? aic + 2 * freedom * (freedom + 1) / room : double.PositiveInfinity,
            Bic = bic,
            Ebic = bic + 2 * gamma * LogChoose(point.Coefficients.FeatureCount, point.Coefficients.Count),
            Gcv = n - freedom > FullLeverage * n ? error / ((1 - freedom / n) * (1 - freedom / n)) : double.PositiveInfinity,
            Alo = left,
        };
    }

    /// <summary>log C(p, k) as the sum of its factors' logarithms.</summary>
    private static double LogChoose(int p, int k)
    {
        double sum = 0;
        for (int i = 1; i <= Math.Min(k, p - k); i++)
            sum += Math.Log((double)(p - i + 1) / i);
        return sum;
    }
}
