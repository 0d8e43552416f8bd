using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>The raw rows of a table as the model's features, with target, weights and offset: as the fit had them.</summary>
internal sealed record VerifyRows(double[][] Features, double[] Target, double[] Weights, double[]? Offset)
{
    /// <summary>How long rows were watched, of a Cox model.</summary>
    public SurvivalColumns? Survival { get; private init; }

    /// <summary>Reads a table for a model.</summary>
    /// <param name="terminal">Where the table may come from, and dropped rows are told.</param>
    /// <param name="data">The table.</param>
    /// <param name="model">The model; its preparation makes the features.</param>
    /// <param name="roles">Names of the columns of target, weights and offset, where the model does not say them.</param>
    /// <param name="reading">How the table is read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvDataException">The model cannot be verified, or the table is not what it must be.</exception>
    public static VerifyRows Read(Terminal terminal, string data, ElasticNetModel model, VerifyRoles roles, ReadingSettings reading, CancellationToken cancellationToken)
    {
        Preparation? preparation = model.Preparation;
        if (preparation?.Options.Imputation == ImputationMethod.Multiple)
            throw new CsvDataException("a model of several imputations cannot be verified: what was drawn for the gaps of its training rows is not in the file");
        roles = roles.For(model);
        IReadOnlyList<InputColumn>? inputs = preparation?.Inputs ?? (model.FeatureNames is { } features ? [.. features.Select(InputColumn.Number)] : null);
        CsvTable table = ModelTable.Read(terminal, data, reading, model, inputs, reading.OptionsFor(model) with
        {
            Apart = roles.Names,
            Categories = model.Family.HasClasses && roles.Trials is null ? roles.Targets : roles.Columns?.Texts ?? [],
        }, cancellationToken);
        roles.Columns?.Check(table);
        // The fit left them out, too.
        foreach (string target in roles.Targets)
            table = MissingValues.DropRowsWithoutTarget(table, target, terminal);
        if (table.FeatureNames.Count != model.InputCount)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"the model has no feature names, so that columns are matched by position: it has {model.InputCount} features, the CSV {table.FeatureNames.Count} columns beside {string.Join(", ", roles.Names)}"));
        if (preparation?.Options.Imputation == ImputationMethod.DropRows)
            table = MissingValues.DropRows(table, terminal);
        MissingValues.Refuse(table, roles.Names, preparation?.Options ?? new());
        double[][] columns = [.. (inputs?.Select(input => input.Name) ?? table.FeatureNames).Select(name => table.Column(name).ToArray())];
        (double[] values, double[] weights) = StoredTarget.Of(table, model, roles.Targets[0], roles.Weights, roles.Trials);
        foreach (string target in roles.Targets[1..])
            values = [.. values, .. table.Column(target).Span];
        if (roles.BalancesClasses)
            weights = TargetColumn.Balanced(values, weights, table.RowNumber).Weights;
        return new(preparation is null ? columns : Prepare(preparation, table, columns), values, weights, StoredTarget.Offset(table, roles.Offset, roles.Exposure))
        {
            Survival = roles.Columns?.Read(terminal, table),
        };
    }

    // The table numbers the levels that it has; the model those that it was fitted to.
    private static double[][] Prepare(Preparation preparation, CsvTable table, double[][] columns)
    {
        int rows = table.Rows;
        double[] raw = new double[rows * columns.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            InputColumn input = preparation.Inputs[j];
            InputColumn read = table.Table.Columns.Single(column => column.Name == input.Name);
            for (int i = 0; i < rows; i++)
            {
                double value = columns[j][i];
                raw[j * rows + i] = input.Kind == InputKind.Category && !double.IsNaN(value) ? input.CodeOf(read.Levels[(int)value]) : value;
            }
        }

        double[] features = new double[rows * preparation.FeatureCount];
        preparation.Transform(MatrixView.ColumnMajor<double>(raw, rows, columns.Length), features);
        return [.. Enumerable.Range(0, preparation.FeatureCount).Select(k => features[(k * rows)..((k + 1) * rows)])];
    }
}
