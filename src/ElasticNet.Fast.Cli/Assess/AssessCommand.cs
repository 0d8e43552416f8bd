using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>A model and rows with a target in, how well it predicts them out.</summary>
internal static class AssessCommand
{
    /// <summary>More groups than these are no groups.</summary>
    private const int MostGroups = 1000;

    /// <summary>Reads, assesses and reports.</summary>
    public static void Run(Terminal terminal, string modelPath, string data, AssessSettings settings, ReadingSettings reading, CancellationToken cancellationToken)
    {
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        settings = settings.For(model);
        AssessRows rows = AssessRows.Read(terminal, data, model, settings, reading, cancellationToken);
        if (rows.Groups?.Distinct().Count() is > MostGroups and var many)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"column '{settings.By}' has {many} values, and --by takes at most {MostGroups} groups"));
        if (model.Family.IsSurvival)
        {
            SurvivalAssess.Run(terminal, model, rows, settings, Path.GetFileName(data));
            return;
        }

        if (model.Family.HasOutputs)
        {
            if (model.Family.HasClasses)
                MulticlassCommand.Run(terminal, model, rows, settings, Path.GetFileName(data));
            else
                ResponseAssess.Run(terminal, model, rows, settings, Path.GetFileName(data));
            return;
        }

        Target target = new(rows.Values) { Weights = rows.Weights, Offset = rows.Offset };
        ModelAssessment whole = ModelAssessment.Of(model.Family, rows.LinearPredictors, target, settings.Threshold, model.Classes);
        IReadOnlyList<(string Name, ModelAssessment Assessment)> groups = rows.Groups is { } names ? whole.By(names) : [];
        if (settings.WritesReport)
            new AssessmentReport(model, settings, whole, groups, Path.GetFileName(data)).Save(settings.Out!, rows.Values);
        else if (settings.Out is { } picture)
            Draw(whole, rows.Values, settings.Kind).Save(picture);
        if (settings.Json)
        {
            AssessmentJson.Write(model, settings, whole, groups, terminal.OutputStream);
            return;
        }

        string predicts = model.Family == Family.Gaussian ? "" : $", {FamilyWords.Predicts(model)}";
        terminal.Output.WriteLine($"{"target",-15}{PlainText.OneLine(settings.Target!)}{predicts}");
        terminal.Output.Write(whole.ToString());
        if (groups.Count > 0)
            GroupTable.Write(settings.By!, groups, terminal);
        if (settings.Out is { } written)
            terminal.Output.WriteLine($"{(settings.WritesReport ? "report" : "picture"),-15}{written}");
    }

    private static Picture Draw(ModelAssessment assessment, double[] values, string? kind) => (kind ?? (assessment.Classes is null ? "residuals" : "roc")) switch
    {
        "roc" => Pictures.Roc(assessment),
        "precision-recall" => Pictures.PrecisionRecall(assessment),
        "calibration" => Pictures.Calibration(assessment),
        _ => Pictures.Residuals(assessment.Predictions(), values),
    };
}
