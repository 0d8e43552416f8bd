using System.Text.Json;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Survival;

/// <summary>What R's survival says of the rows that Golden/assessment/survival.R makes.</summary>
internal sealed class AssessmentGolden
{
    private AssessmentGolden(string name, bool isEfron)
    {
        File = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(GoldenFile.Folder, "assessment", $"{name}.{(isEfron ? "efron" : "breslow")}.json"))).RootElement;
        Options = new() { Family = isEfron ? Family.Cox : Family.CoxBreslow, MaxDegreeOfParallelism = 1 };
    }

    public JsonElement File { get; }

    public ElasticNetOptions Options { get; }

    public required double[,] X { get; init; }

    public required double[] Time { get; init; }

    public required bool[] Events { get; init; }

    public double[] Start { get; init; } = [];

    public int[] Strata { get; init; } = [];

    public double[] Weights { get; init; } = [];

    public Target Target => Fast.Target.Survival(Time, Events, Start, Strata) with { Weights = Weights };

    /// <summary>Two thirds of the rows, or the others.</summary>
    public static AssessmentGolden Veteran(bool isEfron, bool isTraining)
    {
        (double[,] x, double[,] y) = Read("veteran");
        int[] rows = [.. Enumerable.Range(0, y.GetLength(0)).Where(i => (i + 1) % 3 != 0 == isTraining)];
        return new("veteran", isEfron)
        {
            X = Rows(x, rows, x.GetLength(1)),
            Time = [.. rows.Select(i => y[i, 0] > 300 ? y[i, 0] + 0.5 : y[i, 0])],
            Events = [.. rows.Select(i => y[i, 1] == 1 && i % 7 != 4)],
        };
    }

    /// <summary>Late entry; in strata and with weights, or without.</summary>
    public static AssessmentGolden Late(bool isEfron, bool inStrata = true)
    {
        (double[,] x, double[,] y) = Read("simcoxss");
        int[] rows = [.. Enumerable.Range(0, y.GetLength(0))];
        return new("simcoxss", isEfron)
        {
            X = Rows(x, rows, 4),
            Start = [.. rows.Select(i => y[i, 0])],
            Time = [.. rows.Select(i => y[i, 1])],
            Events = [.. rows.Select(i => y[i, 2] == 1)],
            Strata = inStrata ? [.. rows.Select(i => (i + 1) % 3)] : [],
            Weights = inStrata ? [.. rows.Select(i => 1 + (i + 1) % 4 / 4.0)] : [],
        };
    }

    public double Number(string name) => File.GetProperty(name).GetDouble();

    public double[] Numbers(params string[] names)
    {
        JsonElement at = File;
        foreach (string name in names)
            at = at.GetProperty(name);
        return [.. at.EnumerateArray().Select(one => one.GetDouble())];
    }

    public ElasticNetModel Fit() => ElasticNetEstimator.Fit(X, Target, 0, 1, Options);

    private static (double[,] X, double[,] Y) Read(string name) =>
        (CsvTable.Read(Path.Combine(GoldenFile.Folder, "data", name + ".x.csv")), CsvTable.Read(Path.Combine(GoldenFile.Folder, "data", name + ".y.csv")));

    private static double[,] Rows(double[,] all, int[] rows, int columns)
    {
        double[,] some = new double[rows.Length, columns];
        for (int k = 0; k < rows.Length; k++)
        {
            for (int j = 0; j < columns; j++)
                some[k, j] = all[rows[k], j];
        }

        return some;
    }
}
