namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>The ROC curve of each class against the rest; the largest classes are named, as many as there is room for.</summary>
    /// <exception cref="ArgumentException">All rows are of one class.</exception>
    public static Picture Roc(MulticlassAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        int[] drawn = [.. Enumerable.Range(0, assessment.ClassNames.Count).Where(k => assessment.Roc(k).Count > 0)];
        if (drawn.Length == 0)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(assessment)}' must have rows of several classes to be drawn so; all {assessment.Rows} are of one."), nameof(assessment));
        string title = "ROC curves, each class against the rest";
        string areas = string.Join(", ", drawn.Select(k => FormattableString.Invariant($"{FeatureName.Shown(assessment.ClassNames[k])} {assessment.Classes[k].Auc:0.0000}")));
        return new(title, FormattableString.Invariant($"Sensitivity against the false positive rate of {assessment.Rows} rows; area {areas}."), style =>
        {
            NamedCurves.Curve[] curves = Array.ConvertAll(drawn, k => new NamedCurves.Curve(
                FormattableString.Invariant($"{assessment.ClassNames[k]} {assessment.Classes[k].Auc:0.000}"),
                [.. assessment.Roc(k).Select(point => point.FalsePositiveRate)], [.. assessment.Roc(k).Select(point => point.Sensitivity)], assessment.Classes[k].Weight));
            NamedCurves.Curve[] named = NamedCurves.Named(curves, style);
            int margin = DirectLabels.MarginFor(named.Select(curve => curve.Name), style);
            string shown = named.Length < curves.Length ? FormattableString.Invariant($"; the {named.Length} largest of {curves.Length} classes are named") : "";
            Sheet sheet = new(style, title, FormattableString.Invariant($"beside the names the areas; {assessment.Rows} rows; dashed: by chance{shown}"), 78, margin);
            sheet.Limit(0, 1, 0, 1.02);
            sheet.Label("false positive rate", "sensitivity");
            sheet.Segment(0, 0, 1, 1, sheet.Ink.Quiet, 1, Dash.Dashed);
            NamedCurves.Draw(sheet, curves, named, margin);
            return sheet;
        });
    }

    /// <summary>Who is called what: a row of tiles for each class that came, a column for each that is called; the larger the share of its rows, the deeper the colour.</summary>
    public static Picture Confusion(MulticlassAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        int count = assessment.ClassNames.Count;
        string title = "Who is called what";
        return new(title, FormattableString.Invariant($"Of {assessment.Rows} rows of {count} classes {assessment.Accuracy:0.0000} are called right."), style =>
        {
            TileGrid grid = new([.. assessment.ClassNames], [.. assessment.ClassNames], (row, column) =>
            {
                double weight = assessment[row, column], of = assessment.Classes[row].Weight;
                return (weight / of, weight > 0 ? FormattableString.Invariant($"{weight:g4}") : "", row == column);
            }, isSquare: true);
            return grid.Draw(style, title, FormattableString.Invariant($"rows came, columns are called; {assessment.Accuracy:0.0000} of {assessment.Rows} rows are called right"));
        });
    }
}
