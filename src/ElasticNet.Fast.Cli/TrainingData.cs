using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The table of a command that learns from it, read and checked, and the options for the engine.</summary>
internal sealed class TrainingData
{
    private readonly TargetColumn _target;

    private TrainingData(CsvTable? table, SparseMatrix<double>? sparse, TargetColumn target, ElasticNetOptions options, FoldPlan? folds = null) =>
        (Table, Sparse, _target, Options, Folds) = (table, sparse, target, options, folds);

    /// <summary>The table; null where it is sparse.</summary>
    public CsvTable? Table { get; }

    /// <summary>The sparse table; null where it is not.</summary>
    public SparseMatrix<double>? Sparse { get; }

    private FoldPlan? Folds { get; }

    /// <summary>What is fitted: the sparse table, or the columns, raw where there is a preparation.</summary>
    public Features Features => Sparse is not null ? Sparse : Options.Preparation is null ? Table!.Features : Table!.Table;

    /// <summary>What is to be predicted, with what belongs to its rows.</summary>
    public Target Target => _target.Target with { Folds = Folds };

    /// <summary>Everything else; with a preparation where the table needs one.</summary>
    public ElasticNetOptions Options { get; }

    /// <summary>Reads and checks.</summary>
    public static TrainingData Read(Terminal terminal, FitSettings settings, CancellationToken cancellationToken)
    {
        TrainingData data = settings.IsSvmLight ? ReadSvmLight(terminal, settings, cancellationToken) : ReadCsv(terminal, settings, cancellationToken);
        Family family = settings.Loss.For(terminal, data.Features, data.Target, settings.Lambda, settings.L1Ratios[0], data.Options);
        return new(data.Table, data.Sparse, data._target, data.Options with { Family = family }, data.Folds);
    }

    /// <summary>Predicts the rows; of several outputs those of a row side by side.</summary>
    public void Predict(ElasticNetModel model, Span<double> predictions)
    {
        if (Sparse is not null)
            model.Predict(Sparse, predictions);
        else
            model.Predict(Table!.Table, predictions, _target.OffsetsByRow);
    }

    private static TrainingData ReadSvmLight(Terminal terminal, FitSettings settings, CancellationToken cancellationToken)
    {
        SvmLightFile file = SvmLightInput.Read(terminal, settings.Data, settings.ZeroBased, cancellationToken);
        if (file.Features.Columns == 0)
            throw new CsvDataException("no row has a pair index:value, so there is no feature");
        CheckFolds(file.Features.Rows, settings);
        string[] names = [.. Enumerable.Range(0, file.Features.Columns).Select(j => SvmLightInput.NameOf(j, settings.ZeroBased))];
        ElasticNetOptions options = OptionsOf(settings, cancellationToken) with { FeatureNames = names };
        return new(null, file.Features, TargetColumn.Of(terminal, file.Target, settings.Loss), settings.Groups?.For(terminal, options, hasCategories: false, cancellationToken) ?? options);
    }

    private static TrainingData ReadCsv(Terminal terminal, FitSettings settings, CancellationToken cancellationToken)
    {
        CsvTable table = ReadTable(terminal, settings, cancellationToken);
        if (table.FeatureNames.Count == 0)
            throw new CsvDataException("no column is left to be a feature");
        CheckApart(table, settings);
        foreach (string note in table.Notes)
            terminal.Say($"note: {note}");
        foreach (string target in settings.Targets)
            table = MissingValues.DropRowsWithoutTarget(table, target, terminal);
        if (settings.Preparation.DropsRows)
            table = MissingValues.DropRows(table, terminal);
        terminal.RowNumber = table.RowNumber;
        MissingValues.Refuse(table, settings.Apart, settings.Preparation.Options);
        Identifiers.Refuse(table, settings, terminal);
        CheckRows(table, settings);
        foreach (string target in settings.Targets)
            Leaks.Say(terminal, table, target);
        ElasticNetOptions options = OptionsOf(settings, cancellationToken) with
        {
            FeatureNames = table.FeatureNames,
            TextFormat = table.Format,
            // A table of numbers that nothing was asked for is fitted as it is, and its model needs no preparation.
            Preparation = settings.Preparation.IsGiven || settings.Preparations.Length > 1 || table.Table.Columns.Any(column => column.Kind == InputKind.Category)
                ? settings.Preparation.Options
                : null,
        };
        options = settings.Groups?.For(terminal, options, table.Table.Columns.Any(column => column.Kind == InputKind.Category), cancellationToken) ?? options;
        return new(table, null, TargetColumn.Of(terminal, table, settings), options, settings.Folds.Column?.Plan(table, settings.Folds, settings.Seed));
    }

    private static CsvTable ReadTable(Terminal terminal, FitSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return TableInput.Read(terminal, settings.Data, settings.Reading, settings.ReadOptions, cancellationToken);
        }
        catch (CsvDataException exception) when (exception.Column == settings.Target)
        {
            throw TargetColumn.Advice(terminal, settings, cancellationToken) is { } advice ? new CsvDataException(advice, exception) : exception;
        }
    }

    // What is set without a look at the table.
    private static ElasticNetOptions OptionsOf(FitSettings settings, CancellationToken cancellationToken) => new()
    {
        Family = settings.Loss.Family,
        Intercept = settings.Intercept,
        GroupOutputs = settings.GroupsOutputs,
        Standardize = settings.Standardize,
        LambdaMinRatio = settings.LambdaRatio,
        L1Ratios = settings.L1Ratios,
        Folds = settings.Folds.Count,
        Repeats = settings.Folds.Repeats,
        Seed = settings.Seed,
        Selection = settings.Selection,
        Measure = settings.Measure,
        TargetName = settings.Target,
        WeightsName = settings.Weights,
        OffsetName = settings.Offset,
        CancellationToken = cancellationToken,
    };

    /// <summary>One model.</summary>
    public ElasticNetModel Fit(double lambda, double l1Ratio, ElasticNetOptions options) =>
        ElasticNetEstimator.Fit(Features, Target, lambda, l1Ratio, options);

    /// <summary>A cross-validation.</summary>
    public CrossValidationResult CrossValidate(ElasticNetOptions options) => ElasticNetEstimator.CrossValidate(Features, Target, options);

    /// <summary>A search over preparations and mixings.</summary>
    public SearchResult Search(SearchSpace space, ElasticNetOptions options) =>
        ElasticNetEstimator.Search(Features, Target, Within(space)!, options);

    /// <summary>The error of the whole choice, each outer fold held out from it.</summary>
    public NestedCrossValidationResult NestedCrossValidate(int outerFolds, SearchSpace? space, ElasticNetOptions options) =>
        ElasticNetEstimator.NestedCrossValidate(Features, Target, outerFolds, options, Within(space));

    // What is fitted as it is has no preparations to choose from.
    private SearchSpace? Within(SearchSpace? space) => space is not null && Options.Preparation is null ? space with { Preparations = [] } : space;

    // Before rows are dropped, so that a row bears the number that it has in the file.
    private static void CheckApart(CsvTable table, FitSettings settings)
    {
        if (settings.Weights is { } weights)
            Demand(table, weights, weight => weight >= 0, "is a negative weight");
        settings.Folds.Column?.Check(table);
        settings.Loss.Survival?.Check(table);
    }

    private static void Demand(CsvTable table, string column, Predicate<double> isGood, string fault)
    {
        ReadOnlySpan<double> values = table.Column(column).Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]) && !isGood(values[i]))
                throw new CsvDataException(table.RowNumber(i), column, string.Create(CultureInfo.InvariantCulture, $"{values[i]} {fault}"));
        }
    }

    private static void CheckRows(CsvTable table, FitSettings settings)
    {
        if (!settings.Folds.AreGiven)
            CheckFolds(table.Rows - (settings.Weights is null ? 0 : table.Column(settings.Weights).Span.Count(0.0)), settings);
    }

    private static void CheckFolds(int rows, FitSettings settings)
    {
        if (settings.CrossValidates && settings.Folds.Count > rows)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"{settings.Folds.Count} folds need as many rows of positive weight, and there {(rows == 1 ? "is" : "are")} {rows}; --folds asks for fewer, --lambda for a fit without"));
    }
}
