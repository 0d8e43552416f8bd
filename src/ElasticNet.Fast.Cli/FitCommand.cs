using System.Diagnostics;
using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV in, certified model out.</summary>
internal sealed class FitCommand(Terminal terminal, FitSettings settings)
{
    /// <summary>Reads, fits, saves where asked to, and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        CheckOut();
        TrainingData data = TrainingData.Read(terminal, settings, cancellationToken);

        long start = Stopwatch.GetTimestamp();
        using ElasticNetModel model = Fit(data);
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

    private ElasticNetModel Fit(TrainingData data)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        ReadOnlySpan<double> y = data.Target.Span;
        if (options.Preparation is null)
        {
            return settings.Lambda is { } given
                ? ElasticNetEstimator.Fit(data.Table.Features, y, given, settings.L1Ratios[0], options)
                : ElasticNetEstimator.CrossValidate(data.Table.Features, y, options).Model;
        }
        return settings.Lambda is { } lambda
            ? ElasticNetEstimator.Fit(data.Table.Table, y, lambda, settings.L1Ratios[0], options)
            : ElasticNetEstimator.CrossValidate(data.Table.Table, y, options).Model;
    }
}
