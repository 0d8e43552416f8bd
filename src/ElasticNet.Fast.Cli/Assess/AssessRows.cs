using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>The rows of a table with what a model predicts of them, what came, and the groups they are in.</summary>
/// <param name="LinearPredictors">η, offset included; of several outputs those of a row side by side.</param>
/// <param name="Values">The target as the model has it; of several responses one after another.</param>
/// <param name="Weights">0 for rows without a prediction.</param>
/// <param name="Offset">Empty without one; of several outputs those of a row side by side.</param>
/// <param name="Groups">Null where nothing was asked for by groups.</param>
internal sealed record AssessRows(double[] LinearPredictors, double[] Values, double[] Weights, double[] Offset, string?[]? Groups)
{
    /// <summary>How long rows were watched, of a Cox model.</summary>
    public SurvivalColumns? Survival { get; private init; }

    /// <summary>The columns of the model.</summary>
    public required FeatureTable Table { get; init; }

    /// <summary>Reads a table and predicts it.</summary>
    /// <exception cref="CsvDataException">The table is not what the model and the options say.</exception>
    public static AssessRows Read(Terminal terminal, string data, ElasticNetModel model, AssessSettings roles, ReadingSettings reading, CancellationToken cancellationToken)
    {
        IReadOnlyList<InputColumn>? inputs = model.Preparation?.Inputs ?? (model.FeatureNames is { } names ? [.. names.Select(InputColumn.Number)] : null);
        InputColumn[]? used = inputs is null ? null : [.. model.UsedInputs.ToArray().Select(j => inputs[j])];
        if (used?.FirstOrDefault(input => roles.Targets.Contains(input.Name.Trim())) is { } known)
            throw new CsvDataException($"column '{known.Name.Trim()}' is a feature of the model; --target names what came of the rows");
        if (roles.Survival.Columns?.Others.FirstOrDefault(name => used?.Any(input => input.Name.Trim() == name) == true) is { } twice)
            throw new CsvDataException($"column '{twice}' is a feature of the model; --event, --start and --strata name others");
        string? feature = used?.FirstOrDefault(input => input.Name.Trim() == roles.By)?.Name;
        // What is read as a date is grouped by its day, though the model may have its month alone.
        bool isDate = roles.By is { } date && used is not null
            && ModelTable.Dates(model).Any(part => used.Any(input => input.Name == part.Name) && (part.Source.Trim() == date));
        CsvTable table = ReadTable(terminal, data, model, roles, reading, used, isDate || feature is not null ? null : roles.By, isDate, cancellationToken);
        roles.Survival.Columns?.Check(table);
        foreach (string target in roles.Targets)
            table = MissingValues.DropRowsWithoutTarget(table, target, terminal);
        terminal.RowNumber = table.RowNumber;
        foreach (string name in new[] { roles.Weights, roles.Exposure, roles.Trials }.Concat(roles.Offsets).Concat(roles.Survival.Columns?.Others ?? []).OfType<string>())
        {
            ColumnGaps gaps = table.Gaps(name);
            if (gaps.Count > 0)
                throw new CsvDataException(gaps.FirstRow, name, string.Create(CultureInfo.InvariantCulture, $"the value is missing, one of {gaps.Count} in this column, which nothing fills"));
        }

        double[] offset = model.Family.HasOutputs ? StoredTarget.Offsets(table, roles.Offsets) : StoredTarget.Offset(table, roles.Offset, roles.Exposure) ?? [];
        (double[] values, double[] weights) = StoredTarget.Of(table, model, roles.Targets[0], roles.Weights, roles.Trials);
        foreach (string target in roles.Targets.Skip(1))
            values = [.. values, .. table.Column(target).Span];
        double[] eta = Predict(terminal, table, model, offset);
        LeaveOut(terminal, eta, weights);
        return new(eta, values, weights, offset, (feature ?? roles.By) is { } by ? Names(table, by, isDate) : null)
        {
            Survival = roles.Survival.Columns?.Read(terminal, table),
            Table = table.Table,
        };
    }

    private static CsvTable ReadTable(
        Terminal terminal, string data, ElasticNetModel model, AssessSettings roles, ReadingSettings reading, InputColumn[]? used, string? by, bool isDate, CancellationToken cancellationToken)
    {
        string? labels = model.Family.HasClasses && roles.Trials is null ? roles.Targets[0] : null;
        CsvReadOptions options = reading.OptionsFor(model);
        return ModelTable.Read(terminal, data, reading, model, used, options with
        {
            Apart = [.. roles.Targets.Concat(roles.Offsets).Concat([roles.Weights, roles.Exposure, roles.Trials, by]).Concat(roles.Survival.Columns?.Others ?? []).OfType<string>().Distinct()],
            Categories = [.. new[] { labels, by }.Concat(roles.Survival.Columns?.Texts ?? []).OfType<string>().Distinct()],
            Dates = isDate ? [.. options.Dates.Union([TextPart.Days])] : options.Dates,
        }, cancellationToken);
    }

    private static double[] Predict(Terminal terminal, CsvTable table, ElasticNetModel model, double[] offset)
    {
        double[] eta = new double[(long)table.Rows * model.Outputs];
        if (model.UsedInputs.IsEmpty && model.FeatureNames is not null)
        {
            for (int i = 0; i < eta.Length; i++)
                eta[i] = model.Intercepts[i % model.Outputs] + (offset.Length == 0 ? 0 : offset[i]);
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
        int n = weights.Length, outputs = eta.Length / Math.Max(1, n);
        for (int i = 0; i < n; i++)
        {
            if (Array.TrueForAll(eta[(i * outputs)..((i + 1) * outputs)], double.IsFinite))
                continue;
            weights[i] = 0;
            lost++;
        }

        if (lost == n)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"none of the {lost} rows has a prediction: a feature is missing in each, and the model fills no gaps"));
        if (lost > 0)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"note: {lost} of {n} rows {(lost == 1 ? "has" : "have")} no prediction, because a feature is missing that the model does not fill, and {(lost == 1 ? "is" : "are")} left out"));
    }

    private static string?[] Names(CsvTable table, string column, bool isDate)
    {
        IReadOnlyList<string> levels = table.Levels(column);
        return Array.ConvertAll(table.Column(column).ToArray(), value => double.IsNaN(value) ? null
            : isDate ? DateParts.Text(value) : levels.Count > 0 ? levels[(int)value] : value.ToString(CultureInfo.InvariantCulture));
    }
}
