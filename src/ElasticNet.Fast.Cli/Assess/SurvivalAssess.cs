using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>A Cox model held against rows whose survival is known.</summary>
internal static class SurvivalAssess
{
    /// <summary>Assesses and reports.</summary>
    /// <param name="terminal">Where text goes.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="source">The name of the data, for a report.</param>
    public static void Run(Terminal terminal, ElasticNetModel model, AssessRows rows, AssessSettings settings, string source)
    {
        Target target = rows.Survival!.Target with { Weights = rows.Weights, Offset = rows.Offset };
        SurvivalAssessment whole = SurvivalAssessment.Of(model.Family, model.Baseline, rows.LinearPredictors, target, settings.Survival.Times);
        IReadOnlyList<(string Name, SurvivalAssessment Assessment)> groups = rows.Groups is { } names ? whole.By(names) : [];
        ProportionalHazardsTest? test = settings.Survival.Proportional is { } scale ? ProportionalHazardsTest.Of(model, rows.Table, target, scale) : null;
        if (settings.WritesReport)
            new SurvivalReport(model, settings, whole, groups, test, source).Save(settings.Out!);
        else if (settings.Out is { } picture)
            Draw(whole, settings.Kind).Save(picture);
        if (settings.Json)
        {
            SurvivalJson.Write(model, settings, whole, groups, test, terminal.OutputStream);
            return;
        }

        terminal.Output.WriteLine($"{"target",-15}{PlainText.OneLine(settings.Target!)}, {FamilyWords.Predicts(model)}");
        terminal.Output.Write(whole.ToString());
        if (test is not null)
        {
            terminal.Output.WriteLine();
            terminal.Output.Write(test.ToString(terminal.ShowsOutput));
        }

        if (groups.Count > 0)
            WriteGroups(terminal, settings.By!, groups);
        if (settings.Out is { } written)
            terminal.Output.WriteLine($"{(settings.WritesReport ? "report" : "picture"),-15}{written}");
    }

    /// <summary>What the columns of a table of groups are.</summary>
    public static string[] GroupHead => ["rows", "events", "expected", "explained", "Harrell's C", "Uno's C", "Brier score"];

    /// <summary>What a group has in them.</summary>
    public static string[] GroupCells(SurvivalAssessment of) =>
    [
        Html.Number(of.Rows, "0"), Html.Number(of.Events, "0"), Html.Number(of.ExpectedEvents), Html.Number(of.DevianceExplained, "0.0000"), Html.Number(of.Concordance, "0.0000"),
        Html.Number(of.UnoConcordance, "0.0000"), Html.Number(of.IntegratedBrier, "0.0000"),
    ];

    private static Picture Draw(SurvivalAssessment assessment, string? kind) => kind switch
    {
        "calibration" => Pictures.Calibration(assessment),
        "roc" => Pictures.Roc(assessment),
        _ => Pictures.Survival(assessment),
    };

    private static void WriteGroups(Terminal terminal, string column, IReadOnlyList<(string Name, SurvivalAssessment Assessment)> groups)
    {
        string title = $"by {column}";
        var names = terminal.Names(title, groups.Select(group => group.Name));
        terminal.Output.WriteLine();
        Line(title, GroupHead);
        foreach ((string name, SurvivalAssessment of) in groups)
            Line(name, GroupCells(of));

        void Line(string name, string[] cells) => terminal.Output.WriteLine(names[name] + string.Concat(cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $" {cell,11}"))));
    }
}
