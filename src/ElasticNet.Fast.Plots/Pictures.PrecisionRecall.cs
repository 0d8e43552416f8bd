namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>Precision against recall at every threshold; the one in use is marked.</summary>
    /// <exception cref="ArgumentException">The family has no classes, or the rows are of one.</exception>
    public static Picture PrecisionRecall(ModelAssessment assessment)
    {
        ClassAssessment classes = BothClasses(assessment);
        ConfusionTable at = classes.Confusion;
        // Where nothing is called there is no precision.
        ConfusionTable[] points = [.. classes.Curve.Where(point => !double.IsNaN(point.Precision))];
        string title = "Precision and recall";
        string description = FormattableString.Invariant($"Precision against recall of {assessment.Rows} rows; average precision {classes.AveragePrecision:0.0000}, share of events {classes.EventRate:0.000}.");
        return new(title, description, style =>
        {
            string marked = double.IsNaN(at.Precision) ? "" : FormattableString.Invariant($"; dot: called from probability {at.Threshold:0.###} on");
            Sheet sheet = new(style, title, FormattableString.Invariant($"average precision {classes.AveragePrecision:0.0000}, {assessment.Rows} rows{marked}; dashed: by chance"), 78, 24);
            sheet.Limit(0, 1, 0, 1.02);
            sheet.Label("recall", "precision");
            sheet.Horizontal(classes.EventRate, sheet.Ink.Quiet, Dash.Dashed);
            sheet.Line([.. points.Select(point => point.Sensitivity)], [.. points.Select(point => point.Precision)], sheet.Ink.First, 2);
            if (!double.IsNaN(at.Precision))
                sheet.Dots([at.Sensitivity], [at.Precision], sheet.Ink.Text, 9);
            return sheet;
        });
    }
}
