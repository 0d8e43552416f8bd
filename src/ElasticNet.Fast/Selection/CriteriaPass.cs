using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Judges every solution of a path by its residuals and leverages. Where rows have none of their own (several outputs, groups, rows that are at risk
/// together) the degrees of freedom are the engine's, and nothing is said of rows left out.
/// </summary>
internal static class CriteriaPass
{
    /// <summary>A mean squared error below this share of the null model's is rounding: its logarithm means nothing.</summary>
    private const double PerfectShare = 1e-20;

    /// <summary>1 − h below this is rounding: the fit without that row cannot be told from its residual.</summary>
    private const double FullLeverage = 1e-10;

    /// <summary>Whether degrees of freedom are those of the path, for rows have no leverages.</summary>
    public static bool IsJoint(ElasticNetOptions options) => options.Family.HasOutputs || options.Family.IsSurvival || options.HasGroups;

    /// <summary>The criteria of all solutions.</summary>
    public static CriteriaPoint[] Run(
        Design x, ReadOnlySpan<double> y, RegularizationPath path, ElasticNetOptions options, double gamma)
    {
        CriteriaPoint[] points = new CriteriaPoint[path.Count];
        bool isJoint = IsJoint(options);
        if (options.Family.HasOutputs || options.Family.IsSurvival)
        {
            using JointDeviance joint = new(y, options);
            for (int k = 0; k < points.Length; k++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                points[k] = Judge(joint.At(x, path[k]), path[k], options, gamma);
            }

            return points;
        }

        if (RowLoss.Of(options.Family) is { } loss)
        {
            using CurvedLeverages curved = new(loss, y, options);
            for (int k = 0; k < points.Length; k++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                curved.At(x, path[k], !isJoint);
                points[k] = isJoint
                    ? Judge(curved, path[k], options.Family, gamma, path[k].Fit.DegreesOfFreedom) with { Alo = double.NaN }
                    : Judge(curved, path[k], options.Family, gamma, curved.Leverage.Sum());
            }

            return points;
        }

        using Leverages leverages = new(y, options);
        for (int k = 0; k < points.Length; k++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            leverages.At(x, path[k], !isJoint);
            points[k] = isJoint
                ? Judge(leverages, path[k], gamma, path[k].Fit.DegreesOfFreedom) with { Alo = double.NaN }
                : Judge(leverages, path[k], gamma);
        }

        return points;
    }

    private static CriteriaPoint Judge(Leverages leverages, PathPoint point, double gamma, double? given = null)
    {
        double n = leverages.Residual.Length, error = 0, freedom = 0, left = 0;
        for (int i = 0; i < leverages.Residual.Length; i++)
        {
            double r = leverages.Residual[i], h = leverages.Leverage[i];
            error += r * r;
            freedom += h;
            left += 1 - h > FullLeverage ? r * r / ((1 - h) * (1 - h)) : double.PositiveInfinity;
        }

        freedom = given ?? freedom;
        // A perfect fit has no scale.
        bool perfect = !(1 - point.Fit.DevianceRatio > PerfectShare) || error == 0;
        double likelihood = perfect || n - freedom <= FullLeverage * n ? double.PositiveInfinity : n * Math.Log(error);
        return Point(point, n, freedom, likelihood, error, gamma) with { MeanSquaredError = error, Alo = left };
    }

    /// <summary>−2 log-likelihood is the deviance and a constant, but for the scale of Gamma, which the deviance estimates.</summary>
    private static CriteriaPoint Judge(CurvedLeverages leverages, PathPoint point, Family family, double gamma, double freedom)
    {
        double n = leverages.Trials, deviance = leverages.Deviance;
        bool isFull = leverages.Count - freedom <= FullLeverage * leverages.Count || !double.IsFinite(deviance);
        double likelihood = !family.HasLikelihood ? double.NaN : isFull ? double.PositiveInfinity : family == Family.Gamma ? n * GammaScale(deviance) : n * deviance;
        double left = leverages.Leverage.All(h => 1 - h > FullLeverage) ? leverages.DevianceLeftOut : double.PositiveInfinity;
        return Point(point, n, freedom, likelihood, deviance, gamma) with { MeanSquaredError = leverages.SquaredError, Alo = left };
    }

    /// <summary>
    /// Of responses each has the variance that its residuals have; of classes and of Cox −2 log-likelihood is the deviance but for a constant. A
    /// solution has as many numbers to fit as there are responses of rows, classes of rows less one each, or events.
    /// </summary>
    private static CriteriaPoint Judge(in JointDeviance.Values values, PathPoint point, ElasticNetOptions options, double gamma)
    {
        double freedom = point.Fit.DegreesOfFreedom;
        bool isFull = values.Numbers - freedom <= FullLeverage * values.Numbers || !(1 - point.Fit.DevianceRatio > PerfectShare);
        SparseCoefficients coefficients = point.Coefficients;
        double choices = options.GroupOutputs || coefficients.Outputs == 1
            ? LogChoose(coefficients.FeatureCount, coefficients.Indices.Length)
            : LogChoose((long)coefficients.FeatureCount * coefficients.Outputs, coefficients.Count);
        CriteriaPoint judged = Point(point, values.Sample, values.Numbers, freedom, isFull ? double.PositiveInfinity : values.Likelihood, values.MeanDeviance, gamma * choices);
        return judged with { MeanSquaredError = values.MeanSquaredError, Alo = double.NaN };
    }

    /// <summary>2[log Γ(k) − k log k + k] at the shape k = 1/deviance: what a mean of −2 log-likelihoods of Gamma has beside 1 + 2 log y.</summary>
    private static double GammaScale(double deviance)
    {
        if (deviance == 0)
            return double.PositiveInfinity;
        double k = 1 / deviance, below = 0, large = k;
        // Stirling's series from 10 on; Γ(k + 1) = kΓ(k) leads there.
        for (; large < 10; large++)
            below += Math.Log(large);
        double square = 1 / (large * large), rest = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / large;
        return large == k
            ? Math.Log(2 * Math.PI / k) + 2 * rest
            : 2 * ((large - 0.5) * Math.Log(large) - large + 0.5 * Math.Log(2 * Math.PI) + rest - below - k * Math.Log(k) + k);
    }

    private static CriteriaPoint Point(PathPoint point, double n, double freedom, double likelihood, double error, double gamma) =>
        Point(point, n, n, freedom, likelihood, error, gamma * LogChoose(point.Coefficients.FeatureCount, point.Coefficients.Count));

    private static CriteriaPoint Point(PathPoint point, double sample, double n, double freedom, double likelihood, double error, double choices)
    {
        double aic = likelihood + 2 * freedom, bic = likelihood + freedom * Math.Log(sample), room = n - freedom - 1;
        return new()
        {
            Lambda = point.Lambda,
            DegreesOfFreedom = freedom,
            MeanDeviance = error,
            Aic = aic,
            Aicc = room > FullLeverage * n ? aic + 2 * freedom * (freedom + 1) / room : double.PositiveInfinity,
            Bic = bic,
            Ebic = bic + 2 * choices,
            Gcv = n - freedom > FullLeverage * n ? error / ((1 - freedom / n) * (1 - freedom / n)) : double.PositiveInfinity,
        };
    }

    /// <summary>log C(p, k) as the sum of its factors' logarithms.</summary>
    private static double LogChoose(long p, long k)
    {
        double sum = 0;
        for (long i = 1; i <= Math.Min(k, p - k); i++)
            sum += Math.Log((double)(p - i + 1) / i);
        return sum;
    }
}
