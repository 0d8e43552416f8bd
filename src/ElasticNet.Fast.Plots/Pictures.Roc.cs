namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>The ROC curve: the share of events that are called against the share of others that are, at every threshold; the one in use is marked.</summary>
    /// <exception cref="ArgumentException">The family has no classes, or the rows are of one.</exception>
    public static Picture Roc(ModelAssessment assessment)
    {
        ClassAssessment classes = BothClasses(assessment);
        ConfusionTable at = classes.Confusion;
        string title = "ROC curve";
        string description = FormattableString.Invariant($"Sensitivity against the false positive rate of {assessment.Rows} rows; area {classes.Auc:0.0000}; from probability {at.Threshold:0.###} on {at.Sensitivity:0.000} and {at.FalsePositiveRate:0.000}.");
        return new(title, description, style =>
        {
            Sheet sheet = new(style, title, FormattableString.Invariant($"area {classes.Auc:0.0000}, {assessment.Rows} rows; dot: called from probability {at.Threshold:0.###} on; dashed: by chance"), 78, 24);
            sheet.Limit(0, 1, 0, 1.02);
            sheet.Label("false positive rate", "sensitivity");
            sheet.Segment(0, 0, 1, 1, sheet.Ink.Quiet, 1, Dash.Dashed);
            sheet.Line([.. classes.Curve.Select(point => point.FalsePositiveRate)], [.. classes.Curve.Select(point => point.Sensitivity)], sheet.Ink.First, 2);
            sheet.Dots([at.FalsePositiveRate], [at.Sensitivity], sheet.Ink.Text, 9);
            return sheet;
        });
    }

    private static ClassAssessment BothClasses(ModelAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (assessment.Classes is not { } classes)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(assessment)}' must be of a family with classes and have rows that count to be drawn so; it is of the {assessment.Family.Title} family and has {assessment.Rows} rows."), nameof(assessment));
        return double.IsNaN(classes.Auc)
            ? throw new ArgumentException(FormattableString.Invariant($"'{nameof(assessment)}' must have rows of both classes to be drawn so; all {assessment.Rows} are of one."), nameof(assessment))
            : classes;
    }
}
