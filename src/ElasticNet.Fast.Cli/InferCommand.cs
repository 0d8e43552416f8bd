using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV in, intervals and tests out.</summary>
internal sealed class InferCommand(Terminal terminal, InferSettings settings, FitSettings fit, PictureFile? plot)
{
    /// <summary>Reads, infers and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        TrainingData data = TrainingData.Read(terminal, fit, cancellationToken);
        if (settings.Method == "refit" && data.Options.Family != Family.Gaussian)
        {
            WriteTable(data);
            return;
        }

        InferenceResult result;
        UnfinishedException<InferenceResult>? cancelled = null;
        try
        {
            result = Infer(data);
        }
        catch (UnfinishedException<InferenceResult> exception)
        {
            (result, cancelled) = (exception.Result!, exception);
            terminal.Say(FormattableString.Invariant($"cancelled after {exception.Finished} of {exception.Total} samples; what follows rests on these"));
        }

        plot?.Save(Pictures.Coefficients(result));
        if (fit.Json)
            InferenceJson.Write(result, terminal.OutputStream);
        else
            terminal.Output.Write(result.ToString(terminal.ShowsOutput));
        terminal.KeepAndThrow(cancelled);
    }

    // Of other families than the Gaussian the refit is the classical table.
    private void WriteTable(TrainingData data)
    {
        if (plot is not null)
            throw new UsageException("--plot draws the intervals of gaussian models after --method refit; --json has those of this family");
        if (settings.NamesAdjustment || settings.Options.NoiseDeviation is not null)
            throw new UsageException($"{(settings.NamesAdjustment ? "--adjust" : "--noise")} means nothing to --method refit of the family {data.Options.Family}: it gives the classical table");
        using ElasticNetModel model = settings.Options.Lambda is { } lambda
            ? data.Fit(lambda, settings.Options.L1Ratio, data.Options)
            : data.CrossValidate(data.Options).Model;
        ClassicalTable table = LeastSquares.Refit(model, data.Features, data.Target, data.Options, level: settings.Options.Level);
        if (fit.Json)
            TableJson.Write(table, terminal.OutputStream);
        else
            terminal.Output.Write(table.ToString(terminal.ShowsOutput));
    }

    private InferenceResult Infer(TrainingData data)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        ElasticNetInference inference = new(data.Features, data.Target, options);
        return settings.Method switch
        {
            "debiased" => inference.Debiased(settings.Options),
            "multi-split" => inference.MultiSplit(settings.Options),
            "post-selection" => inference.PostSelection(settings.Options.Lambda!.Value, settings.Options),
            "bootstrap" => inference.Bootstrap(settings.Options),
            _ => Refit(),
        };

        InferenceResult Refit()
        {
            using ElasticNetModel model = settings.Options.Lambda is { } lambda
                ? data.Fit(lambda, settings.Options.L1Ratio, options)
                : data.CrossValidate(options).Model;
            return inference.Refit(model, settings.Options);
        }
    }
}
