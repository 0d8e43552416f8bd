using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Predictor;

/// <summary>The command line.</summary>
/// <param name="Model">Path of the model file.</param>
/// <param name="Rows">Path of the CSV; "-" for standard input.</param>
/// <param name="Offset">The offset's column, or null.</param>
/// <param name="Exposure">The column whose logarithm is the offset, or null.</param>
/// <param name="Type">What is written of a prediction.</param>
/// <param name="Threshold">From which probability on the event is called.</param>
/// <param name="Bench">Whether to measure instead of predicting.</param>
internal sealed record Arguments(string Model, string Rows, string? Offset, string? Exposure, PredictionType Type, double Threshold, bool Bench)
{
    /// <summary>Null where the command line is wrong.</summary>
    public static Arguments? Parse(ReadOnlySpan<string> args)
    {
        var files = new List<string>();
        string? offset = null, exposure = null;
        PredictionType type = PredictionType.Response;
        double? threshold = null;
        bool bench = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--bench":
                    bench = true;
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
        bool contradicts = (offset is not null && exposure is not null) || (threshold is not null && type != PredictionType.Class);
        return files.Count == 2 && !contradicts ? new(files[0], files[1], offset, exposure, type, threshold ?? 0.5, bench) : null;
    }

    private static PredictionType? TypeOf(string name) => name switch
    {
        "response" => PredictionType.Response,
        "link" => PredictionType.Link,
        "class" => PredictionType.Class,
        _ => null,
    };
}
