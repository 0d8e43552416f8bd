using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>The rows of a table with what a model predicts of them, what came, and the groups they are in.</summary>
/// <param name="LinearPredictors">η, offset included.</param>
/// <param name="Values">The target as the model has it.</param>
/// <param name="Weights">0 for rows without a prediction.</param>
/// <param name="Offset">Empty without one.</param>
/// <param name="Groups">Null where nothing was asked for by groups.</param>
internal sealed record AssessRows(double[] LinearPredictors, double[] Values, double[] Weights, double[] Offset, string?[]? Groups)
{
    /// <summary>Reads a table and predicts it.</summary>
    /// <exception cref="CsvDataException">The table is not what the model and the options say.</exception>
    public static AssessRows Read(Terminal terminal, string data, ElasticNetModel model, AssessSettings roles, ReadingSettings reading, CancellationToken cancellationToken)
    {
        IReadOnlyList<InputColumn>? inputs = model.Preparation?.Inputs ?? (model.FeatureNames is { } names ? [.. names.Select(InputColumn.Number)] : null);
        InputColumn[]? used = inputs is null ? null : [.. model.UsedInputs.ToArray().Select(j => inputs[j])];
        if (used?.FirstOrDefault(input => input.Name == roles.Target) is not null)
            throw new CsvDataException($"column '{roles.Target}' is a feature of the model; --target names what came of the rows");
        CsvTable table = ReadTable(terminal, data, model, roles, reading, used, cancellationToken);
        foreach (string note in table.Notes)
            terminal.Say($"note: {note}");
        table = MissingValues.DropRowsWithoutTarget(table, roles.Target!, terminal);
        terminal.RowNumber = table.RowNumber;
        foreach (string name in new[] { roles.Weights, roles.Offset, roles.Exposure, roles.Trials }.OfType<string>())
        {
            ColumnGaps gaps = table.Gaps(name);
            if (gaps.Count > 0)
                throw new CsvDataException(gaps.FirstRow, name, string.Create(CultureInfo.InvariantCulture, $"the value is missing, one of {gaps.Count} in this column, which nothing fills"));
        }

        double[] offset = StoredTarget.Offset(table, roles.Offset, roles.Exposure) ?? [];
        (double[] values, double[] weights) = StoredTarget.Of(table, model, roles.Target!, roles.Weights, roles.Trials);
        double[] eta = Predict(terminal, table, model, offset);
        LeaveOut(terminal, eta, weights);
        return new(eta, values, weights, offset, roles.By is { } by ? Names(table, by) : null);
    }

    private static CsvTable ReadTable(
        Terminal terminal, string data, ElasticNetModel model, AssessSettings roles, ReadingSettings reading, InputColumn[]? used, CancellationToken cancellationToken)
    {
        bool groupsByFeature = used?.Any(input => input.Name == roles.By) == true;
        // Parts of dates come from one column of text, which its cells declare.
        Dictionary<string, string> sources = (model.TextFormat?.Columns ?? []).Where(column => column.Part != TextPart.Number).ToDictionary(column => column.Name, column => column.Source, StringComparer.Ordinal);
        List<string> categories = [.. (used ?? []).Where(input => input.Kind == InputKind.Category && !sources.ContainsKey(input.Name)).Select(input => input.Name)];
        if (model.Family.HasClasses && roles.Trials is null)
            categories.Add(roles.Target!);
        if (roles.By is { } by && !groupsByFeature)
            categories.Add(by);
        return CsvTable.Read(terminal.OpenRead(data), reading.OptionsFor(model) with
        {
            Apart = [.. new[] { roles.Target, roles.Weights, roles.Offset, roles.Exposure, roles.Trials, groupsByFeature ? null : roles.By }.OfType<string>()],
            Only = used is null ? null : [.. used.Select(input => sources.GetValueOrDefault(input.Name, input.Name)).Distinct()],
            Categories = [.. categories],
            Numbers = [.. (used ?? []).Where(input => input.Kind == InputKind.Number && !sources.ContainsKey(input.Name)).Select(input => input.Name)],
        }, cancellationToken);
    }

    private static double[] Predict(Terminal terminal, CsvTable table, ElasticNetModel model, double[] offset)
    {
        double[] eta = new double[table.Rows];
        if (model.UsedInputs.IsEmpty && model.FeatureNames is not null)
        {
            for (int i = 0; i < eta.Length; i++)
                eta[i] = model.Intercept + (offset.Length == 0 ? 0 : offset[i]);
            return eta;
        }

        InputTally tally = new();
        model.OnLinkScale.Predict(table.Table, eta, offset, tally);
        if (tally.ToString() is { Length: > 0 } said)
            terminal.Say($"note: {said}");
        return eta;
    }

    private static void LeaveOut(Terminal terminal, double[] eta, double[] weights)
    {
        int lost = 0;
        for (int i = 0; i < eta.Length; i++)
        {
            if (double.IsFinite(eta[i]))
                continue;
            weights[i] = 0;
            lost++;
        }

        if (lost == eta.Length)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"none of the {lost} rows has a prediction: a feature is missing in each, and the model fills no gaps"));
        if (lost > 0)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"note: {lost} of {eta.Length} rows {(lost == 1 ? "has" : "have")} no prediction, because a feature is missing that the model does not fill, and {(lost == 1 ? "is" : "are")} left out"));
    }

    private static string?[] Names(CsvTable table, string column)
    {
        IReadOnlyList<string> levels = table.Levels(column);
        return Array.ConvertAll(table.Column(column).ToArray(), value => double.IsNaN(value) ? null : levels.Count > 0 ? levels[(int)value] : value.ToString(CultureInfo.InvariantCulture));
    }
}
