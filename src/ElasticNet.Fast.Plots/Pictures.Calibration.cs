namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>How often the event came among rows of like probability, with two standard errors of a share either way.</summary>
    /// <exception cref="ArgumentException">The family has no classes, or no row counts.</exception>
    public static Picture Calibration(ModelAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (assessment.Classes?.Calibration is not { } calibration)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(assessment)}' must be of a family with classes and have rows that count to be drawn so; it is of the {assessment.Family.Title} family and has {assessment.Rows} rows."), nameof(assessment));
        string title = "Calibration";
        string line = calibration.Note is { } note ? note : FormattableString.Invariant($"slope {calibration.Slope:0.000}, intercept {calibration.Intercept:0.000}");
        string description = FormattableString.Invariant($"Share of events against predicted probability in {calibration.Bins.Count} bins of {assessment.Rows} rows; {line}.");
        return new(title, description, style =>
        {
            Sheet sheet = new(style, title, FormattableString.Invariant($"{line}; Brier score {calibration.Brier:g4}; ± 2 standard errors; dashed: perfect"), 78, 24);
            double[] xs = [.. calibration.Bins.Select(bin => bin.Prediction)], ys = [.. calibration.Bins.Select(bin => bin.EventRate)];
            sheet.Limit(0, 1, -0.02, 1.02);
            sheet.Label("predicted probability", "share of events");
            sheet.Segment(0, 0, 1, 1, sheet.Ink.Quiet, 1, Dash.Dashed);
            foreach (CalibrationBin bin in calibration.Bins)
            {
                double error = 2 * bin.StandardError;
                sheet.Segment(bin.Prediction, Math.Max(bin.EventRate - error, 0), bin.Prediction, Math.Min(bin.EventRate + error, 1), sheet.Ink.Faint, 2);
            }

            sheet.Line(xs, ys, sheet.Ink.First, 1);
            sheet.Dots(xs, ys, sheet.Ink.First, 8);
            return sheet;
        });
    }
}
