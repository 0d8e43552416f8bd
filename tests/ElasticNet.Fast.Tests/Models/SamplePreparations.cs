using ElasticNet.Fast.Tests.Preprocessing;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Preparations of every kind, learnt from tables made up from a seed.</summary>
internal static class SamplePreparations
{
    /// <summary>Any options, any columns.</summary>
    public static Preparation Any(int seed)
    {
        RandomTable random = new(seed);
        return Preparation.Learn(random.Table, random.Options, random.Weights);
    }

    /// <summary>Numbers with gaps that neighbours fill.</summary>
    public static Preparation WithDonors(int rows, int columns)
    {
        Random random = new(rows);
        InputColumn[] inputs = [.. Enumerable.Range(0, columns).Select(j => InputColumn.Number($"x{j}"))];
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(k => k % rows > 0 && random.NextDouble() < 0.1 ? double.NaN : random.NextDouble())];
        return Preparation.Learn(
            new FeatureTable(inputs, values, rows), new() { Imputation = ImputationMethod.NearestNeighbors, Scaling = ScalingMethod.Standard });
    }

    /// <summary>Numbers with gaps that regressions on each other fill.</summary>
    public static Preparation WithEquations(int rows, int columns, int rounds, int matching = 0)
    {
        Random random = new(columns);
        InputColumn[] inputs = [.. Enumerable.Range(0, columns).Select(j => InputColumn.Number($"x{j}"))];
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(k => k % rows > 0 && random.NextDouble() < 0.1 ? double.NaN : random.NextDouble())];
        return Preparation.Learn(
            new FeatureTable(inputs, values, rows),
            new() { Imputation = ImputationMethod.Iterative, Iterative = new() { MaxRounds = rounds, Tolerance = 0, Matching = matching }, Scaling = ScalingMethod.Standard });
    }

    /// <summary>Categories that each have so many levels, all in the training rows.</summary>
    public static Preparation WithLevels(int columns, int levels)
    {
        string[] names = [.. Enumerable.Range(0, levels).Select(level => $"{level}")];
        InputColumn[] inputs = [.. Enumerable.Range(0, columns).Select(j => InputColumn.Category($"c{j}", names))];
        double[] values = [.. Enumerable.Range(0, levels * columns).Select(k => (double)(k % levels))];
        return Preparation.Learn(new FeatureTable(inputs, values, levels), new());
    }
}
