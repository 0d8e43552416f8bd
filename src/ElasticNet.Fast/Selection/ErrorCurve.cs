namespace ElasticNet.Fast.Selection;

/// <summary>Summarises fold errors.</summary>
internal static class ErrorCurve
{
    /// <summary>
    /// At each λ the mean of the folds' errors, weighted by the folds' weights, and its standard error
    /// √(weighted variance / (K − 1)). A fold's error is its weighted average over the repeats.
    /// </summary>
    /// <param name="run">The path of all rows and the folds' errors, one repeat after another.</param>
    /// <param name="folds">K.</param>
    /// <param name="foldWeights">The weight of each row of errors; 0 for one that was not finished and does not count.</param>
    /// <param name="nullError">The error of the model without features.</param>
    /// <param name="measure">What the errors measure.</param>
    public static CrossValidationCurve Summarize(MixingRun run, int folds, double[] foldWeights, double nullError, Measure measure)
    {
        RegularizationPath path = run.Path!;
        double total = foldWeights.Sum();
        double[] weights = new double[folds], errors = new double[folds];
        for (int f = 0; f < foldWeights.Length; f++)
            weights[f % folds] += foldWeights[f] / total;
        int counted = weights.Count(weight => weight > 0);
        CrossValidationPoint[] points = new CrossValidationPoint[path.Count];
        for (int k = 0; k < points.Length; k++)
        {
            Array.Clear(errors);
            for (int f = 0; f < foldWeights.Length; f++)
            {
                if (foldWeights[f] > 0)
                    errors[f % folds] += foldWeights[f] / total / weights[f % folds] * run.Errors[f, k];
            }

            double mean = 0, variance = 0;
            for (int f = 0; f < folds; f++)
                mean += weights[f] * errors[f];
            if (!double.IsFinite(mean))
                Throw.Data("x", Throw.Invariant($"'x' leads to errors of held-out rows beyond the range of double, at ρ = {run.L1Ratio} and λ = {path[k].Lambda}: a fold without its far rows does not predict them; rescale, or leave such rows out."));
            for (int f = 0; f < folds; f++)
                variance += weights[f] * (errors[f] - mean) * (errors[f] - mean);
            points[k] = new(run.L1Ratio, path[k].Lambda, mean, Math.Sqrt(variance / (counted - 1)), measure.Explained(mean, nullError), path[k].Fit.NonZeroCount);
        }

        return new(run.L1Ratio, points, run.Errors, path);
    }
}

/// <summary>Which curve and which points a cross-validation settles on.</summary>
/// <param name="Curve">Index of the curve with the best mean.</param>
/// <param name="Minimum">The point of best mean on it; of several, the one of the largest λ.</param>
/// <param name="OneStandardError">The point of the largest λ whose mean is at most one standard error worse than that.</param>
internal readonly record struct Choice(int Curve, int Minimum, int OneStandardError)
{
    /// <summary>Chooses; ties between curves go to the larger λ.</summary>
    public static Choice Of(CrossValidationCurve[] curves, Measure measure)
    {
        (int curve, int minimum) = (0, 0);
        for (int c = 0; c < curves.Length; c++)
        {
            for (int k = 0; k < curves[c].Points.Count; k++)
            {
                CrossValidationPoint point = curves[c].Points[k], best = curves[curve].Points[minimum];
                if (measure.Cost(point.Mean) < measure.Cost(best.Mean) || (point.Mean == best.Mean && point.Lambda > best.Lambda))
                    (curve, minimum) = (c, k);
            }
        }

        IReadOnlyList<CrossValidationPoint> points = curves[curve].Points;
        double bar = measure.Cost(points[minimum].Mean) + points[minimum].StandardError;
        int largest = 0;
        while (measure.Cost(points[largest].Mean) > bar)
            largest++;
        return new(curve, minimum, largest);
    }
}
