using System.Text;
using ElasticNet.Fast.Cli.Assess;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// What a fit has to show for itself, as one HTML file: no script, nothing from a network, the same bytes for the same fit. Light or dark as
/// the reader's screen is, readable on a phone and on paper.
/// </summary>
internal sealed class HtmlReport(ElasticNetModel model, Tuning? tuning, ModelExplanation? explanation, TrainingData data, string source)
{
    private const int MostRows = 60;
    private const int MostResiduals = 6;

    /// <summary>Writes the file, as a whole or not at all.</summary>
    public void Save(string path) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToString()));

    /// <summary>The text of the file.</summary>
    public override string ToString()
    {
        return HtmlPage.Of($"Elastic net for {model.TargetName}", ReportWords.Headline(model, tuning), html =>
        {
            html.Section("Data", () => Data(html));
            html.Section("Choice of λ and ρ", () => Choice(html));
            html.Section("Features", () => Features(html));
            html.Section("Assessment", () => Assessment(html));
            html.Section("Certificate", () => html.Paragraph(ReportWords.Certificate(model, tuning)));
            html.Section("Provenance", () => html.Facts(ReportWords.Provenance(model, source)));
        });
    }

    private void Data(Html html)
    {
        if (data.Sparse is not null)
            SparseData(html, data.Sparse);
        else
            TableData(html, data.Table!.Table);
    }

    /// <summary>What columns are correlated with: the target, or of several outputs each response, or for each class whether a row is of it.</summary>
    private double[][] OutputsOfTarget()
    {
        if (model.OutputNames is not { Count: var outputs })
            return [data.Target.Values.ToArray()];
        double[] values = data.Target.Values.ToArray();
        return model.Family.HasClasses
            ? [.. Enumerable.Range(0, outputs).Select(k => Array.ConvertAll(values, code => double.IsNaN(code) || code < 0 ? double.NaN : code == k ? 1.0 : 0))]
            : [.. values.Chunk(data.Target.Length)];
    }

    private void SparseData(Html html, SparseMatrix<double> table)
    {
        SparseSummary summary = SparseSummary.Of(table, OutputsOfTarget()[0], MostRows);
        html.Paragraph(ReportWords.Sparse(summary));
        Constant(html);
        html.Table(
            ["feature", "r", "entries", "share", "min", "mean", "max", "SD"],
            summary.Fullest.Select(column => ReportWords.Column(data.Options.FeatureNames[column.Column], column, summary.Rows)));
        Rest(html, summary.Fullest.Count, summary.Columns, "features", "the fullest first");
    }

    private void Constant(Html html)
    {
        if (ConstantColumns.Sentence(model) is { } constant)
            html.Paragraph(char.ToUpperInvariant(constant[0]) + constant[1..] + ".");
    }

    private void TableData(Html html, FeatureTable table)
    {
        double[][] targets = OutputsOfTarget();
        ColumnSummary[] columns = [.. table.Columns.Select((column, j) => targets
            .Select(target => ColumnSummary.Of(column, table.Column(j), target)).MaxBy(summary => double.IsNaN(summary.Association) ? -1 : Math.Abs(summary.Association))!)];
        int gaps = columns.Count(column => column.Missing > 0);
        html.Paragraph(ReportWords.Table(table.Rows, columns));
        if (model.Preparation is { } preparation)
            html.Paragraph(ReportWords.Preparation(preparation));
        Constant(html);
        if (gaps > 0)
            Figure.Append(html, Pictures.MissingValues(table));
        ColumnSummary[] shown = [.. columns.OrderByDescending(column => column.Missing > 0).ThenByDescending(column => Math.Abs(column.Association)).Take(MostRows)];
        html.Table(
            ["column", "r or η", "missing", "min", "mean", "median", "max", "SD"],
            shown.Select(column => ReportWords.Column(column)));
        Rest(html, shown.Length, columns.Length, "columns", "those with gaps first, then by correlation with the target; enet describe lists all");
    }

    private void Choice(Html html)
    {
        html.Paragraph(ReportWords.Choice(model, tuning));
        foreach (TuningFinding finding in tuning?.Findings ?? [])
            html.Paragraph(finding.Text);
        if (tuning?.Search is { } search)
        {
            Measure measure = search.CrossValidation.Measure;
            SearchCandidate[] shown = [.. search.Candidates.OrderBy(candidate => measure.Cost(candidate.Best.Mean)).Take(MostRows)];
            html.Table(
                ["candidate", $"held-out {measure.Noun}", "± SE", measure.ExplainedName, "λ.min", "features"],
                shown.Select(candidate => new[]
                {
                    candidate.ToString(), Html.Number(candidate.Best.Mean), Html.Number(candidate.Best.StandardError, "g3"),
                    Html.Number(candidate.Best.RSquared, "0.000"), Html.Number(candidate.LambdaMin), Html.Number(candidate.Best.NonZeroCount, "0"),
                }));
            Rest(html, shown.Length, search.Candidates.Count, "candidates", "the best first");
        }

        // Where nothing can be selected the only λ is 0, and there is no curve.
        if (model.CrossValidation.ToArray().Count(point => point.L1Ratio == model.Fit.L1Ratio && point.Lambda > 0 && double.IsFinite(point.Mean)) > 1)
            Figure.Append(html, Pictures.CrossValidation(model));
        if (tuning?.Path is { } path && path.Count(point => point.Lambda > 0) > 1)
            Figure.Append(html, Pictures.CoefficientPaths(path, PathAxis.LogLambda, model.Fit.Lambda));
    }

    private void Features(Html html)
    {
        html.Paragraph(ReportWords.Selected(model));
        if (model.Indices.Length == 0)
            return;
        Figure.Append(html, Pictures.Coefficients(model));
        if (FamilyWords.RatioName(model.Family) is { } ratio)
            Ratios(html, ratio);
        if (explanation is null)
            return;
        FeatureExplanation[] shown = [.. explanation.Features.Take(MostRows)];
        html.Table(
            ["feature", .. model.OutputNames is null ? Array.Empty<string>() : [model.Family.OutputNoun], "coefficient", "per SD", "per IQR", "of deviance", "entered", "at λ"],
            shown.Select(f => (string[])
            [
                f.Name, .. f.Output is null ? Array.Empty<string>() : [f.Output], Html.Number(f.Coefficient), Html.Number(f.EffectPerDeviation), Html.Number(f.EffectPerQuartiles),
                Html.Number(f.DevianceContribution, "0.000"), Html.Number(f.EntryRank, "0"), Html.Number(f.EntryLambda),
            ]));
        Rest(html, shown.Length, explanation.Features.Count, model.OutputNames is null ? "features" : "coefficients", "the strongest first; enet inspect lists all");
        foreach (CorrelatedGroup group in explanation.Groups.Take(MostRows))
            html.Paragraph(ReportWords.Group(model, group, explanation.GroupCorrelation));
    }

    private void Ratios(Html html, string name)
    {
        double[] effects = new double[model.Indices.Length];
        for (int k = 0; k < effects.Length; k++)
            effects[k] = model.Values[k] * model.StandardDeviations[k];
        int[] shown = [.. Enumerable.Range(0, effects.Length).OrderByDescending(k => Math.Abs(effects[k])).Take(MostRows)];
        html.Paragraph(ReportWords.Ratio(model));
        html.Table(
            ["feature", "coefficient", $"{name} per unit", $"{name} per SD", .. explanation is null ? Array.Empty<string>() : [$"{name} per IQR"]],
            shown.Select(k => (string[])
            [
                model.NameOf(model.Indices[k]), Html.Number(model.Values[k]), Html.Number(Math.Exp(model.Values[k])), Html.Number(Math.Exp(effects[k])),
                .. explanation is null ? Array.Empty<string>() : [Html.Number(Math.Exp(explanation.Features.First(f => f.Feature == model.Indices[k]).EffectPerQuartiles))],
            ]));
        Rest(html, shown.Length, effects.Length, "features", "the strongest first; enet inspect lists all");
    }

    private void Assessment(Html html)
    {
        if (model.Family.HasOutputs)
        {
            OutputAssessment(html);
            return;
        }

        double[] predictions = new double[data.Target.Length];
        if (tuning?.Nested is { } nested)
            nested.Predictions.Span.CopyTo(predictions);
        else
            data.Predict(model, predictions);
        html.Paragraph(ReportWords.Assessment(model, tuning));
        if (model.Family.IsSurvival)
        {
            double[] weights = data.Target.Weights.IsEmpty ? [.. predictions.Select(_ => 1.0)] : data.Target.Weights.ToArray();
            for (int i = 0; i < weights.Length; i++)
                weights[i] = predictions[i] > 0 && double.IsFinite(predictions[i]) ? weights[i] : 0;
            Figure.Append(html, Pictures.Survival(SurvivalAssessment.Of(model.Family, model.Baseline, Array.ConvertAll(predictions, Math.Log), data.Target with { Weights = weights })));
            return;
        }

        if (predictions.Any(double.IsFinite))
            Figure.Append(html, Pictures.Residuals(predictions, data.Target.Values));
    }

    /// <summary>Of several outputs: who is called what, or the errors of each response.</summary>
    private void OutputAssessment(Html html)
    {
        html.Paragraph(ReportWords.Assessment(model, tuning));
        int n = data.Target.Length, outputs = model.Outputs;
        double[] eta = new double[(long)n * outputs], weights = data.Target.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, n)] : data.Target.Weights.ToArray();
        data.Predict(model.OnLinkScale, eta);
        for (int i = 0; i < n; i++)
            weights[i] = Array.TrueForAll(eta[(i * outputs)..((i + 1) * outputs)], double.IsFinite) ? weights[i] : 0;
        Target target = data.Target with { Weights = weights };
        if (model.Family.HasClasses)
        {
            MulticlassReport.Append(html, MulticlassAssessment.Of(eta, target, model.Classes));
            return;
        }

        double[][] values = OutputsOfTarget();
        MatrixView<double> given = data.Target.Offsets;
        int known = given.Rows;
        double[][] offsets = [.. values.Select(_ => new double[known])];
        for (int i = 0; i < known; i++)
        {
            for (int k = 0; k < outputs; k++)
                offsets[k][i] = given[i, k];
        }

        ModelAssessment[] each = [.. values.Select((own, k) => ModelAssessment.Of(Family.Gaussian, [.. Enumerable.Range(0, n).Select(i => eta[i * outputs + k])], new Target(own) { Weights = weights, Offset = offsets[k] }))];
        html.Table(
            ["response", .. GroupTable.Head(hasClasses: false)],
            each.Select((own, k) => (string[])[model.OutputNames![k], .. GroupTable.Cells(own, hasClasses: false)]));
        for (int k = 0; k < Math.Min(outputs, MostResiduals); k++)
        {
            html.Paragraph($"Residuals of {model.OutputNames![k]}:");
            Figure.Append(html, Pictures.Residuals(each[k].Predictions(), values[k]));
        }

        Rest(html, Math.Min(outputs, MostResiduals), outputs, "responses", "the first; enet assess has all");
    }

    private static void Rest(Html html, int shown, int all, string what, string how)
    {
        if (shown < all)
            html.Paragraph(FormattableString.Invariant($"{shown} of {all} {what} are shown, {how}."));
    }
}
