using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>
    /// Stability paths: in what share of the halves each feature has entered by a λ. The selected features, which cross the threshold, are
    /// coloured and named, the most frequent first; the others are grey.
    /// </summary>
    public static Picture StabilityPaths(StabilityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double[] lambdas = [.. result.Lambdas.ToArray().Where(lambda => lambda > 0)];
        if (lambdas.Length < 2)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(result)}' ({lambdas.Length} λ > 0) must have at least 2 to draw curves through."), nameof(result));
        string title = "Stability paths";
        string description = FormattableString.Invariant($"{result.Selected.Length} of {result.FeatureNames.Count} features are selected by {100 * result.Threshold:0.#} % of {2 * result.Pairs} halves; at most {result.FalseSelections:g3} of them are false, in expectation.");
        return new(title, description, style =>
        {
            double[] xs = Array.ConvertAll(lambdas, lambda => -Math.Log10(lambda));
            List<NamedCurves.Curve> curves = [];
            for (int j = 0; j < result.FeatureNames.Count; j++)
            {
                double frequency = result.Frequencies.Span[j];
                if (frequency > 0)
                    curves.Add(new(result.FeatureNames[j], xs, [.. Enumerable.Range(0, xs.Length).Select(k => result.Paths.Span[k, j])], frequency >= result.Threshold ? frequency : 0));
            }

            NamedCurves.Curve[] named = NamedCurves.Named(curves, style);
            int margin = DirectLabels.MarginFor(named.Select(curve => curve.Name), style);
            string left = named.Length < result.Selected.Length ? FormattableString.Invariant($"; {named.Length} named") : "";
            Sheet sheet = new(style, title, FormattableString.Invariant($"share of {2 * result.Pairs} halves in which a feature has entered; {result.Selected.Length} selected{left}"), 78, margin);
            sheet.Limit(xs[0], xs[^1], 0, 1.04);
            sheet.Label("λ (falling, logarithmic)", "share of the halves");
            sheet.BottomTicks(NumberTicks.Powers(xs[0], xs[^1], (int)(sheet.DataWidth / 60)));
            sheet.Horizontal(result.Threshold, sheet.Ink.Quiet, Dash.Dashed);
            NamedCurves.Draw(sheet, curves, named, margin);
            string threshold = FormattableString.Invariant($"threshold {result.Threshold:0.##}");
            sheet.Ground(sheet.PixelX(xs[0]) + 3, sheet.PixelY(result.Threshold) - 18, Sheet.WidthOf(threshold) + 6, 15);
            sheet.Word(threshold, sheet.PixelX(xs[0]) + 6, sheet.PixelY(result.Threshold) - 6, sheet.Ink.Text, SkiaSharp.SKTextAlign.Left);
            return sheet;
        });
    }
}
