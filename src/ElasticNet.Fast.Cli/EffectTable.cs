using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// The selected features by standardised effect: what one standard deviation of each does to the linear predictor, and where that is a
/// logarithm by what it multiplies odds or mean, per unit and per standard deviation.
/// </summary>
internal static class EffectTable
{
    private const string Feature = "feature";
    private const string Intercept = "(intercept)";

    /// <summary>Writes one line a feature, the strongest first, and last the intercept, where a family has one.</summary>
    public static void Write(ElasticNetModel model, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        if (model.OutputNames is { } outputs)
        {
            WriteOutputs(model, outputs, terminal);
            return;
        }

        double[] effects = new double[model.Indices.Length];
        var names = terminal.Names(Feature, [Intercept, .. model.Indices.ToArray().Select(model.NameOf)]);
        for (int k = 0; k < effects.Length; k++)
            effects[k] = model.Values[k] * model.StandardDeviations[k];
        string? ratio = FamilyWords.RatioName(model.Family);
        output.WriteLine($"{names[Feature]}  {"effect of 1 SD",14}  {"coefficient",14}" + (ratio is null ? "" : $"  {ratio,14}  {"per SD",14}"));
        // A stable order: ties keep the order of the columns.
        foreach (int k in Enumerable.Range(0, effects.Length).OrderByDescending(k => Math.Abs(effects[k])))
            Line(output, names[model.NameOf(model.Indices[k])], [Number(effects[k]), Number(model.Values[k]), .. ratio is null ? Array.Empty<string>() : [Number(Math.Exp(model.Values[k])), Number(Math.Exp(effects[k]))]]);
        if (!model.Family.IsSurvival)
            Line(output, names[Intercept], ["", Number(model.Intercept)]);
    }

    /// <summary>A line for each coefficient that is not 0: a column for each output would be legible for few.</summary>
    private static void WriteOutputs(ElasticNetModel model, IReadOnlyList<string> outputs, Terminal terminal)
    {
        var names = terminal.Names(Feature, [Intercept, .. model.Indices.ToArray().Select(model.NameOf)]);
        string noun = model.Family.OutputNoun;
        var whose = terminal.Names(noun, outputs);
        int[] features = model.Indices.ToArray();
        double[] values = model.Values.ToArray(), deviations = model.StandardDeviations.ToArray();
        terminal.Output.WriteLine($"{names[Feature]}  {whose[noun]}  {"effect of 1 SD",14}  {"coefficient",14}");
        foreach (int at in Enumerable.Range(0, values.Length).Where(at => values[at] != 0).OrderByDescending(at => Math.Abs(values[at] * deviations[at / outputs.Count])))
            Line(terminal.Output, $"{names[model.NameOf(features[at / outputs.Count])]}  {whose[outputs[at % outputs.Count]]}", [Number(values[at] * deviations[at / outputs.Count]), Number(values[at])]);
        for (int k = 0; k < outputs.Count; k++)
            Line(terminal.Output, $"{names[Intercept]}  {whose[outputs[k]]}", ["", Number(model.Intercepts[k])]);
    }

    private static void Line(TextWriter output, string name, string[] cells) =>
        output.WriteLine($"{name}{string.Concat(cells.Select(cell => $"  {cell,14}"))}");

    private static string Number(double value) => value.ToString("g6", CultureInfo.InvariantCulture);
}
