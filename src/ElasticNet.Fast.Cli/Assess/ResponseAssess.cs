using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>A model of several responses held against rows whose responses are known: each for itself, as a model of one.</summary>
internal static class ResponseAssess
{
    /// <summary>Assesses and reports.</summary>
    /// <param name="terminal">Where text goes.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="source">The name of the data, for a report.</param>
    public static void Run(Terminal terminal, ElasticNetModel model, AssessRows rows, AssessSettings settings, string source)
    {
        if (settings.Out is not null && !settings.WritesReport)
            throw new UsageException("--out writes an .html report of a model of several responses: a picture of residuals is of one");
        Response[] responses = [.. Enumerable.Range(0, model.Outputs).Select(k => Of(model, rows, k))];
        if (settings.WritesReport)
            Save(model, settings, responses, source);
        if (settings.Json)
        {
            Write(model, settings, responses, terminal.OutputStream);
            return;
        }

        terminal.Output.WriteLine($"{"target",-15}{PlainText.OneLine(settings.Target!)}, {FamilyWords.Predicts(model)}");
        GroupTable.Write("response", [.. responses.Select(response => (response.Name, response.Whole))], terminal);
        foreach (Response response in responses.Where(response => response.Groups.Count > 0))
            GroupTable.Write($"{settings.By}: {response.Name}", response.Groups, terminal);
        if (settings.Out is { } written)
            terminal.Output.WriteLine($"{"report",-15}{written}");
    }

    private static Response Of(ElasticNetModel model, AssessRows rows, int k)
    {
        int outputs = model.Outputs, n = rows.Weights.Length;
        double[] eta = Own(rows.LinearPredictors), offset = rows.Offset.Length == 0 ? [] : Own(rows.Offset), values = rows.Values[(k * n)..((k + 1) * n)];
        ModelAssessment whole = ModelAssessment.Of(Family.Gaussian, eta, new Target(values) { Weights = rows.Weights, Offset = offset });
        return new(model.OutputNames![k], whole, values, rows.Groups is { } names ? whole.By(names) : []);

        double[] Own(double[] all) => [.. Enumerable.Range(0, n).Select(i => all[i * outputs + k])];
    }

    private static void Save(ElasticNetModel model, AssessSettings settings, Response[] responses, string source) => AtomicFile.Write(settings.Out!, Encoding.UTF8.GetBytes(HtmlPage.Of(
        $"How well {settings.Target} are predicted",
        [("model", FamilyWords.Predicts(model)), ("data", FormattableString.Invariant($"{source}, {responses[0].Whole.Rows} rows"))],
        html =>
        {
            html.Section("Errors", () =>
            {
                html.Table(["response", .. GroupTable.Head(hasClasses: false)], responses.Select(response => (string[])[response.Name, .. GroupTable.Cells(response.Whole, hasClasses: false)]));
                html.Paragraph("If the model was fitted to these rows, it knows them, and its figures flatter it.");
            });
            foreach (Response response in responses)
            {
                html.Section(response.Name, () =>
                {
                    if (response.Groups.Count > 0)
                        html.Table([settings.By!, .. GroupTable.Head(hasClasses: false)], response.Groups.Select(group => (string[])[group.Name, .. GroupTable.Cells(group.Assessment, hasClasses: false)]));
                    Figure.Append(html, Pictures.Residuals(response.Whole.Predictions(), response.Values));
                });
            }
        })));

    private static void Write(ElasticNetModel model, AssessSettings settings, Response[] responses, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("target", settings.Target);
            json.WriteString("family", model.Family.Name);
            json.WriteString("link", model.Family.Link.Name);
            json.WriteStartArray("responses");
            foreach (Response response in responses)
            {
                json.WriteStartObject();
                json.WriteString("name", response.Name);
                AssessmentJson.Body(json, settings, response.Whole, response.Groups);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>One response.</summary>
    private sealed record Response(string Name, ModelAssessment Whole, double[] Values, IReadOnlyList<(string Name, ModelAssessment Assessment)> Groups);
}
