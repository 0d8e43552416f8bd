using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>A golden case of Cox: the problem in our terms, and what the other tool says of it.</summary>
internal sealed class SurvivalGolden
{
    private readonly JsonElement _file;

    public SurvivalGolden(string name)
    {
        _file = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "survival", name + ".json"))).RootElement;
        JsonElement data = _file.GetProperty("data");
        X = CsvTable.Read(Path.Combine(GoldenFile.Folder, data.GetProperty("x").GetString()!));
        double[,] y = CsvTable.Read(Path.Combine(GoldenFile.Folder, data.GetProperty("y").GetString()!));
        int n = y.GetLength(0), columns = y.GetLength(1);
        Time = [.. Enumerable.Range(0, n).Select(i => y[i, columns - 2])];
        Events = [.. Enumerable.Range(0, n).Select(i => y[i, columns - 1] == 1)];
        Start = columns == 3 ? [.. Enumerable.Range(0, n).Select(i => y[i, 0])] : [];
        Strata = Has("strata") ? [.. _file.GetProperty("strata").EnumerateArray().Select(one => one.GetInt32())] : [];
        string tool = _file.GetProperty("tool").GetString()!;
        Tolerance = tool.StartsWith("numpy", StringComparison.Ordinal) ? 1e-8 : 1e-6;
        IsGlmnet = tool == "glmnet";
        L1Ratio = _file.GetProperty("alpha").GetDouble();
        Options = new()
        {
            Family = Has("ties") && _file.GetProperty("ties").GetString() == "efron" ? Family.Cox : Family.CoxBreslow,
            Standardize = !Has("standardize") || _file.GetProperty("standardize").GetBoolean(),
            PenaltyFactors = Numbers(_file, "pf"),
            LowerBounds = Numbers(_file, "lower"),
            UpperBounds = Numbers(_file, "upper"),
            MaxDegreeOfParallelism = 1,
        };
        Deviations = [.. Enumerable.Range(0, X.GetLength(1)).Select(Deviation)];
    }

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(GoldenFile.Folder, "survival"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public double[,] X { get; }

    public double[] Time { get; }

    public bool[] Events { get; }

    public double[] Start { get; }

    public int[] Strata { get; }

    public double Tolerance { get; }

    public bool IsGlmnet { get; }

    public double L1Ratio { get; }

    public ElasticNetOptions Options { get; }

    /// <summary>1/n standard deviations, the unit of the rule of agreement.</summary>
    public double[] Deviations { get; }

    public JsonElement[] Fits => [.. _file.GetProperty("fits").EnumerateArray()];

    public double[] Lambdas => [.. Fits.Select(fit => fit.GetProperty("lambda").GetDouble())];

    public Target Target => Fast.Target.Survival(Time, Events, Start, Strata) with { Weights = Numbers(_file, "weights"), Offset = Numbers(_file, "offset") };

    public bool Has(string name) => _file.TryGetProperty(name, out _);

    public JsonElement this[string name] => _file.GetProperty(name);

    public static double[] Numbers(JsonElement of, string name) => !of.TryGetProperty(name, out JsonElement found) ? [] : [.. found.EnumerateArray().Select(one =>
        one.ValueKind == JsonValueKind.Number ? one.GetDouble()
        : one.GetString() is "inf" ? double.PositiveInfinity
        : one.GetString() is "-inf" ? double.NegativeInfinity
        : double.Parse(one.GetString()!, CultureInfo.InvariantCulture))];

    /// <summary>max |Δβⱼ|sⱼ / max |βⱼ|sⱼ.</summary>
    public double Difference(ReadOnlySpan<double> ours, double[] golden)
    {
        (double difference, double largest) = (0, 0);
        for (int j = 0; j < golden.Length; j++)
        {
            difference = Math.Max(difference, Math.Abs(ours[j] - golden[j]) * Deviations[j]);
            largest = Math.Max(largest, Math.Abs(golden[j]) * Deviations[j]);
        }

        return difference == 0 ? 0 : difference / largest;
    }

    private double Deviation(int column)
    {
        int n = X.GetLength(0);
        double mean = Enumerable.Range(0, n).Average(i => X[i, column]);
        return Math.Sqrt(Enumerable.Range(0, n).Average(i => (X[i, column] - mean) * (X[i, column] - mean)));
    }
}
