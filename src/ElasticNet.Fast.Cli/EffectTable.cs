using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// The selected features by standardised effect: what one standard deviation of each does to the linear predictor, and where that is a
/// logarithm by what it multiplies odds or mean, per unit and per standard deviation.
/// </summary>
internal static class EffectTable
{
    private const int LongestName = 40;

    /// <summary>Writes one line a feature, the strongest first, and the intercept last.</summary>
    public static void Write(ElasticNetModel model, TextWriter output)
    {
        double[] effects = new double[model.Indices.Length];
        int width = "(intercept)".Length;
        for (int k = 0; k < effects.Length; k++)
        {
            effects[k] = model.Values[k] * model.StandardDeviations[k];
            width = Math.Max(width, Math.Min(LongestName, Shown(model, k).Length));
        }
        string? ratio = FamilyWords.RatioName(model.Family);
        output.WriteLine($"{"feature".PadRight(width)}  {"effect of 1 SD",14}  {"coefficient",14}" + (ratio is null ? "" : $"  {ratio,14}  {"per SD",14}"));
        // A stable order: ties keep the order of the columns.
        foreach (int k in Enumerable.Range(0, effects.Length).OrderByDescending(k => Math.Abs(effects[k])))
            Line(output, width, Shown(model, k), [Number(effects[k]), Number(model.Values[k]), .. ratio is null ? Array.Empty<string>() : [Number(Math.Exp(model.Values[k])), Number(Math.Exp(effects[k]))]]);
        Line(output, width, "(intercept)", ["", Number(model.Intercept)]);
    }

    private static void Line(TextWriter output, int width, string name, string[] cells) =>
        output.WriteLine($"{Shorten(name).PadRight(width)}{string.Concat(cells.Select(cell => $"  {cell,14}"))}");

    private static string Shown(ElasticNetModel model, int k) => PlainText.OneLine(model.NameOf(model.Indices[k]));

    private static string Number(double value) => value.ToString("g6", CultureInfo.InvariantCulture);

    private static string Shorten(string name) => name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName - 1), "…");
}
