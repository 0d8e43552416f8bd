using System.Text;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>An assessment of several classes as one HTML file with its pictures.</summary>
internal static class MulticlassReport
{
    /// <summary>Writes the file that the settings name, as a whole or not at all.</summary>
    public static void Save(
        ElasticNetModel model, AssessSettings settings, MulticlassAssessment whole, IReadOnlyList<(string Name, MulticlassAssessment Assessment)> groups, string source) =>
        AtomicFile.Write(settings.Out!, Encoding.UTF8.GetBytes(HtmlPage.Of(
            $"How well {settings.Target} is predicted",
            [
                ("model", FamilyWords.Predicts(model)), ("data", FormattableString.Invariant($"{source}, {whole.Rows} rows")),
                ("called right", Html.Number(whole.Accuracy, "0.0000")),
                ("deviance explained", double.IsNaN(whole.DevianceExplained) ? "not defined: a constant is perfect, or there are offsets" : Html.Number(whole.DevianceExplained, "0.0000")),
            ],
            html =>
            {
                html.Section("Errors", () =>
                {
                    html.Table(MulticlassCommand.Head, [MulticlassCommand.Cells(whole)]);
                    html.Paragraph("Deviance is beside that of the shares of the classes in these rows. If the model was fitted to these rows, it knows them, and its figures flatter it.");
                });
                html.Section("Classes", () => Append(html, whole));
                if (groups.Count > 0)
                    html.Section($"By {settings.By}", () => html.Table([settings.By!, .. MulticlassCommand.Head], groups.Select(group => (string[])[group.Name, .. MulticlassCommand.Cells(group.Assessment)])));
            })));

    /// <summary>Each class against the rest, and who is called what: in tables and pictures.</summary>
    public static void Append(Html html, MulticlassAssessment of)
    {
        html.Table(
            ["class", "weight", "precision", "recall", "F1", "AUC"],
            of.Classes.Select(score => (string[])
            [
                score.Name, Html.Number(score.Weight), Html.Number(score.Precision, "0.0000"), Html.Number(score.Recall, "0.0000"), Html.Number(score.F1, "0.0000"), Html.Number(score.Auc, "0.0000"),
            ]));
        Figure.Append(html, Pictures.Confusion(of));
        if (of.Classes.Any(score => !double.IsNaN(score.Auc)))
            Figure.Append(html, Pictures.Roc(of));
    }
}
