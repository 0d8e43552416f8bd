using System.Globalization;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>Assessments of groups beside each other.</summary>
internal static class GroupTable
{
    /// <summary>What the columns are.</summary>
    public static string[] Head(bool hasClasses) => hasClasses
        ? ["rows", "predicted", "observed", "explained", "AUC", "sensitivity", "specificity", "accuracy"]
        : ["rows", "predicted", "observed", "explained", "RMSE", "MAE"];

    /// <summary>What a group has in them; nothing where something is not defined.</summary>
    public static string[] Cells(ModelAssessment of, bool hasClasses)
    {
        string[] all = [Html.Number(of.Rows, "0"), Html.Number(of.PredictionMean), Html.Number(of.ResponseMean), Html.Number(of.DevianceExplained, "0.0000")];
        ConfusionTable at = of.Classes?.Confusion ?? new(double.NaN, 0, 0, 0, 0);
        return hasClasses
            ? [.. all, Html.Number(of.Classes?.Auc ?? double.NaN, "0.0000"), Html.Number(at.Sensitivity, "0.0000"), Html.Number(at.Specificity, "0.0000"), Html.Number(at.Accuracy, "0.0000")]
            : [.. all, Html.Number(of.RootMeanSquaredError), Html.Number(of.MeanAbsoluteError)];
    }

    /// <summary>A line for each group.</summary>
    public static void Write(string column, IReadOnlyList<(string Name, ModelAssessment Assessment)> groups, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        bool hasClasses = groups[0].Assessment.Family.HasClasses;
        string title = $"by {column}";
        var names = terminal.Names(title, groups.Select(group => group.Name));
        output.WriteLine();
        Line(title, Head(hasClasses));
        foreach ((string name, ModelAssessment of) in groups)
            Line(name, Cells(of, hasClasses));

        void Line(string name, string[] cells) => output.WriteLine(names[name] + string.Concat(cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $" {cell,11}"))));
    }
}
