using System.Diagnostics;
using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV or svmlight in, certified model out.</summary>
internal sealed class FitCommand(Terminal terminal, FitSettings settings)
{
    /// <summary>Reads, fits, saves where asked to, and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        OutputFile.Check("--out", settings.Out);
        OutputFile.Check("--report", settings.Report);
        TrainingData data = TrainingData.Read(terminal, settings, cancellationToken);
        if (settings.NeedsReference && data.Table?.Table.Columns.FirstOrDefault(column => column.Kind == InputKind.Category) is { } category)
            throw new UsageException($"--table needs a level of '{category.Name}' that the others are compared with, because together they are the intercept: --reference first, or most-frequent");

        long start = Stopwatch.GetTimestamp();
        (ElasticNetModel fitted, Tuning? tuning, OperationCanceledException? cancelled) = FitOrKeep(data);
        Exactness.Check(terminal, fitted, tuning?.Path, settings.IsStrict);
        using ElasticNetModel model = settings.KeepsPath ? fitted.WithPath(tuning!.Path) : fitted;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        if (model.Preparation?.Convergence is { Converged: false } ended)
            terminal.Say($"warning: imputation took {PreparationReport.Ended(ended)}; its last values are used; --rounds allows more, --impute median does without");
        if (ConstantColumns.Sentence(model) is { } constant)
            terminal.Say($"note: {constant}");
        if (settings.IsVerbose)
            SolverLog.Write(tuning?.Path, model.Fit, terminal.Error);

        ModelExplanation? explanation = null;
        ClassicalTable? table = null;
        string? saved = null, report = null;
        try
        {
            if (settings.Out is not null)
            {
                model.Save(settings.Out);
                saved = settings.Out;
            }

            if (cancelled is null && (settings.Explains || settings.Report is not null))
                explanation = Explain(model, tuning?.Path, data);
            if (cancelled is null && settings.Table is { } errors)
            {
                table = settings.Lambda == 0
                    ? LeastSquares.Fit(data.Features, data.Target, data.Options, errors)
                    : LeastSquares.Refit(model, data.Features, data.Target, data.Options, errors);
            }

            if (cancelled is null && settings.Report is not null)
            {
                new HtmlReport(model, tuning, explanation, data, Path.GetFileName(settings.Data)).Save(settings.Report);
                report = settings.Report;
            }
        }
        catch (OperationCanceledException late)
        {
            cancelled = late;
        }
        finally
        {
            // A fit that took an hour is not lost to a full disk.
            Report(model, tuning, settings.Explains ? explanation : null, table, elapsed, saved, report);
        }

        terminal.KeepAndThrow(cancelled);
    }

    // After Ctrl-C what is finished is worth keeping: a model without its nested error, or one that rests on the folds so far.
    private (ElasticNetModel Model, Tuning? Tuning, OperationCanceledException? Cancelled) FitOrKeep(TrainingData data)
    {
        ElasticNetModel model;
        Tuning? tuning;
        try
        {
            (model, tuning) = Fit(data);
        }
        catch (UnfinishedException<CrossValidationResult> cancelled) when (cancelled.Result is not null)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"cancelled after {cancelled.Finished} of {cancelled.Total} folds; what follows rests on these"));
            CrossValidationResult finished = cancelled.Result;
            return (finished.Model, new(null, 0, finished.Diagnosis) { Path = finished.Best.Path }, cancelled);
        }

        catch (UnfinishedException<SearchResult> cancelled) when (cancelled.Result is not null)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"cancelled after {cancelled.Finished} of {cancelled.Total} candidates; what follows is the best of these"));
            return (cancelled.Result.Model, TuningOf(cancelled.Result), cancelled);
        }

        try
        {
            return (model, settings.OuterFolds is { } outer ? tuning! with { Nested = Nest(data, outer) } : tuning, null);
        }
        catch (UnfinishedException<NestedCrossValidationResult> cancelled)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"cancelled after {cancelled.Finished} of {cancelled.Total} outer folds; the model is finished"));
            return (model, cancelled.Result is { } nested ? tuning! with { Nested = nested } : tuning, cancelled);
        }
    }

    private static Tuning TuningOf(SearchResult search) => new(null, 0, search.Diagnosis) { Path = search.CrossValidation.Best.Path, Search = search };

    // Several imputations are not one table that could be explained, and a sparse table is not written out for it; the settings refuse to be asked.
    private static ModelExplanation? Explain(ElasticNetModel model, RegularizationPath? path, TrainingData data)
    {
        if (data.Sparse is not null || model.Preparation?.Options.Imputation == ImputationMethod.Multiple)
            return null;
        if (path is null)
            return ModelExplanation.Of(model, data.Features, data.Target, data.Options);
        // With its path, so that none is fitted to see when features entered.
        using ElasticNetModel withPath = model.WithPath(path);
        return ModelExplanation.Of(withPath, data.Features, data.Target, data.Options);
    }

    private void Report(ElasticNetModel model, Tuning? tuning, ModelExplanation? explanation, ClassicalTable? table, TimeSpan elapsed, string? saved, string? report)
    {
        if (settings.Json)
        {
            ModelJson.Write(model, terminal.OutputStream, tuning, explanation, table);
            return;
        }
        ModelReport.Write(model, terminal, tuning);
        if (explanation is not null)
            terminal.Output.WriteLine(explanation.ToString(terminal.ShowsOutput));
        if (table is not null)
            terminal.Output.WriteLine(table.ToString(terminal.ShowsOutput));
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time           {elapsed.TotalSeconds:0.000} s, reading not included"));
        if (saved is not null)
            terminal.Output.WriteLine($"model          {saved}");
        if (report is not null)
            terminal.Output.WriteLine($"report         {report}");
    }

    private (ElasticNetModel Model, Tuning? Tuning) Fit(TrainingData data)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        if (settings.Criterion is { } criterion)
            return Judge(data, options, criterion);
        if (settings.Lambda is { } lambda)
            return (data.Fit(lambda, settings.L1Ratios[0], options), settings.KeepsPath || settings.Report is not null ? Follow(data) : null);
        if (settings.Space is { } space)
        {
            SearchResult search = data.Search(space, options);
            return (search.Model, TuningOf(search));
        }

        CrossValidationResult result = data.CrossValidate(options);
        return (result.Model, new(null, 0, result.Diagnosis) { Path = result.Best.Path });
    }

    // The λ was given; the path shows where it lies.
    private Tuning Follow(TrainingData data) => new(null, 0, [])
    {
        Path = ElasticNetEstimator.Path(data.Features, data.Target, settings.L1Ratios[0], data.Options),
    };

    private NestedCrossValidationResult Nest(TrainingData data, int outerFolds)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        return data.NestedCrossValidate(outerFolds, settings.Space, options);
    }

    // Of several ρ the one whose least value is least; of equals the first that was named.
    private (ElasticNetModel Model, Tuning? Tuning) Judge(TrainingData data, ElasticNetOptions options, Criterion criterion)
    {
        PathCriteria? best = null;
        foreach (double l1Ratio in settings.L1Ratios)
        {
            PathCriteria judged = ElasticNetEstimator.Criteria(data.Features, data.Target, l1Ratio, options, settings.EbicGamma);
            if (best is null || Value(judged) < Value(best))
                best = judged;
        }

        return (best!.Model(criterion), new(criterion, Value(best), best.Diagnosis(criterion)) { Path = best.Path });

        double Value(PathCriteria of) => of.Points[of.Best(criterion)][criterion];
    }
}
