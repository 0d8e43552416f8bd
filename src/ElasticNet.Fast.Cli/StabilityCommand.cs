using System.Text.Json;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV or svmlight in, stable features out.</summary>
internal sealed class StabilityCommand(Terminal terminal, StabilityOptions stability, FitSettings fit, PictureFile? plot)
{
    /// <summary>Parses and checks the options that are its own.</summary>
    /// <exception cref="UsageException">An option is malformed, out of range, or contradicts another.</exception>
    public static StabilityOptions Parse(
        string? pairs, string? threshold, string? falseSelections, string? perHalf, string? bound, string? l1Ratio, string? seed)
    {
        if (falseSelections is not null && perHalf is not null)
            throw new UsageException("--false-selections and --per-half exclude each other: one follows from the other");
        return new()
        {
            Pairs = pairs is null ? 50 : OptionValue.Integer("--pairs", pairs, 1, 1_000_000, "be a whole number from 1 to 1000000"),
            Threshold = threshold is null ? 0.75 : OptionValue.Number("--threshold", threshold, double.BitIncrement(0.5), 1, "be a number in (0.5, 1]"),
            FalseSelections = falseSelections is null ? 1 : OptionValue.Number("--false-selections", falseSelections, double.Epsilon, double.MaxValue, "be a number > 0"),
            SelectedPerHalf = perHalf is null ? null : OptionValue.Integer("--per-half", perHalf, 1, int.MaxValue, "be a whole number ≥ 1"),
            Bound = bound switch
            {
                null or "unimodal" => StabilityBound.Unimodal,
                "mb" => StabilityBound.MeinshausenBuhlmann,
                _ => throw OptionValue.Refused("--bound", bound, "be unimodal or mb"),
            },
            L1Ratio = OptionValue.OneL1Ratio(l1Ratio),
            Seed = OptionValue.Seed(seed),
        };
    }

    /// <summary>Reads, resamples and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        TrainingData data = TrainingData.Read(terminal, fit, cancellationToken);
        StabilityResult result;
        UnfinishedException<StabilityResult>? cancelled = null;
        try
        {
            result = Resample(data);
        }
        catch (UnfinishedException<StabilityResult> exception)
        {
            (result, cancelled) = (exception.Result!, exception);
            terminal.Say(FormattableString.Invariant($"cancelled after {result.Pairs} of {exception.Total} pairs; what follows rests on these"));
        }

        plot?.Save(Pictures.StabilityPaths(result));
        if (fit.Json)
            Write(result);
        else
            terminal.Output.Write(result.ToString(terminal.ShowsOutput));
        terminal.KeepAndThrow(cancelled);
    }

    private StabilityResult Resample(TrainingData data)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        return ElasticNetEstimator.Stability(data.Features, data.Target, stability, options);
    }

    private void Write(StabilityResult result)
    {
        using (var json = new Utf8JsonWriter(terminal.OutputStream, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("pairs", result.Pairs);
            json.WriteNumber("selectedPerHalf", result.SelectedPerHalf);
            json.WriteNumber("threshold", result.Threshold);
            json.WriteNumber("falseSelections", result.FalseSelections);
            json.WriteString("bound", result.Bound.ToString());
            json.WriteNumber("seed", result.Seed);
            ModelJson.WriteNumber(json, "agreement", result.Agreement);
            json.WriteStartArray("selected");
            foreach (int j in result.Selected.Span)
                json.WriteStringValue(result.FeatureNames[j]);
            json.WriteEndArray();
            json.WriteStartObject("frequencies");
            for (int j = 0; j < result.FeatureNames.Count; j++)
                json.WriteNumber(result.FeatureNames[j], result.Frequencies.Span[j]);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        terminal.OutputStream.WriteByte((byte)'\n');
        terminal.OutputStream.Flush();
    }
}
