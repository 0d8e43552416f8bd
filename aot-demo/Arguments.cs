using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Predictor;

/// <summary>The command line.</summary>
/// <param name="Model">Path of the model file.</param>
/// <param name="Rows">Path of the CSV; "-" for standard input.</param>
/// <param name="Offset">The offset's column, or null.</param>
/// <param name="Exposure">The column whose logarithm is the offset, or null.</param>
/// <param name="Strata">The stratum's column, or null.</param>
/// <param name="Written">What is written.</param>
/// <param name="Out">The file that is written, or null for standard output.</param>
/// <param name="Bench">Whether to measure instead of predicting.</param>
internal sealed record Arguments(string Model, string Rows, string? Offset, string? Exposure, string? Strata, PredictionOptions Written, string? Out, bool Bench)
{
    /// <summary>Whether what a Cox model alone predicts was asked for.</summary>
    public bool IsForCox { get; private init; }

    /// <summary>Null where the command line is wrong.</summary>
    public static Arguments? Parse(ReadOnlySpan<string> args)
    {
        var files = new List<string>();
        string? offset = null, exposure = null, strata = null, file = null;
        string[] kept = [];
        double[]? times = null;
        PredictionType type = PredictionType.Response;
        double? threshold = null;
        bool bench = false, append = false, json = false, isForCox = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--bench":
                    bench = true;
                    break;
                case "--append":
                    append = true;
                    break;
                case "--json":
                    json = true;
                    break;
                case "--id" when i + 1 < args.Length && args[i + 1].Split(',') is var names && names.All(name => name.Length > 0) && names.Distinct().Count() == names.Length:
                    kept = names;
                    i++;
                    break;
                case "--out" when i + 1 < args.Length && args[i + 1].Length > 0:
                    file = args[++i];
                    break;
                case "--offset" when i + 1 < args.Length:
                    offset = args[++i];
                    break;
                case "--exposure" when i + 1 < args.Length:
                    exposure = args[++i];
                    break;
                case "--strata" when i + 1 < args.Length:
                    strata = args[++i];
                    break;
                case "--times" when i + 1 < args.Length && TimesOf(args[i + 1]) is { } when:
                    times = when;
                    i++;
                    break;
                case "--type" when i + 1 < args.Length && TypeOf(args[i + 1]) is { } named:
                    type = named;
                    isForCox = args[++i] is "risk" or "survival";
                    break;
                case "--threshold" when i + 1 < args.Length && double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double given) && given is >= 0 and <= 1:
                    threshold = given;
                    i++;
                    break;
                case "-":
                case [not '-', ..]:
                    files.Add(args[i]);
                    break;
                default:
                    return null;
            }
        }
        bool contradicts = (offset is not null && exposure is not null) || (threshold is not null && type != PredictionType.Class)
            || (times is null == (type == PredictionType.Survival)) || (strata is not null && type != PredictionType.Survival)
            || (append && kept.Length > 0) || (bench && (type != PredictionType.Response || append || kept.Length > 0 || json || file is not null));
        var written = new PredictionOptions { Type = type, Times = times ?? [], Threshold = threshold ?? 0.5, KeepsAll = append, Keep = kept, Json = json };
        return files.Count == 2 && !contradicts ? new(files[0], files[1], offset, exposure, strata, written, file, bench) { IsForCox = isForCox } : null;
    }

    private static PredictionType? TypeOf(string name) => name switch
    {
        "response" or "risk" => PredictionType.Response,
        "link" => PredictionType.Link,
        "class" => PredictionType.Class,
        "survival" => PredictionType.Survival,
        _ => null,
    };

    /// <summary>Times that are numbers from 0 on, none twice; null where one is not.</summary>
    private static double[]? TimesOf(string text)
    {
        string[] words = text.Split(',');
        double[] times = new double[words.Length];
        for (int k = 0; k < words.Length; k++)
        {
            if (!double.TryParse(words[k], NumberStyles.Float, CultureInfo.InvariantCulture, out times[k]) || !(times[k] >= 0) || !double.IsFinite(times[k]))
                return null;
        }

        return times.Distinct().Count() == times.Length ? times : null;
    }
}
