using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What is predicted, and which column adds to it.</summary>
/// <param name="Offset">The column with the offset, or null.</param>
/// <param name="Exposure">The column whose logarithm is the offset, or null.</param>
/// <param name="Written">What is written.</param>
/// <param name="Out">The file that is written, or null for standard output.</param>
internal sealed record PredictSettings(string? Offset, string? Exposure, PredictionOptions Written, string? Out)
{
    /// <summary>Whether what a Cox model alone predicts was asked for.</summary>
    public bool IsForCox { get; private init; }

    /// <summary>Whether the threshold was named.</summary>
    public bool NamesThreshold { get; private init; }

    /// <summary>The column with the stratum, or null.</summary>
    public string? Strata { get; private init; }

    /// <summary>Whether a column adds to the linear predictor.</summary>
    public bool HasOffset => Offset is not null || Exposure is not null;

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, or contradicts another.</exception>
    public static PredictSettings Parse(string? offset, string? exposure, string? type, string? times, string? strata, string? threshold, bool append, string? id, bool json, string? file)
    {
        PredictionType written = type switch
        {
            null or "response" or "risk" => PredictionType.Response,
            "link" => PredictionType.Link,
            "class" => PredictionType.Class,
            "survival" => PredictionType.Survival,
            _ => throw OptionValue.Refused("--type", type, "be response, link or class, or of a Cox model risk, link or survival"),
        };
        if (times is null == (written == PredictionType.Survival))
            throw new UsageException(times is null ? "--type survival needs --times, separated by commas: when" : "--times belongs to --type survival");
        if (strata is not null && written != PredictionType.Survival)
            throw new UsageException("--strata belongs to --type survival: relative hazards are the same in all strata");
        double[] when = times is null ? [] : [.. OptionValue.List("--times", times).Select(text => OptionValue.Number("--times", text, 0, double.MaxValue, "be numbers ≥ 0, separated by commas"))];
        if (when.Distinct().Count() < when.Length)
            throw OptionValue.Refused("--times", times!, "not name one twice");
        if (threshold is not null && written != PredictionType.Class)
            throw new UsageException("--threshold belongs to --type class");
        if (offset is not null && exposure is not null)
            throw new UsageException("--exposure and --offset exclude each other: the logarithm of the exposure is the offset");
        if (append && id is not null)
            throw new UsageException("--append keeps all columns, and --id some: give one of them");
        if (file is { Length: 0 })
            throw OptionValue.Refused("--out", file, "name a file");
        string[] kept = id is null ? [] : OptionValue.List("--id", id);
        if (kept.Distinct().Count() < kept.Length)
            throw OptionValue.Refused("--id", id!, "not name one twice");
        PredictionOptions what = new()
        {
            Type = written,
            Times = when,
            Threshold = threshold is null ? 0.5 : OptionValue.Number("--threshold", threshold, 0, 1, "be a number in [0, 1]"),
            KeepsAll = append,
            Keep = kept,
            Json = json,
        };
        return new(offset, exposure, what, file)
        {
            IsForCox = type is "risk" or "survival",
            NamesThreshold = threshold is not null,
            Strata = strata,
        };
    }
}
