using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>The same of a model of several classes: text or JSON.</summary>
internal static class MulticlassCommand
{
    /// <summary>Reads, assesses and reports.</summary>
    public static void Run(Terminal terminal, ElasticNetModel model, string data, AssessSettings settings, ReadingSettings reading, CancellationToken cancellationToken)
    {
        foreach ((bool isGiven, string option) in new[] { (settings.Trials is not null, "--trials"), (settings.NamesThreshold, "--threshold"), (settings.By is not null, "--by"), (settings.Out is not null, "--out") })
        {
            if (isGiven)
                throw new UsageException($"{option} is not offered for a model of several classes");
        }

        if (model.Provenance.HasOffset)
            throw new CsvDataException($"the model was fitted with an offset for each of its {model.Outputs} classes, and a table is read with one: assess it by the library");
        settings = settings.For(model);
        AssessRows rows = AssessRows.Read(terminal, data, model, settings, reading, cancellationToken);
        int[] codes = Array.ConvertAll(rows.Values, value => (int)value);
        MulticlassAssessment found = MulticlassAssessment.Of(rows.LinearPredictors, Target.Classes(codes, model.Classes!) with { Weights = rows.Weights });
        if (settings.Json)
        {
            Write(model, settings, found, terminal.OutputStream);
            return;
        }

        terminal.Output.WriteLine($"{"target",-15}{PlainText.OneLine(settings.Target!)}, {FamilyWords.Predicts(model)}");
        terminal.Output.Write(found.ToString());
    }

    private static void Write(ElasticNetModel model, AssessSettings settings, MulticlassAssessment found, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("target", settings.Target);
            json.WriteString("family", model.Family.Name);
            json.WriteString("link", model.Family.Link.Name);
            json.WriteNumber("rows", found.Rows);
            Numbers(
                json, ("weight", found.Weight), ("deviance", found.Deviance), ("nullDeviance", found.NullDeviance), ("devianceExplained", found.DevianceExplained), ("logLoss", found.LogLoss),
                ("brier", found.Brier), ("accuracy", found.Accuracy), ("macroPrecision", found.MacroPrecision), ("macroRecall", found.MacroRecall), ("macroF1", found.MacroF1), ("macroAuc", found.MacroAuc),
                ("weightedF1", found.WeightedF1), ("weightedAuc", found.WeightedAuc));
            json.WriteStartArray("classes");
            foreach (ClassScore score in found.Classes)
            {
                json.WriteStartObject();
                json.WriteString("name", score.Name);
                Numbers(json, ("weight", score.Weight), ("precision", score.Precision), ("recall", score.Recall), ("f1", score.F1), ("auc", score.Auc));
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
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Numbers(Utf8JsonWriter json, params (string Name, double Value)[] numbers)
    {
        foreach ((string name, double value) in numbers)
            ModelJson.WriteNumber(json, name, value);
    }
}
