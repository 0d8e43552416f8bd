namespace ElasticNet.Fast.Selection;

/// <summary>Summarises fold errors.</summary>
internal static class ErrorCurve
{
    /// <summary>
    /// At each λ the mean of the folds' errors, weighted by the folds' weights, and its standard error
    /// √(weighted variance / (K − 1)).
    /// </summary>
    public static CrossValidationCurve Summarize(
        double l1Ratio, double[] lambdas, double[,] errors, double[] foldWeights, double nullError, RegularizationPath path)
    {
        int folds = foldWeights.Length;
        double total = foldWeights.Sum();
        CrossValidationPoint[] points = new CrossValidationPoint[lambdas.Length];
        for (int k = 0; k < lambdas.Length; k++)
        {
            double mean = 0, variance = 0;
            for (int f = 0; f < folds; f++)
                mean += foldWeights[f] / total * errors[f, k];
            for (int f = 0; f < folds; f++)
                variance += foldWeights[f] / total * (errors[f, k] - mean) * (errors[f, k] - mean);
            double explained = nullError == 0 ? 0 : 1 - mean / nullError;
            points[k] = new(l1Ratio, lambdas[k], mean, Math.Sqrt(variance / (folds - 1)), explained, path[k].Fit.NonZeroCount);
        }

        return new(l1Ratio, points, errors, path);
    }
}

/// <summary>Which curve and which points a cross-validation settles on.</summary>
/// <param name="Curve">Index of the curve with the least mean error.</param>
/// <param name="Minimum">The point of least mean error on it; of several, the one of the largest λ.</param>
/// <param name="OneStandardError">The point of the largest λ whose mean error is at most one standard error above that.</param>
internal readonly record struct Choice(int Curve, int Minimum, int OneStandardError)
{
    /// <summary>Chooses; ties between curves go to the larger λ.</summary>
    public static Choice Of(CrossValidationCurve[] curves)
    {
        (int curve, int minimum) = (0, 0);
        for (int c = 0; c < curves.Length; c++)
        {
            for (int k = 0; k < curves[c].Points.Count; k++)
            {
                CrossValidationPoint point = curves[c].Points[k], best = curves[curve].Points[minimum];
                if (point.Mean < best.Mean || (point.Mean == best.Mean && point.Lambda > best.Lambda))
                    (curve, minimum) = (c, k);
            }
        }

        IReadOnlyList<CrossValidationPoint> points = curves[curve].Points;
        double bar = points[minimum].Mean + points[minimum].StandardError;
        int largest = 0;
        while (points[largest].Mean > bar)
            largest++;
        return new(curve, minimum, largest);
    }
}
