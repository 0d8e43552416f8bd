using System.Text.Json;
using System.Text.Json.Serialization;

namespace ElasticNet.Fast.Tests.Golden;

/// <summary>One golden JSON file, as it stands. What a tool does not have is null.</summary>
internal sealed record GoldenFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public required string Id { get; init; }
    public required string Tool { get; init; }
    public required GoldenData Data { get; init; }
    public string? Family { get; init; }
    public string? Link { get; init; }
    public double? TweediePower { get; init; }
    public double? Size { get; init; }
    public double? Delta { get; init; }
    public double Alpha { get; init; }
    public bool Standardize { get; init; }
    public bool Intercept { get; init; } = true;
    public double[]? Weights { get; init; }
    public double[]? Offset { get; init; }
    public double[]? Pf { get; init; }
    [JsonConverter(typeof(BoundsConverter))]
    public double[]? Lower { get; init; }
    [JsonConverter(typeof(BoundsConverter))]
    public double[]? Upper { get; init; }
    public int[]? Exclude { get; init; }
    public double? RidgeScale { get; init; }
    public double[]? AutoLambda { get; init; }
    public double[] LambdaPath { get; init; } = [];
    public int[]? DfPath { get; init; }
    public double[]? DevRatioPath { get; init; }
    public GoldenFit[] Fits { get; init; } = [];
    public GoldenPredictions? Predict { get; init; }
    public JsonElement? Cv { get; init; }

    // scikit-learn's
    public bool Positive { get; init; }
    [JsonPropertyName("scaled_by_1n_sd_first")]
    public bool ScaledFirst { get; init; }
    public double[]? KnotsLambda { get; init; }
    public double[][]? CoefPerKnot { get; init; }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(Folder, "golden"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    public static GoldenFile Read(string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(Folder, "golden", name + ".json"));
        GoldenFile golden = JsonSerializer.Deserialize<GoldenFile>(file, s_json)!;
        // Fits at λ of their own, without a path around them: these are the path.
        return golden.LambdaPath.Length > 0 || golden.KnotsLambda is not null ? golden : golden with
        {
            LambdaPath = [.. golden.Fits.Select(fit => fit.Lambda)],
            Fits = [.. golden.Fits.Select((fit, k) => fit with { Index = k, Df = fit.Coef.Count(value => value != 0) })],
        };
    }

    public T? CvPart<T>(string part) => Cv is { } cv && cv.TryGetProperty(part, out JsonElement found) ? found.Deserialize<T>(s_json) : default;

    /// <summary>Bounds are strings, "inf" and "-inf" among them.</summary>
    private sealed class BoundsConverter : JsonConverter<double[]>
    {
        public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. JsonSerializer.Deserialize<string[]>(ref reader)!.Select(Number)];

        public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) => throw new NotSupportedException();

        private static double Number(string text) => text switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}

/// <summary>Where the table and the target are.</summary>
internal sealed record GoldenData(string X, string Y);

/// <summary>One solution.</summary>
internal sealed record GoldenFit(int Index, double Lambda, int Df, double? DevRatio, double? R2, double Intercept, double[] Coef, double[]? PredictFirst5, double[]? PredictProbaFirst5);

/// <summary>Predictions, rows × fits.</summary>
internal sealed record GoldenPredictions(int[] Rows, double[] Lambda, double[][] Link, double[][] Response);

/// <summary>A curve of cv.glmnet.</summary>
internal sealed record GoldenCurve(double[] Lambda, double[] Cvm, double[] Cvsd, double LambdaMin, [property: JsonPropertyName("lambda_1se")] double Lambda1Se);
