using System.Text.Json;
using ElasticNet.Fast.Tests.Golden;
using ElasticNet.Fast.Tests.Survival;

namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>A golden case of several classes or responses: the problem in our terms, and what the other tool says of it.</summary>
internal sealed class OutputGolden
{
    private readonly JsonElement _file;
    private readonly double[] _classes;

    public OutputGolden(string name)
    {
        _file = JsonDocument.Parse(File.ReadAllText(Path.Combine(GoldenFile.Folder, "outputs", name + ".json"))).RootElement;
        JsonElement data = _file.GetProperty("data");
        X = CsvTable.Read(Path.Combine(GoldenFile.Folder, data.GetProperty("x").GetString()!));
        Y = CsvTable.Read(Path.Combine(GoldenFile.Folder, data.GetProperty("y").GetString()!));
        if (Has("scaled_by_1n_sd_first"))
            Standardize(X);
        HasClasses = _file.GetProperty("family").GetString() == "multinomial";
        _classes = HasClasses ? SurvivalGolden.Numbers(_file, "classes") : [];
        string tool = _file.GetProperty("tool").GetString()!;
        IsGlmnet = tool == "glmnet";
        Tolerance = IsGlmnet ? 1e-6 : tool.StartsWith("numpy", StringComparison.Ordinal) ? 1e-8 : 1e-6;
        L1Ratio = _file.GetProperty("alpha").GetDouble();
        Options = new()
        {
            Family = HasClasses ? Family.Multinomial : Family.MultiGaussian,
            // glmnet has no other penalty for several responses.
            GroupOutputs = Has("grouped") ? _file.GetProperty("grouped").GetBoolean() : IsGlmnet && !HasClasses,
            Standardize = !Has("standardize") || _file.GetProperty("standardize").GetBoolean(),
            Intercept = !Has("intercept") || _file.GetProperty("intercept").GetBoolean(),
            PenaltyFactors = SurvivalGolden.Numbers(_file, "pf"),
            MaxDegreeOfParallelism = 1,
        };
    }

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(GoldenFile.Folder, "outputs"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public double[,] X { get; }

    public double[,] Y { get; }

    public bool HasClasses { get; }

    public bool IsGlmnet { get; }

    public double Tolerance { get; }

    public double L1Ratio { get; }

    public ElasticNetOptions Options { get; }

    public JsonElement[] Fits => [.. _file.GetProperty("fits").EnumerateArray()];

    public double[] Lambdas => [.. Fits.Select(fit => fit.GetProperty("lambda").GetDouble())];

    public JsonElement this[string name] => _file.GetProperty(name);

    public bool Has(string name) => _file.TryGetProperty(name, out _);

    /// <summary>The target; the folds of cross-validation with it, where they are wanted.</summary>
    public Target Target(int[]? folds = null)
    {
        double[] weights = SurvivalGolden.Numbers(_file, "weights");
        Target target = HasClasses
            ? Fast.Target.Classes([.. Enumerable.Range(0, Y.GetLength(0)).Select(i => Array.IndexOf(_classes, Y[i, 0]))], [.. _classes.Select(one => FormattableString.Invariant($"{one}"))])
            : Fast.Target.Columns(Y);
        return target with { Weights = weights, Folds = folds is null ? null : FoldPlan.Given(folds) };
    }

    /// <summary>max |Δβⱼₖ|sⱼ / max |βⱼₖ|sⱼ over all outputs, intercepts apart.</summary>
    public double Difference(SparseCoefficients ours, JsonElement golden)
    {
        (double difference, double largest) = (0, 0);
        for (int j = 0; j < X.GetLength(1); j++)
        {
            double deviation = Deviation(X, j);
            for (int k = 0; k < golden.GetArrayLength(); k++)
            {
                double value = golden[k][j].GetDouble();
                difference = Math.Max(difference, Math.Abs(ours[j, k] - value) * deviation);
                largest = Math.Max(largest, Math.Abs(value) * deviation);
            }
        }

        return difference == 0 ? 0 : difference / largest;
    }

    private static double Deviation(double[,] x, int column)
    {
        double[] values = [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, column])];
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static void Standardize(double[,] x)
    {
        for (int j = 0; j < x.GetLength(1); j++)
        {
            double deviation = Deviation(x, j), mean = Enumerable.Range(0, x.GetLength(0)).Average(i => x[i, j]);
            for (int i = 0; i < x.GetLength(0); i++)
                x[i, j] = (x[i, j] - mean) / deviation;
        }
    }
}
