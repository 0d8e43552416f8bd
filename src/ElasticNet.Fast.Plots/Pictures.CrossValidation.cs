using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>The cross-validated measure along the path, with a standard error either way, λ.min and λ.1se; curves of other ρ behind.</summary>
    public static Picture CrossValidation(CrossValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return CrossValidation(
            [.. result.Curves.SelectMany(curve => curve.Points)], result.L1Ratio, result.LambdaMin, result.Lambda1Se, result.Measure);
    }

    /// <summary>The same of the cross-validation that a model keeps.</summary>
    /// <exception cref="ArgumentException">The model was not cross-validated.</exception>
    public static Picture CrossValidation(ElasticNetModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.CrossValidation.IsEmpty)
            throw new ArgumentException($"'{nameof(model)}' must come from a cross-validation; this one was fitted at a λ that was given or chosen by a criterion.", nameof(model));
        return CrossValidation(
            model.CrossValidation.ToArray(), model.Fit.L1Ratio, model.Provenance.LambdaMin, model.Provenance.Lambda1Se, model.Provenance.Measure);
    }

    private static Picture CrossValidation(CrossValidationPoint[] points, double l1Ratio, double lambdaMin, double lambda1Se, Measure measure)
    {
        CrossValidationPoint[] best = Curve(points, l1Ratio);
        if (best.Length < 2)
            throw new ArgumentException(FormattableString.Invariant($"A curve of {best.Length} λ > 0 at ρ = {l1Ratio} cannot be drawn; at least 2 are needed."), nameof(points));
        double[] others = [.. points.Select(point => point.L1Ratio).Distinct().Where(other => other != l1Ratio)];
        string title = $"Cross-validated {measure.Noun}";
        CrossValidationPoint least = best.MinBy(point => measure.Cost(point.Mean));
        string description = FormattableString.Invariant($"Held-out {measure} along {best.Length} λ at ρ = {l1Ratio:g3}; {measure.BestWord} {least.Mean:g4} ± {least.StandardError:g2} at λ = {lambdaMin:g4}; λ.1se = {lambda1Se:g4}.");
        return new(title, description, style =>
        {
            string behind = others.Length == 0 ? "" : FormattableString.Invariant($"; grey: {others.Length} other ρ");
            Sheet sheet = new(style, title, FormattableString.Invariant($"held-out {measure} ± 1 standard error, ρ = {l1Ratio:g3}{behind}"), 78, 24);
            double[] xs = Array.ConvertAll(best, point => -Math.Log10(point.Lambda)), means = Array.ConvertAll(best, point => point.Mean);
            double low = best.Min(point => point.Mean - point.StandardError), high = best.Max(point => point.Mean + point.StandardError);
            // Two rows of words stand above the curve.
            double span = high > low ? high - low : 1;
            sheet.Limit(xs[0], xs[^1] > xs[0] ? xs[^1] : xs[0] + 1, low - 0.04 * span, high + 0.16 * span);
            sheet.Label("λ (falling, logarithmic)", measure.Words);
            sheet.BottomTicks(NumberTicks.Powers(xs[0], xs[^1], (int)(sheet.DataWidth / 60)));
            foreach (double other in others)
            {
                CrossValidationPoint[] curve = Curve(points, other);
                sheet.Line(Array.ConvertAll(curve, point => -Math.Log10(point.Lambda)), Array.ConvertAll(curve, point => point.Mean), sheet.Ink.Faint, 1);
            }

            for (int k = 0; k < best.Length; k++)
                sheet.Segment(xs[k], means[k] - best[k].StandardError, xs[k], means[k] + best[k].StandardError, sheet.Ink.Faint, 1);
            sheet.Line(xs, means, sheet.Ink.First, 2);
            sheet.Dots(xs, means, sheet.Ink.First, 4);
            Mark(lambda1Se, lambda1Se == lambdaMin ? "λ.min = λ.1se" : "λ.1se", 0);
            if (lambda1Se != lambdaMin)
                Mark(lambdaMin, "λ.min", 1);
            return sheet;

            void Mark(double lambda, string name, int row)
            {
                if (lambda > 0)
                    MarkedLambda.Draw(sheet, -Math.Log10(lambda), FormattableString.Invariant($"{name} = {lambda:g4}, {best.MinBy(point => Math.Abs(point.Lambda - lambda)).NonZeroCount} features"), row);
            }
        });
    }

    private static CrossValidationPoint[] Curve(CrossValidationPoint[] points, double l1Ratio) =>
        [.. points.Where(point => point.L1Ratio == l1Ratio && point.Lambda > 0 && double.IsFinite(point.Mean) && double.IsFinite(point.StandardError))];
}
