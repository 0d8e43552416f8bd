using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>A model as text for people.</summary>
internal static class ModelReport
{
    /// <summary>Writes choice, selected features, cross-validated error and certificate.</summary>
    public static void Write(ElasticNetModel model, Terminal terminal, Tuning? tuning = null)
    {
        TextWriter output = terminal.Output;
        ElasticNetFit fit = model.Fit;
        Provenance provenance = model.Provenance;
        Line(output, "target", $"{PlainText.OneLine(model.TargetName ?? "(unnamed)")}, {provenance.Rows} rows, {model.FeatureCount} features{Extras(provenance, model.Family)}");
        if (model.Family != Family.Gaussian)
            Line(output, "family", $"{FamilyWords.Predicts(model)}");
        if (model.Baseline is { } baseline)
            Line(output, "baseline", $"{baseline.Strata.Count} {(baseline.Strata.Count == 1 ? "stratum" : "strata")}, {baseline.Strata.Sum(stratum => stratum.Times.Length)} times of events");
        Line(output, "chosen", $"λ = {fit.Lambda:g10}, ρ = {fit.L1Ratio}{Reason(provenance, tuning)}");
        if (provenance.Folds > 0)
        {
            Line(output, "", $"λ.min = {provenance.LambdaMin:g10}, λ.1se = {provenance.Lambda1Se:g10}");
            string repeats = provenance.Repeats > 1 ? Text($" × {provenance.Repeats}") : "";
            string seed = provenance.Seed is { } given ? Text($", seed {given}") : ", given";
            if (model.ChosenPoint() is { } point)
                Line(output, "held out", $"{provenance.Measure} {point.Mean:g6} ± {point.StandardError:g3}, {provenance.Measure.ExplainedName} {Digits.Four(point.RSquared)} ({provenance.Folds} folds{repeats}{seed})");
        }
        if (tuning?.Nested is { } nested)
            Line(output, "nested", $"{nested.Measure} {nested.Mean:g6} ± {nested.StandardError:g3}, {nested.Measure.ExplainedName} {Digits.Four(nested.RSquared)} ({nested.Folds.Count} outer folds: the choice is not judged by what it was chosen by)");
        foreach (TuningFinding finding in tuning?.Findings ?? [])
            Line(output, "note", $"{finding.Text}");
        Line(output, "fit", $"{fit.NonZeroCount} of {model.FeatureCount} features, {fit.DegreesOfFreedom:0.0#} degrees of freedom, {(model.Family == Family.Gaussian ? "deviance ratio" : "deviance explained")} {Digits.Four(fit.DevianceRatio)}");
        Line(output, "certificate", $"relative duality gap {fit.RelativeGap:0.0e+0}, optimality residual {fit.KktResidual:0.0e+0}{(fit.IsExact ? "" : "; not exact")}");
        output.WriteLine();
        if (tuning?.Search is { } search)
            output.WriteLine(search);
        EffectTable.Write(model, terminal);
        output.WriteLine();
    }

    private static string Extras(Provenance provenance, Family family) =>
        (provenance.Standardize ? "" : ", not standardised")
        + (provenance.Intercept || family.IsSurvival ? "" : ", no intercept")
        + (provenance.HasWeights ? ", weighted" : "")
        + (provenance.HasOffset ? ", with an offset" : "");

    private static string Reason(Provenance provenance, Tuning? tuning) => (provenance.Folds, provenance.Selection) switch
    {
        (0, _) when tuning?.CriterionName is { } criterion => Text($" (least {criterion}, {tuning.Value:g8})"),
        // The file does not say whether a person or a criterion chose.
        (0, _) => " (not cross-validated)",
        (_, LambdaSelection.Minimum) => $" ({provenance.Measure.BestWord} cross-validated {provenance.Measure.Noun})",
        _ => $" (largest λ within one standard error of the {provenance.Measure.BestWord} {provenance.Measure.Noun})",
    };

    private static void Line(TextWriter output, string label, FormattableString text) =>
        output.WriteLine(label.PadRight(15) + Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
