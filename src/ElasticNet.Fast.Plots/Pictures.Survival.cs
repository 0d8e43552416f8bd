using ScottPlot;

namespace ElasticNet.Fast.Plots;

// A Cox model on rows whose survival is known.
public static partial class Pictures
{
    private const int CurvePoints = 200;

    /// <summary>The share without the event over time in groups of like relative hazard: what was observed (Kaplan–Meier), and what the model expects.</summary>
    /// <exception cref="ArgumentException">No row counts.</exception>
    public static Picture Survival(SurvivalAssessment assessment)
    {
        Demand(assessment, assessment?.Groups.Count > 0, "rows that count");
        RiskGroup[] groups = [.. assessment!.Groups];
        bool isPredicted = !double.IsNaN(groups[0].Predicted(0));
        double last = groups.Max(group => group.LastTime);
        string title = "Survival by risk group";
        string lines = isPredicted ? "solid: observed (Kaplan–Meier), dashed: predicted" : "observed (Kaplan–Meier)";
        string description = FormattableString.Invariant($"Share of {assessment.Rows} rows without the event up to {last:g6}, in {groups.Length} groups of rising relative hazard; {lines}; concordance {assessment.Concordance:0.000}.");
        return new(title, description, style =>
        {
            string[] names = [.. groups.Select((_, k) => FormattableString.Invariant($"group {k + 1}{(groups.Length == 1 ? "" : k == 0 ? ", lowest" : k == groups.Length - 1 ? ", highest" : "")}"))];
            int margin = DirectLabels.MarginFor(names, style);
            Sheet sheet = new(style, title, FormattableString.Invariant($"{lines}; groups of rising hazard, {assessment.Rows} rows, {assessment.Events} events; concordance {assessment.Concordance:0.000}"), 78, margin);
            sheet.Limit(0, last, 0, 1.02);
            sheet.Label("time", "share without the event");
            double[] grid = [.. Enumerable.Range(0, CurvePoints + 1).Select(k => last * k / CurvePoints)];
            List<(string, double, Color)> labels = [];
            for (int k = groups.Length - 1; k >= 0; k--)
            {
                Color color = sheet.Ink.Curve(k).Color;
                RiskGroup group = groups[k];
                if (isPredicted)
                    sheet.Line(grid, Array.ConvertAll(grid, group.Predicted), color, 1.5f, Dash.Dashed);
                (double[] xs, double[] ys) = Steps(group);
                sheet.Line(xs, ys, color, 2);
                labels.Add((names[k], ys[^1], color));
            }

            DirectLabels.Write(sheet, labels, margin);
            return sheet;
        });
    }

    /// <summary>The share without the event at each time against the predicted one, in groups of like relative hazard, with two standard errors either way.</summary>
    /// <exception cref="ArgumentException">The model has no baseline hazard, or nobody was watched so long.</exception>
    public static Picture Calibration(SurvivalAssessment assessment)
    {
        Demand(assessment, assessment?.AtTimes.Any(at => at.Calibration.Count > 0) == true, "chances at a time that somebody was watched until");
        SurvivalAtTime[] times = [.. assessment!.AtTimes.Where(at => at.Calibration.Count > 0)];
        string title = "Calibration of survival";
        string description = FormattableString.Invariant($"Share without the event against the predicted one at {string.Join(", ", times.Select(at => FormattableString.Invariant($"{at.Time:g6}")))} in {assessment.Groups.Count} groups of {assessment.Rows} rows.");
        return new(title, description, style =>
        {
            NamedCurves.Curve[] curves = AtEach(times, style, at => ([.. at.Calibration.OrderBy(bin => bin.Prediction).Select(bin => bin.Prediction)], [.. at.Calibration.OrderBy(bin => bin.Prediction).Select(bin => bin.Observed)]));
            int margin = DirectLabels.MarginFor(curves.Select(curve => curve.Name), style);
            Sheet sheet = new(style, title, FormattableString.Invariant($"{assessment.Groups.Count} groups of rising hazard, {assessment.Rows} rows; ± 2 standard errors; dashed: perfect"), 78, margin);
            sheet.Limit(0, 1, -0.02, 1.02);
            sheet.Label("predicted share without the event", "observed (Kaplan–Meier)");
            sheet.Segment(0, 0, 1, 1, sheet.Ink.Quiet, 1, Dash.Dashed);
            foreach (SurvivalCalibrationBin bin in times.Take(curves.Length).SelectMany(at => at.Calibration))
                sheet.Segment(bin.Prediction, Math.Max(bin.Observed - 2 * bin.StandardError, 0), bin.Prediction, Math.Min(bin.Observed + 2 * bin.StandardError, 1), sheet.Ink.Faint, 2);
            NamedCurves.Draw(sheet, curves, curves, margin);
            for (int k = 0; k < curves.Length; k++)
                sheet.Dots(curves[k].Xs, curves[k].Ys, sheet.Ink.Curve(k).Color, 8);
            return sheet;
        });
    }

    /// <summary>The receiver operating characteristic at each time: the share of rows with the event by then that are called against the share of others that are.</summary>
    /// <exception cref="ArgumentException">At no time there are rows with the event and rows without.</exception>
    public static Picture Roc(SurvivalAssessment assessment)
    {
        Demand(assessment, assessment?.AtTimes.Any(at => at.Roc.Count > 0) == true, "rows with the event and rows without at some time");
        SurvivalAtTime[] times = [.. assessment!.AtTimes.Where(at => at.Roc.Count > 0)];
        string title = "ROC curves over time";
        string areas = string.Join(", ", times.Select(at => FormattableString.Invariant($"{at.Auc:0.000} at {at.Time:g6}")));
        return new(title, FormattableString.Invariant($"Sensitivity against the false positive rate of {assessment.Rows} rows; area {areas}."), style =>
        {
            NamedCurves.Curve[] curves = AtEach(times, style, at => ([.. at.Roc.Select(point => point.FalsePositiveRate)], [.. at.Roc.Select(point => point.Sensitivity)]));
            int margin = DirectLabels.MarginFor(curves.Select(curve => curve.Name), style);
            Sheet sheet = new(style, title, FormattableString.Invariant($"area {areas}; {assessment.Rows} rows; dashed: by chance"), 78, margin);
            sheet.Limit(0, 1, 0, 1.02);
            sheet.Label("false positive rate", "sensitivity");
            sheet.Segment(0, 0, 1, 1, sheet.Ink.Quiet, 1, Dash.Dashed);
            NamedCurves.Draw(sheet, curves, curves, margin);
            return sheet;
        });
    }

    // The first times, as many as the style names curves.
    private static NamedCurves.Curve[] AtEach(SurvivalAtTime[] times, PictureStyle style, Func<SurvivalAtTime, (double[] Xs, double[] Ys)> curve) =>
        NamedCurves.Named(times.Select((at, k) => (at, k)).Select(one => new NamedCurves.Curve(FormattableString.Invariant($"at {one.at.Time:g6}"), curve(one.at).Xs, curve(one.at).Ys, times.Length - one.k)), style);

    private static (double[] Xs, double[] Ys) Steps(RiskGroup group)
    {
        List<double> xs = [0], ys = [1];
        ReadOnlySpan<double> times = group.Observed.Times.Span, survival = group.Observed.Survival.Span;
        for (int k = 0; k < times.Length; k++)
        {
            xs.AddRange([times[k], times[k]]);
            ys.AddRange([ys[^1], survival[k]]);
        }

        xs.Add(group.LastTime);
        ys.Add(ys[^1]);
        return ([.. xs], [.. ys]);
    }

    private static void Demand(SurvivalAssessment? assessment, bool has, string what)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (!has)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(assessment)}' must have {what} to be drawn so; it has {assessment.Rows} rows, {assessment.Events} of them with the event."), nameof(assessment));
    }
}
