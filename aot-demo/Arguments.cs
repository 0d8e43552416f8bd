using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Predictor;

/// <summary>The command line.</summary>
/// <param name="Model">Path of the model file.</param>
/// <param name="Rows">Path of the CSV; "-" for standard input.</param>
/// <param name="Offset">The offset's column, or null.</param>
/// <param name="Exposure">The column whose logarithm is the offset, or null.</param>
/// <param name="Written">What is written.</param>
/// <param name="Out">The file that is written, or null for standard output.</param>
/// <param name="Bench">Whether to measure instead of predicting.</param>
internal sealed record Arguments(string Model, string Rows, string? Offset, string? Exposure, PredictionOptions Written, string? Out, bool Bench)
{
    /// <summary>Null where the command line is wrong.</summary>
    public static Arguments? Parse(ReadOnlySpan<string> args)
    {
        var files = new List<string>();
        string? offset = null, exposure = null, file = null;
        string[] kept = [];
        PredictionType type = PredictionType.Response;
        double? threshold = null;
        bool bench = false, append = false, json = false;
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
                case "--type" when i + 1 < args.Length && TypeOf(args[i + 1]) is { } named:
                    type = named;
                    i++;
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
            || (append && kept.Length > 0) || (bench && (type != PredictionType.Response || append || kept.Length > 0 || json || file is not null));
        var written = new PredictionOptions { Type = type, Threshold = threshold ?? 0.5, KeepsAll = append, Keep = kept, Json = json };
        return files.Count == 2 && !contradicts ? new(files[0], files[1], offset, exposure, written, file, bench) : null;
    }

    private static PredictionType? TypeOf(string name) => name switch
    {
        "response" => PredictionType.Response,
        "link" => PredictionType.Link,
        "class" => PredictionType.Class,
        _ => null,
    };
}
