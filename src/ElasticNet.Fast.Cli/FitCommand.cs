using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV in, certified model out.</summary>
internal sealed class FitCommand(Terminal terminal, FitSettings settings)
{
    /// <summary>Reads, fits, saves where asked to, and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        CheckOut();
        CsvTable table = CsvTable.Read(terminal.OpenRead(settings.Data), settings.ReadOptions, cancellationToken);
        if (table.FeatureNames.Count == 0)
            throw new CsvDataException("no column is left to be a feature");
        CheckApart(table);
        if (settings.Preparation.DropsRows)
            table = MissingValues.DropRows(table, terminal);
        MissingValues.Refuse(table, settings.Apart, settings.Preparation.Options);
        CheckRows(table);
        ReadOnlyMemory<double> y = table.Column(settings.Target);

        long start = Stopwatch.GetTimestamp();
        using ElasticNetModel model = Fit(table, y, cancellationToken);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        if (model.Preparation?.Convergence is { Converged: false } ended)
            terminal.Say($"warning: imputation took {PreparationReport.Ended(ended)}; its last values are used; --rounds allows more, --impute median does without");

        bool saved = false;
        try
        {
            if (settings.Out is not null)
            {
                model.Save(settings.Out);
                saved = true;
            }
        }
        finally
        {
            // A fit that took an hour is not lost to a full disk.
            Report(model, elapsed, saved);
        }
    }

    private void Report(ElasticNetModel model, TimeSpan elapsed, bool saved)
    {
        if (settings.Json)
        {
            ModelJson.Write(model, terminal.OutputStream);
            return;
        }
        ModelReport.Write(model, terminal.Output);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time           {elapsed.TotalSeconds:0.000} s, reading not included"));
        if (saved)
            terminal.Output.WriteLine($"model          {settings.Out}");
    }

    // What can be known about the place before the work is done is said before the work is done.
    private void CheckOut()
    {
        if (settings.Out is null)
            return;
        if (Directory.Exists(settings.Out))
            throw new IOException($"--out ({settings.Out}) must name a file; it is a directory");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(settings.Out))))
            throw new IOException($"--out ({settings.Out}) must lie in a directory that exists");
    }

    private ElasticNetModel Fit(CsvTable table, ReadOnlyMemory<double> y, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(terminal);
        var options = new ElasticNetOptions
        {
            Intercept = settings.Intercept,
            Standardize = settings.Standardize,
            Weights = settings.Weights is null ? default : table.Column(settings.Weights),
            Offset = settings.Offset is null ? default : table.Column(settings.Offset),
            L1Ratios = settings.L1Ratios,
            Folds = settings.Folds,
            Repeats = settings.Repeats,
            FoldIds = settings.FoldColumn is null ? default : Array.ConvertAll(table.Column(settings.FoldColumn).ToArray(), fold => (int)fold),
            Seed = settings.Seed,
            Selection = settings.Selection,
            FeatureNames = table.FeatureNames,
            TargetName = settings.Target,
            Progress = terminal.ShowsProgress ? progress : null,
            CancellationToken = cancellationToken,
        };
        if (!IsPrepared(table))
        {
            return settings.Lambda is { } given
                ? ElasticNetEstimator.Fit(table.Features, y.Span, given, settings.L1Ratios[0], options)
                : ElasticNetEstimator.CrossValidate(table.Features, y.Span, options).Model;
        }
        options = options with { Preparation = settings.Preparation.Options };
        return settings.Lambda is { } lambda
            ? ElasticNetEstimator.Fit(table.Table, y.Span, lambda, settings.L1Ratios[0], options)
            : ElasticNetEstimator.CrossValidate(table.Table, y.Span, options).Model;
    }

    // A table of numbers that nothing was asked for is fitted as it is, and its model needs no preparation.
    private bool IsPrepared(CsvTable table) =>
        settings.Preparation.IsGiven || table.Table.Columns.Any(column => column.Kind == InputKind.Category);

    // Before rows are dropped, so that a row bears the number that it has in the file.
    private void CheckApart(CsvTable table)
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

    private void CheckRows(CsvTable table)
    {
        if (settings.Lambda is not null || settings.FoldColumn is not null)
            return;
        int rows = table.Rows;
        if (settings.Weights is not null)
            rows -= table.Column(settings.Weights).Span.Count(0.0);
        if (settings.Folds > rows)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"{settings.Folds} folds need as many rows of positive weight, and there {(rows == 1 ? "is" : "are")} {rows}; --folds asks for fewer, --lambda for a fit without"));
    }
}
