using System.Diagnostics.CodeAnalysis;
using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Tests.Verify;

/// <summary>A fitted model, as its file gives it back, with the features and rows that it was fitted to.</summary>
internal sealed record FittedModel(ElasticNetModel Model, double[][] Features, double[] Target, double[]? Weights, double[]? Offset)
{
    /// <summary>How long rows were watched, of Cox.</summary>
    public SurvivalColumns? Survival { get; init; }
}

/// <summary>Models of random problems: shapes, scales, correlations, weights, offsets, factors, bounds, exclusions, preparations, by seed.</summary>
internal static class RandomModels
{
    /// <summary>The same, or nothing where the fit is refused, as of classes that free columns separate.</summary>
    public static bool TryMake(int seed, Family family, bool grouped, [NotNullWhen(true)] out FittedModel? fitted)
    {
        try
        {
            fitted = Make(seed, family, grouped);
        }
        catch (ArgumentException refused) when ((family.IsSurvival || family.HasOutputs || grouped) && !refused.Message.Contains("NaN", StringComparison.Ordinal))
        {
            fitted = null;
        }

        return fitted is not null;
    }

    /// <param name="seed">Says all of it.</param>
    /// <param name="family">The family; null for the Gaussian.</param>
    /// <param name="grouped">Whether features are penalised in groups, or of several outputs their coefficients for all.</param>
    public static FittedModel Make(int seed, Family? family = null, bool grouped = false)
    {
        Random random = new(seed);
        bool tall = random.Next(4) != 0;
        int n = random.Next(6, 50), p = tall ? random.Next(1, Math.Max(2, n / 2)) : random.Next(1, 30);
        double[,] x = Features(random, n, p);
        double[] y = new double[n];
        double level = random.Next(3) == 0 ? 100 * Normal(random) : 0, noise = Math.Pow(10, random.Next(-2, 2)), unit = Math.Pow(10, random.Next(-3, 4));
        for (int i = 0; i < n; i++)
        {
            y[i] = level + noise * Normal(random);
            for (int j = 0; j < p; j += 3)
                y[i] += x[i, j] * (j % 2 == 0 ? 1 : -0.5);
            y[i] *= unit;
        }

        bool isCurved = family is not null && family != Family.Gaussian && family != Family.MultiGaussian, isSurvival = family is { IsSurvival: true };
        int outputs = family is { HasOutputs: true } ? random.Next(2, 5) : 1;
        bool[] events = isSurvival ? [.. y.Select((_, i) => i == 0 || random.Next(3) != 0)] : [];
        if (isSurvival)
            (y, unit) = (Times(y, random), 1);
        else if (outputs > 1)
            (y, unit) = isCurved ? (Codes(y, outputs, random), 1) : (Responses(y, x, outputs, random), unit);
        else if (isCurved)
            (y, unit) = (Rows(family!, y, random), 1);
        double[]? weights = random.Next(3) == 0 ? [.. Enumerable.Range(0, n).Select(_ => random.Next(10) == 0 ? 0 : Math.Round(8 * random.NextDouble()) + 0.5)] : null;
        if (weights is not null)
            (weights[0], weights[1]) = (1, 2);
        if (weights is not null && isCurved && outputs > 1)
            Array.Fill(weights, 1, 0, outputs);
        double[]? offset = random.Next(4) == 0 ? [.. Enumerable.Range(0, n * outputs).Select(_ => (isCurved ? 0.5 : unit) * Normal(random))] : null;
        bool prepared = random.Next(4) == 0;
        for (int gap = 0; prepared && gap < n * p / 10; gap++)
            x[random.Next(2, n), random.Next(p)] = double.NaN;
        ElasticNetOptions options = new()
        {
            Family = family ?? Family.Gaussian,
            Intercept = random.Next(4) != 0,
            Standardize = random.Next(4) != 0,
            PenaltyFactors = random.Next(4) == 0 ? Each(p, _ => random.Next(8) == 0 ? 0 : Math.Pow(2, random.Next(-2, 3))) : default,
            LowerBounds = random.Next(5) == 0 && !grouped ? Each(p, _ => random.Next(2) == 0 ? double.NegativeInfinity : -unit * random.NextDouble() * random.Next(2)) : default,
            UpperBounds = random.Next(5) == 0 && !grouped ? Each(random.Next(2) == 0 ? 1 : p, _ => random.Next(2) == 0 ? double.PositiveInfinity : unit * random.NextDouble()) : default,
            ExcludedFeatures = random.Next(6) == 0 ? new[] { random.Next(p) } : default,
            Preparation = prepared ? Preparation(random) : null,
            MaxDegreeOfParallelism = 1,
            GroupOutputs = grouped && outputs > 1,
            FeatureGroups = grouped && outputs == 1 ? Groups(random, p) : [],
            GroupMixing = grouped && outputs == 1 && random.Next(2) == 0 ? random.NextDouble() : 0,
        };
        double l1Ratio = random.Next(4) switch { 0 or 1 => 1, 2 => random.NextDouble(), _ => random.Next(2) / 2.0 };
        double strength = Deviation(y) / (options.Standardize || prepared ? 1 : 1 / Widest(x));
        double lambda = tall && random.Next(20) == 0 ? 0 : strength * Math.Pow(10, -4 * random.NextDouble());
        if (grouped && l1Ratio == 0)
            l1Ratio = 0.5;
        using ElasticNetModel fitted = ElasticNetEstimator.Fit(x, TargetOf() with { Weights = weights }, lambda, l1Ratio, options);
        using MemoryStream file = new();
        fitted.Save(file);
        ElasticNetModel model = ElasticNetModel.Load(file.ToArray());
        return new(model, Columns(model, x), y, weights, offset) { Survival = isSurvival ? new(y, events, default, null, null) : null };

        Target TargetOf() => isSurvival ? Target.Survival(y, events) with { Offset = offset }
            : outputs == 1 ? new(y) { Offset = offset }
            : (isCurved ? Target.Classes([.. y.Select(code => (int)code)], [.. Enumerable.Range(0, outputs).Select(k => $"c{k}")]) : Target.Columns(MatrixView.ColumnMajor<double>(y, n, outputs)))
                with
            { Offsets = offset is null ? default : MatrixView.ColumnMajor<double>(offset, n, outputs) };
    }

    /// <summary>Classes that no columns separate, each of a row at least.</summary>
    private static double[] Codes(double[] signal, int outputs, Random random)
    {
        double[] score = Standardized(signal);
        return [.. score.Select((value, i) => i < outputs ? i : random.Next(3) == 0 ? random.Next(outputs) : Math.Clamp((int)Math.Floor(outputs * (0.5 + value / 4)), 0, outputs - 1))];
    }

    private static double[] Responses(double[] first, double[,] x, int outputs, Random random)
    {
        double unit = Deviation(first) is var deviation && deviation > 0 ? deviation : 1;
        return [.. first, .. Enumerable.Range(1, outputs - 1).SelectMany(k => first.Select((value, i) => (k % 2) * value + (unit * Normal(random)) + (x[i, k % x.GetLength(1)] is var other && double.IsNaN(other) ? 0 : unit * other)))];
    }

    private static double[] Times(double[] signal, Random random)
    {
        double[] score = Standardized(signal);
        bool tied = random.Next(2) == 0;
        return [.. score.Select(value => -Math.Log(1 - random.NextDouble()) * Math.Exp(0.5 * value) is var time && tied ? Math.Ceiling(4 * time) : time + 1e-3)];
    }

    private static ListOf<FeatureGroup> Groups(Random random, int p)
    {
        int[] order = [.. Enumerable.Range(0, p)];
        random.Shuffle(order);
        List<FeatureGroup> groups = [];
        for (int at = 0; at < p - random.Next(2);)
        {
            int size = Math.Min(random.Next(1, 5), p - at);
            groups.Add(new([.. order[at..(at + size)]]) { Factor = random.Next(3) == 0 ? 0.5 + random.NextDouble() : null });
            at += size;
        }

        return [.. groups];
    }

    private static double[] Standardized(double[] values)
    {
        double mean = values.Average(), deviation = Deviation(values);
        return [.. values.Select(value => (value - mean) / (deviation > 0 ? deviation : 1))];
    }

    /// <summary>Rows within the range of a family, so that no columns separate them.</summary>
    private static double[] Rows(Family family, double[] signal, Random random)
    {
        double mean = signal.Average(), deviation = Deviation(signal);
        return [.. signal.Select(value => FamilyDraws.Draw(family, (value - mean) / (deviation > 0 ? deviation : 1), isInside: true, random))];
    }

    private static double[][] Columns(ElasticNetModel model, double[,] x)
    {
        int n = x.GetLength(0), p = x.GetLength(1);
        double[] flat = new double[n * model.FeatureCount];
        if (model.Preparation is { } preparation)
            preparation.Transform((MatrixView<double>)x, flat);
        else
            for (int j = 0; j < p; j++)
                for (int i = 0; i < n; i++)
                    flat[j * n + i] = x[i, j];
        return [.. Enumerable.Range(0, model.FeatureCount).Select(j => flat[(j * n)..((j + 1) * n)])];
    }

    private static double[,] Features(Random random, int n, int p)
    {
        double[,] x = new double[n, p];
        int kind = random.Next(6);
        for (int i = 0; i < n; i++)
        {
            double common = Normal(random);
            for (int j = 0; j < p; j++)
            {
                double own = Normal(random);
                x[i, j] = kind switch
                {
                    0 => own,
                    1 => common + 0.5 * own,
                    2 => own + 10 * (j + 1),
                    3 => own > 0.3 ? 1 : 0,
                    4 => own * Math.Pow(10, j % 5 - 2),
                    _ => j > 0 && j % 4 == 0 ? x[i, j - 1] + 0.01 * own : own,
                };
            }
        }

        return x;
    }

    private static PreparationOptions Preparation(Random random) => new()
    {
        Imputation = random.Next(4) switch { 0 => ImputationMethod.Mean, 1 => ImputationMethod.Median, 2 => ImputationMethod.NearestNeighbors, _ => ImputationMethod.Iterative },
        MissingIndicators = random.Next(3) == 0,
        Scaling = random.Next(3) switch { 0 => null, 1 => ScalingMethod.MinMax, _ => ScalingMethod.StandardSample },
    };

    private static double[] Each(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];

    private static double Deviation(double[] y) => Math.Sqrt(y.Sum(value => (value - y.Average()) * (value - y.Average())) / y.Length);

    private static double Widest(double[,] x) => x.Cast<double>().Where(value => !double.IsNaN(value)).Max(Math.Abs);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
