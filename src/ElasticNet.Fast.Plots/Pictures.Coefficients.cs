using ElasticNet.Fast.Inference;
using SkiaSharp;

namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    private const int RowHeight = 19;

    /// <summary>
    /// The effect of each selected feature per standard deviation as a bar, the strongest on top, as many as there is room for. Of several outputs a table of tiles, a row
    /// for each feature and a column for each output; or the bars of the one that is named.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="output">Of several outputs the class or response that is drawn; null for all of them.</param>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    public static Picture Coefficients(ElasticNetModel model, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        int own = OutputOf(model.OutputNames, output);
        if (own < 0 && model.OutputNames is { } outputs)
            return Tiles(model, outputs);
        double[] all = new double[model.Indices.Length], values = new double[all.Length];
        for (int k = 0; k < all.Length; k++)
            all[k] = (values[k] = model.Values[k * model.Outputs + Math.Max(own, 0)]) * model.StandardDeviations[k];
        // Of one output no coefficient here is 0, and its effect may be: of a column that was constant.
        int[] order = [.. Enumerable.Range(0, all.Length).Where(k => values[k] != 0).OrderByDescending(k => Math.Abs(all[k]))];
        string[] names = Array.ConvertAll(order, k => FeatureName.Of(model.FeatureNames, model.Indices[k]));
        double[] effects = Array.ConvertAll(order, k => all[k]);
        string title = output is null ? "Effects of the selected features" : $"Effects of the selected features on {FeatureName.Shown(output)}";
        string description = effects.Length == 0
            ? "No feature is selected."
            : FormattableString.Invariant($"{effects.Length} of {model.FeatureCount} features are selected; strongest {FeatureName.Shown(names[0])}, {effects[0]:g4} per standard deviation.");
        return new(title, description, style =>
        {
            int shown = Math.Min(effects.Length, RoomFor(style));
            Sheet sheet = Rows(style, title, $"change of the {model.Family.Link.EtaWords} per standard deviation{Left(shown, effects.Length)}", names[..shown]);
            double low = Math.Min(0, effects.Take(shown).DefaultIfEmpty(0).Min()), high = Math.Max(0, effects.Take(shown).DefaultIfEmpty(0).Max());
            double air = 60 / Math.Max(1, sheet.DataWidth - 120) * (high > low ? high - low : 1);
            Limit(sheet, names[..shown], low - air, high + air);
            for (int k = 0; k < shown; k++)
            {
                sheet.Box(Math.Min(0, effects[k]), Math.Max(0, effects[k]), -k - 0.36, -k + 0.36, effects[k] > 0 ? sheet.Ink.First : sheet.Ink.Second);
                sheet.Word(
                    FormattableString.Invariant($"{effects[k]:g3}"), sheet.PixelX(effects[k]) + (effects[k] > 0 ? 5 : -5), sheet.PixelY(-k) + 4,
                    sheet.Ink.Quiet, effects[k] > 0 ? SKTextAlign.Left : SKTextAlign.Right);
            }

            sheet.Segment(0, 0.5, 0, -shown + 0.5, sheet.Ink.Text, 1);
            sheet.Label("effect of 1 standard deviation", "");
            return sheet;
        });
    }

    /// <summary>
    /// Estimates and intervals, in the order of their distance from 0 in standard errors (or half intervals where a method has none). Each feature is drawn in units in which the scales of features do not
    /// matter: an estimate is divided by its standard error, or by half its interval; where neither is finite it is left out.
    /// </summary>
    public static Picture Coefficients(InferenceResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Interval[] intervals = [.. result.Coefficients.Where(c => c.Feature >= 0).Select(Interval.Of).OfType<Interval>().OrderByDescending(row => Math.Abs(row.Estimate))];
        string title = FormattableString.Invariant($"Estimates with {100 * result.Level:g4} % intervals");
        int clear = intervals.Count(row => row.Lower > 0 || row.Upper < 0);
        string description = FormattableString.Invariant($"{result.Method}: {intervals.Length} coefficients, {clear} intervals exclude 0.");
        return new(title, description, style =>
        {
            int shown = Math.Min(intervals.Length, RoomFor(style));
            Interval[] rows = intervals[..shown];
            string[] names = Array.ConvertAll(rows, row => row.Name);
            string naive = result.IsNaiveAfterSelection ? "NAIVE after selection; " : "";
            Sheet sheet = Rows(style, title, $"{naive}{result.Method}{Left(shown, intervals.Length)}; in colour: the interval excludes 0", names);
            // An end far out, or at infinity, must not press the others together: it runs to the edge.
            double low = -1, high = 1;
            foreach (Interval row in rows)
                (low, high) = (Math.Min(low, Math.Max(row.Lower, row.Estimate - 8)), Math.Max(high, Math.Min(row.Upper, row.Estimate + 8)));
            double air = 0.05 * (high - low);
            Limit(sheet, names, low - air, high + air);
            sheet.Segment(0, 0.5, 0, -shown + 0.5, sheet.Ink.Text, 1);
            for (int k = 0; k < shown; k++)
            {
                ScottPlot.Color color = rows[k].Lower > 0 || rows[k].Upper < 0 ? sheet.Ink.First : sheet.Ink.Quiet;
                sheet.Segment(Math.Max(rows[k].Lower, low - air), -k, Math.Min(rows[k].Upper, high + air), -k, color, 2);
                sheet.Dots([rows[k].Estimate], [-k], color, 7);
            }

            sheet.Label("standard errors from 0", "");
            return sheet;
        });
    }

    private static int RoomFor(PictureStyle style) => (style.Height - 124) / RowHeight;

    private static string Left(int shown, int all) => shown < all ? FormattableString.Invariant($"; the {shown} strongest of {all}") : "";

    private static Sheet Rows(PictureStyle style, string title, string subtitle, string[] names)
    {
        double widest = names.Select(name => Sheet.WidthOf(FeatureName.Shown(name))).DefaultIfEmpty(0).Max();
        return new(style, title, subtitle, (int)Math.Min(widest, style.Width * 0.35) + 26, 20);
    }

    private static void Limit(Sheet sheet, string[] names, double low, double high)
    {
        using SKFont font = Lettering.Font(12);
        double room = sheet.Style.Width * 0.35;
        sheet.Limit(low, high, -Math.Max(1, names.Length) + 0.5, 0.5);
        sheet.LeftTicks([.. names.Select((name, k) => ((double)-k, Lettering.FitName(name, font, room)))]);
    }

    /// <summary>An estimate and its interval in standard errors.</summary>
    private sealed record Interval(string Name, double Estimate, double Lower, double Upper)
    {
        public static Interval? Of(CoefficientInference c)
        {
            double unit = c.StandardError > 0 ? c.StandardError : (c.Upper - c.Lower) / 2;
            double estimate = double.IsFinite(c.Estimate) ? c.Estimate : (c.Lower + c.Upper) / 2;
            return unit > 0 && double.IsFinite(unit) && double.IsFinite(estimate) ? new(c.Name, estimate / unit, c.Lower / unit, c.Upper / unit) : null;
        }
    }
}
