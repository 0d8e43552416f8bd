using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The table of a command that learns from it, read and checked, and the options for the engine.</summary>
internal sealed class TrainingData
{
    private TrainingData(CsvTable table, ReadOnlyMemory<double> target, ElasticNetOptions options) =>
        (Table, Target, Options) = (table, target, options);

    /// <summary>The features.</summary>
    public CsvTable Table { get; }

    /// <summary>What is to be predicted.</summary>
    public ReadOnlyMemory<double> Target { get; }

    /// <summary>Everything else; with a preparation where the table needs one.</summary>
    public ElasticNetOptions Options { get; }

    /// <summary>Reads and checks.</summary>
    public static TrainingData Read(Terminal terminal, FitSettings settings, CancellationToken cancellationToken)
    {
        CsvTable table = CsvTable.Read(terminal.OpenRead(settings.Data), settings.ReadOptions, cancellationToken);
        if (table.FeatureNames.Count == 0)
            throw new CsvDataException("no column is left to be a feature");
        CheckApart(table, settings);
        if (settings.Preparation.DropsRows)
            table = MissingValues.DropRows(table, terminal);
        MissingValues.Refuse(table, settings.Apart, settings.Preparation.Options);
        CheckRows(table, settings);
        var options = new ElasticNetOptions
        {
            Intercept = settings.Intercept,
            Standardize = settings.Standardize,
            Weights = settings.Weights is null ? default : table.Column(settings.Weights),
            Offset = settings.Offset is null ? default : table.Column(settings.Offset),
            LambdaMinRatio = settings.LambdaRatio,
            L1Ratios = settings.L1Ratios,
            Folds = settings.Folds,
            Repeats = settings.Repeats,
            FoldIds = settings.FoldColumn is null ? default : Array.ConvertAll(table.Column(settings.FoldColumn).ToArray(), fold => (int)fold),
            Seed = settings.Seed,
            Selection = settings.Selection,
            FeatureNames = table.FeatureNames,
            TargetName = settings.Target,
            WeightsName = settings.Weights,
            OffsetName = settings.Offset,
            // A table of numbers that nothing was asked for is fitted as it is, and its model needs no preparation.
            Preparation = settings.Preparation.IsGiven || settings.Preparations.Length > 1 || table.Table.Columns.Any(column => column.Kind == InputKind.Category)
                ? settings.Preparation.Options
                : null,
            CancellationToken = cancellationToken,
        };
        return new(table, table.Column(settings.Target), options);
    }

    /// <summary>One model.</summary>
    public ElasticNetModel Fit(double lambda, double l1Ratio, ElasticNetOptions options) => options.Preparation is null
        ? ElasticNetEstimator.Fit(Table.Features, Target.Span, lambda, l1Ratio, options)
        : ElasticNetEstimator.Fit(Table.Table, Target.Span, lambda, l1Ratio, options);

    /// <summary>A cross-validation.</summary>
    public CrossValidationResult CrossValidate(ElasticNetOptions options) => options.Preparation is null
        ? ElasticNetEstimator.CrossValidate(Table.Features, Target.Span, options)
        : ElasticNetEstimator.CrossValidate(Table.Table, Target.Span, options);

    /// <summary>A search over preparations and mixings.</summary>
    public SearchResult Search(SearchSpace space, ElasticNetOptions options) => options.Preparation is null
        ? ElasticNetEstimator.Search(Table.Features, Target.Span, space with { Preparations = [] }, options)
        : ElasticNetEstimator.Search(Table.Table, Target.Span, space, options);

    // Before rows are dropped, so that a row bears the number that it has in the file.
    private static void CheckApart(CsvTable table, FitSettings settings)
    {
        if (settings.Weights is { } weights)
            Demand(table, weights, weight => weight >= 0, "is a negative weight");
        if (settings.FoldColumn is { } folds)
            Demand(table, folds, fold => fold == Math.Floor(fold) && fold is >= int.MinValue and <= int.MaxValue, "is not a whole number, so it cannot name a fold");
    }

    private static void Demand(CsvTable table, string column, Predicate<double> isGood, string fault)
    {
        ReadOnlySpan<double> values = table.Column(column).Span;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]) && !isGood(values[i]))
                throw new CsvDataException(i + 1, column, string.Create(CultureInfo.InvariantCulture, $"{values[i]} {fault}"));
        }
    }

    private static void CheckRows(CsvTable table, FitSettings settings)
    {
        if (!settings.CrossValidates || settings.FoldColumn is not null)
            return;
        int rows = table.Rows;
        if (settings.Weights is not null)
            rows -= table.Column(settings.Weights).Span.Count(0.0);
        if (settings.Folds > rows)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"{settings.Folds} folds need as many rows of positive weight, and there {(rows == 1 ? "is" : "are")} {rows}; --folds asks for fewer, --lambda for a fit without"));
    }
}
