using System.Text;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>An assessment as one HTML file with its pictures, as the report of a fit is.</summary>
internal sealed class AssessmentReport(ElasticNetModel model, AssessSettings settings, ModelAssessment whole, IReadOnlyList<(string Name, ModelAssessment Assessment)> groups, string source)
{
    /// <summary>Writes the file, as a whole or not at all.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="values">What came, for the picture of residuals.</param>
    public void Save(string path, double[] values) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(HtmlPage.Of($"How well {settings.Target} is predicted", Headline(), html => Sections(html, values))));

    private void Sections(Html html, double[] values)
    {
        html.Section("Errors", () =>
        {
            html.Table(
                ["measure", "value"],
                [
                    ["mean deviance", Html.Number(whole.Deviance, "g6")], ["of the null model", Html.Number(whole.NullDeviance, "g6")],
                    ["mean squared error", Html.Number(whole.MeanSquaredError, "g6")], ["its root", Html.Number(whole.RootMeanSquaredError, "g6")], ["mean absolute error", Html.Number(whole.MeanAbsoluteError, "g6")],
                    ["mean prediction", Html.Number(whole.PredictionMean, "g6")], ["mean of the target", Html.Number(whole.ResponseMean, "g6")],
                ]);
            html.Paragraph("The null model is the one constant, beside the offset, that fits these rows best. If the model was fitted to these rows, it knows them, and its figures flatter it.");
        });
        if (whole.Classes is { } classes)
        {
            html.Section("Classes", () => Classes(html, classes));
            html.Section("Probabilities", () => Probabilities(html, classes));
        }

        html.Section("Residuals", () =>
        {
            html.Table(["residual", "least", "1st quartile", "median", "3rd quartile", "largest"], [Summary("deviance", whole.DevianceSummary), Summary("Pearson", whole.PearsonSummary)]);
            Figure.Append(html, Pictures.Residuals(whole.Predictions(), values));
        });
        if (groups.Count > 0)
            html.Section($"By {settings.By}", () => html.Table([settings.By!, .. GroupTable.Head(whole.Family.HasClasses)], groups.Select(group => (string[])[group.Name, .. GroupTable.Cells(group.Assessment, whole.Family.HasClasses)])));
    }

    private IEnumerable<(string Name, string Value)> Headline() =>
    [
        ("model", FamilyWords.Predicts(model)), ("data", FormattableString.Invariant($"{source}, {whole.Rows} rows")),
        ("deviance explained", double.IsNaN(whole.DevianceExplained) ? "not defined: a constant is perfect" : Html.Number(whole.DevianceExplained, "0.0000")),
    ];

    private void Classes(Html html, ClassAssessment classes)
    {
        ConfusionTable at = classes.Confusion;
        (string other, string happened) = (whole.ClassNames![0], whole.ClassNames[1]);
        html.Paragraph(FormattableString.Invariant($"'{happened}' is called from probability {at.Threshold:0.####} on; numbers are sums of weights."));
        html.Table(
            ["", $"called {happened}", $"called {other}"],
            [[$"is {happened}", Html.Number(at.TruePositives, "g6"), Html.Number(at.FalseNegatives, "g6")], [$"is {other}", Html.Number(at.FalsePositives, "g6"), Html.Number(at.TrueNegatives, "g6")]]);
        html.Table(
            ["sensitivity", "specificity", "precision", "F1", "accuracy", "AUC", "average precision"],
            [[.. new[] { at.Sensitivity, at.Specificity, at.Precision, at.F1, at.Accuracy, classes.Auc, classes.AveragePrecision }.Select(value => Html.Number(value, "0.0000"))]]);
        if (double.IsNaN(classes.Auc))
        {
            html.Paragraph("The rows are of one class, and there is no curve to draw.");
            return;
        }

        Figure.Append(html, Pictures.Roc(whole));
        Figure.Append(html, Pictures.PrecisionRecall(whole));
    }

    private void Probabilities(Html html, ClassAssessment classes)
    {
        Calibration c = classes.Calibration;
        html.Paragraph(c.Note is { } note
            ? $"There is no recalibration: {note}."
            : FormattableString.Invariant($"Recalibrated by logistic regression on their log odds, probabilities have slope {c.Slope:g4} (1 is perfect, below it they are too extreme) and intercept {c.Intercept:g4}; with slope 1 the intercept is {c.InTheLarge:g4} (below 0 they are too high on the whole)."));
        html.Table(
            ["log-loss", "Brier score", "= reliability", "− resolution", "+ uncertainty", "+ within bins"],
            [[.. new[] { classes.LogLoss, c.Brier, c.Reliability, c.Resolution, c.Uncertainty, c.Within }.Select(value => Html.Number(value, "g5"))]]);
        Figure.Append(html, Pictures.Calibration(whole));
    }

    private static string[] Summary(string name, ResidualSummary of) => [name, .. new[] { of.Least, of.FirstQuartile, of.Median, of.ThirdQuartile, of.Largest }.Select(value => Html.Number(value))];
}
