using System.Text;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>An assessment of survival as one HTML file with its pictures.</summary>
internal sealed class SurvivalReport(
    ElasticNetModel model, AssessSettings settings, SurvivalAssessment whole, IReadOnlyList<(string Name, SurvivalAssessment Assessment)> groups, ProportionalHazardsTest? test, string source)
{
    /// <summary>Writes the file, as a whole or not at all.</summary>
    /// <param name="path">Its name.</param>
    public void Save(string path) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(HtmlPage.Of($"How well {settings.Target} is predicted", Headline(), Sections)));

    private void Sections(Html html)
    {
        html.Section("Order of events", () => html.Table(
            ["measure", "value"],
            [
                ["Harrell's C", Number(whole.Concordance)], [FormattableString.Invariant($"Uno's C up to {whole.Horizon:g6}"), Number(whole.UnoConcordance)],
                ["partial deviance for each event", Html.Number(whole.Deviance, "g6")], ["of the null model", Html.Number(whole.NullDeviance, "g6")],
                ["slope of the linear predictor", whole.Note ?? Html.Number(whole.Slope, "g4")],
            ]));
        html.Section("Risk groups", () =>
        {
            html.Paragraph("Groups of about equal weight by rising relative hazard: what became of them beside what the model expected.");
            Figure.Append(html, Pictures.Survival(whole));
        });
        html.Section("Over time", () => OverTime(html));
        html.Section("Residuals", () => html.Table(
            ["residual", "least", "1st quartile", "median", "3rd quartile", "largest"], [Summary("martingale", whole.MartingaleSummary), Summary("deviance", whole.DevianceSummary)]));
        if (test is not null)
            html.Section("Proportional hazards", () => Proportional(html, test));
        if (groups.Count > 0)
            html.Section($"By {settings.By}", () => html.Table([settings.By!, .. SurvivalAssess.GroupHead], groups.Select(group => (string[])[group.Name, .. SurvivalAssess.GroupCells(group.Assessment)])));
    }

    private IEnumerable<(string Name, string Value)> Headline() =>
    [
        ("model", FamilyWords.Predicts(model)), ("data", FormattableString.Invariant($"{source}, {whole.Rows} rows, {whole.Events} events")),
        ("concordance", Number(whole.Concordance)),
    ];

    private void OverTime(Html html)
    {
        html.Paragraph(FormattableString.Invariant($"Rows that were censored count through others who were watched longer. The Brier score is {whole.IntegratedBrier:0.0000} on the average up to {whole.Horizon:g6}, that of the Kaplan–Meier estimate {whole.IntegratedNullBrier:0.0000}. The model expects {whole.ExpectedEvents:g5} events, and {whole.EventWeight:g5} happened."));
        html.Table(
            ["time", "AUC", "Brier score", "Kaplan–Meier", "explained"],
            whole.AtTimes.Select(at => (string[])[Html.Number(at.Time, "g6"), Number(at.Auc), Number(at.Brier), Number(at.NullBrier), Number(at.Explained)]));
        if (whole.AtTimes.Any(at => at.Roc.Count > 0))
            Figure.Append(html, Pictures.Roc(whole));
        if (whole.AtTimes.Any(at => at.Calibration.Count > 0))
            Figure.Append(html, Pictures.Calibration(whole));
    }

    private static void Proportional(Html html, ProportionalHazardsTest test)
    {
        html.Paragraph("Fitted without a penalty, does a coefficient change with time? Small p-values say so; of the rows that selected the features they are too small.");
        html.Table(
            ["feature", "coefficient", "χ²", "p"],
            [.. test.Lines.Select(line => (string[])[line.Name, Html.Number(line.Coefficient), Html.Number(line.ChiSquare), Html.Number(line.PValue)]), ["(all)", "", Html.Number(test.ChiSquare), Html.Number(test.PValue)]]);
    }

    private static string Number(double value) => double.IsNaN(value) ? "not defined" : Html.Number(value, "0.0000");

    private static string[] Summary(string name, ResidualSummary of) => [name, .. new[] { of.Least, of.FirstQuartile, of.Median, of.ThirdQuartile, of.Largest }.Select(value => Html.Number(value))];
}
