using System.Diagnostics;
using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV in, certified model out.</summary>
internal sealed class FitCommand(Terminal terminal, FitSettings settings, bool explains)
{
    /// <summary>Reads, fits, saves where asked to, and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        CheckOut();
        // Found out after the fit, it would cost the fit.
        if (explains && settings.Preparation.Options.Imputation == ImputationMethod.Multiple)
            throw new UsageException("--explain and --impute multiple exclude each other: its rows are not one table; --impute iterative fills it once");
        TrainingData data = TrainingData.Read(terminal, settings, cancellationToken);

        long start = Stopwatch.GetTimestamp();
        (ElasticNetModel fitted, Tuning? tuning) = Fit(data);
        using ElasticNetModel model = fitted;
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
            Report(model, tuning, explains ? Explain(model, data) : null, elapsed, saved);
        }
    }

    private static ModelExplanation Explain(ElasticNetModel model, TrainingData data) => data.Options.Preparation is null
        ? ModelExplanation.Of(model, data.Table.Features, data.Target.Span, data.Options)
        : ModelExplanation.Of(model, data.Table.Table, data.Target.Span, data.Options);

    private void Report(ElasticNetModel model, Tuning? tuning, ModelExplanation? explanation, TimeSpan elapsed, bool saved)
    {
        if (settings.Json)
        {
            ModelJson.Write(model, terminal.OutputStream, tuning, explanation);
            return;
        }
        ModelReport.Write(model, terminal.Output, tuning);
        if (explanation is not null)
            terminal.Output.WriteLine(explanation);
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

    private (ElasticNetModel Model, Tuning? Tuning) Fit(TrainingData data)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        if (settings.Criterion is { } criterion)
            return Judge(data, options, criterion);
        if (settings.Lambda is { } lambda)
            return (data.Fit(lambda, settings.L1Ratios[0], options), null);
        CrossValidationResult result = data.CrossValidate(options);
        return (result.Model, new(null, 0, result.Diagnosis) { Nested = settings.OuterFolds is { } outer ? Nest(data, outer) : null });
    }

    private static NestedCrossValidationResult Nest(TrainingData data, int outerFolds) => data.Options.Preparation is null
        ? ElasticNetEstimator.NestedCrossValidate(data.Table.Features, data.Target.Span, outerFolds, data.Options)
        : ElasticNetEstimator.NestedCrossValidate(data.Table.Table, data.Target.Span, outerFolds, data.Options);

    // Of several ρ the one whose least value is least; of equals the first that was named.
    private (ElasticNetModel Model, Tuning? Tuning) Judge(TrainingData data, ElasticNetOptions options, Criterion criterion)
    {
        PathCriteria? best = null;
        foreach (double l1Ratio in settings.L1Ratios)
        {
            PathCriteria judged = options.Preparation is null
                ? ElasticNetEstimator.Criteria(data.Table.Features, data.Target.Span, l1Ratio, options, settings.EbicGamma)
                : ElasticNetEstimator.Criteria(data.Table.Table, data.Target.Span, l1Ratio, options, settings.EbicGamma);
            if (best is null || Value(judged) < Value(best))
                best = judged;
        }

        return (best!.Model(criterion), new(criterion, Value(best), best.Diagnosis(criterion)));

        double Value(PathCriteria of) => of.Points[of.Best(criterion)][criterion];
    }
}
