using System.Text.Json;

namespace ElasticNet.Fast.Tests.Golden;

/// <summary>A golden file of scalers or imputers: tables in, results by name out.</summary>
internal sealed class PreparationGolden
{
    private readonly JsonElement _results;

    /// <summary>Reads a case, <c>airquality.impute</c> for instance.</summary>
    public PreparationGolden(string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(GoldenFile.Folder, "preprocessing", name + ".json"));
        using JsonDocument document = JsonDocument.Parse(file);
        _results = document.RootElement.GetProperty("results").Clone();
    }

    /// <summary>One of the tables beside the golden files.</summary>
    public static double[,] Table(string name) => CsvTable.Read(Path.Combine(GoldenFile.Folder, "preprocessing", name + ".csv"));

    /// <summary>A table of a result; true is 1, null is NaN.</summary>
    public double[][] Rows(string result, string part) =>
        [.. _results.GetProperty(result).GetProperty(part).EnumerateArray().Select(row => row.EnumerateArray().Select(Number).ToArray())];

    /// <summary>Whether a result has a part.</summary>
    public bool Has(string result, string part) => _results.GetProperty(result).TryGetProperty(part, out _);

    /// <summary>A number per column; null where the tool does not report it.</summary>
    public double[]? Columns(string result, string part) =>
        _results.GetProperty(result).TryGetProperty(part, out JsonElement found) ? found.Deserialize<double[]>() : null;

    /// <summary>1e-10 relative, the rule of agreement.</summary>
    public static void Agree(double expected, double actual, string where) => Assert.True(
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-10 * Math.Max(Math.Abs(expected), 1e-5),
        $"{where}: {actual:R} instead of {expected:R}");

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Null => double.NaN,
        _ => value.GetDouble(),
    };
}
