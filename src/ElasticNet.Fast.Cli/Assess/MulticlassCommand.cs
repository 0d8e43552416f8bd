using System.Text.Json;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>The same of a model of several classes: text, JSON, a report or a picture.</summary>
internal static class MulticlassCommand
{
    /// <summary>Assesses and reports.</summary>
    /// <param name="terminal">Where text goes.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="source">The name of the data, for a report.</param>
    public static void Run(Terminal terminal, ElasticNetModel model, AssessRows rows, AssessSettings settings, string source)
    {
        int[] codes = Array.ConvertAll(rows.Values, value => (int)value);
        Target target = Target.Classes(codes, model.Classes!) with { Weights = rows.Weights };
        // Beside offsets the shares of the classes are not the best constants.
        MulticlassAssessment whole = MulticlassAssessment.Of(
            rows.LinearPredictors, rows.Offset.Length == 0 ? target : target with { Offsets = MatrixView.RowMajor<double>(rows.Offset, codes.Length, model.Outputs) });
        IReadOnlyList<(string Name, MulticlassAssessment Assessment)> groups = rows.Groups is { } names ? whole.By(names) : [];
        if (settings.WritesReport)
            MulticlassReport.Save(model, settings, whole, groups, source);
        else if (settings.Out is { } picture)
            (settings.Kind == "confusion" ? Pictures.Confusion(whole) : Pictures.Roc(whole)).Save(picture);
        if (settings.Json)
        {
            Write(model, settings, whole, groups, terminal.OutputStream);
            return;
        }

        terminal.Output.WriteLine($"{"target",-15}{PlainText.OneLine(settings.Target!)}, {FamilyWords.Predicts(model)}");
        terminal.Output.Write(whole.ToString());
        if (groups.Count > 0)
            WriteGroups(terminal, settings.By!, groups);
        if (settings.Out is { } written)
            terminal.Output.WriteLine($"{(settings.WritesReport ? "report" : "picture"),-15}{written}");
    }

    /// <summary>What the columns of a table of groups are.</summary>
    public static string[] Head { get; } = ["rows", "log-loss", "explained", "Brier", "right", "mean F1", "mean AUC"];

    /// <summary>What a group has in them.</summary>
    public static string[] Cells(MulticlassAssessment of) =>
    [
        Html.Number(of.Rows, "0"), Html.Number(of.LogLoss), Html.Number(of.DevianceExplained, "0.0000"), Html.Number(of.Brier), Html.Number(of.Accuracy, "0.0000"),
        Html.Number(of.MacroF1, "0.0000"), Html.Number(of.MacroAuc, "0.0000"),
    ];

    private static void WriteGroups(Terminal terminal, string column, IReadOnlyList<(string Name, MulticlassAssessment Assessment)> groups)
    {
        string title = $"by {column}";
        var names = terminal.Names(title, groups.Select(group => group.Name));
        terminal.Output.WriteLine();
        Line(title, Head);
        foreach ((string name, MulticlassAssessment of) in groups)
            Line(name, Cells(of));

        void Line(string name, string[] cells) => terminal.Output.WriteLine(names[name] + string.Concat(cells.Select(cell => $" {cell,11}")));
    }

    private static void Write(ElasticNetModel model, AssessSettings settings, MulticlassAssessment whole, IReadOnlyList<(string Name, MulticlassAssessment Assessment)> groups, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("target", settings.Target);
            json.WriteString("family", model.Family.Name);
            json.WriteString("link", model.Family.Link.Name);
            Measures(json, whole);
            if (settings.By is not null)
            {
                json.WriteString("by", settings.By);
                json.WriteStartArray("groups");
                foreach ((string name, MulticlassAssessment of) in groups)
                {
                    json.WriteStartObject();
                    json.WriteString("name", name);
                    Measures(json, of);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Measures(Utf8JsonWriter json, MulticlassAssessment found)
    {
        json.WriteNumber("rows", found.Rows);
        AssessmentJson.Numbers(
            json, ("weight", found.Weight), ("deviance", found.Deviance), ("nullDeviance", found.NullDeviance), ("devianceExplained", found.DevianceExplained), ("logLoss", found.LogLoss),
            ("brier", found.Brier), ("accuracy", found.Accuracy), ("macroPrecision", found.MacroPrecision), ("macroRecall", found.MacroRecall), ("macroF1", found.MacroF1), ("macroAuc", found.MacroAuc),
            ("weightedF1", found.WeightedF1), ("weightedAuc", found.WeightedAuc));
        json.WriteStartArray("classes");
        foreach (ClassScore score in found.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", score.Name);
            AssessmentJson.Numbers(json, ("weight", score.Weight), ("precision", score.Precision), ("recall", score.Recall), ("f1", score.F1), ("auc", score.Auc));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        // Rows are what came, columns what was called, both in the order of the classes.
        json.WriteStartArray("confusion");
        for (int actual = 0; actual < found.ClassNames.Count; actual++)
        {
            json.WriteStartArray();
            for (int called = 0; called < found.ClassNames.Count; called++)
                json.WriteNumberValue(found[actual, called]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
