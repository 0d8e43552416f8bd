using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Tests.Verify;

/// <summary>A fitted model, as its file gives it back, with the features and rows that it was fitted to.</summary>
internal sealed record FittedModel(ElasticNetModel Model, double[][] Features, double[] Target, double[]? Weights, double[]? Offset);

/// <summary>Models of random problems: shapes, scales, correlations, weights, offsets, factors, bounds, exclusions, preparations, by seed.</summary>
internal static class RandomModels
{
    public static FittedModel Make(int seed, Family? family = null)
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

        bool isCurved = family is not null && family != Family.Gaussian;
        if (isCurved)
            (y, unit) = (Rows(family!, y, random), 1);
        double[]? weights = random.Next(3) == 0 ? [.. y.Select(_ => random.Next(10) == 0 ? 0 : Math.Round(8 * random.NextDouble()) + 0.5)] : null;
        if (weights is not null)
            (weights[0], weights[1]) = (1, 2);
        double[]? offset = random.Next(4) == 0 ? [.. y.Select(_ => (isCurved ? 0.5 : unit) * Normal(random))] : null;
        bool prepared = random.Next(4) == 0;
        for (int gap = 0; prepared && gap < n * p / 10; gap++)
            x[random.Next(2, n), random.Next(p)] = double.NaN;
        ElasticNetOptions options = new()
        {
            Family = family ?? Family.Gaussian,
            Intercept = random.Next(4) != 0,
            Standardize = random.Next(4) != 0,
            PenaltyFactors = random.Next(4) == 0 ? Each(p, _ => random.Next(8) == 0 ? 0 : Math.Pow(2, random.Next(-2, 3))) : default,
            LowerBounds = random.Next(5) == 0 ? Each(p, _ => random.Next(2) == 0 ? double.NegativeInfinity : -unit * random.NextDouble() * random.Next(2)) : default,
            UpperBounds = random.Next(5) == 0 ? Each(random.Next(2) == 0 ? 1 : p, _ => random.Next(2) == 0 ? double.PositiveInfinity : unit * random.NextDouble()) : default,
            ExcludedFeatures = random.Next(6) == 0 ? new[] { random.Next(p) } : default,
            Preparation = prepared ? Preparation(random) : null,
            MaxDegreeOfParallelism = 1,
        };
        double l1Ratio = random.Next(4) switch { 0 or 1 => 1, 2 => random.NextDouble(), _ => random.Next(2) / 2.0 };
        double strength = Deviation(y) / (options.Standardize || prepared ? 1 : 1 / Widest(x));
        double lambda = tall && random.Next(20) == 0 ? 0 : strength * Math.Pow(10, -4 * random.NextDouble());
        using ElasticNetModel fitted = ElasticNetEstimator.Fit(x, new Target(y) { Weights = weights, Offset = offset }, lambda, l1Ratio, options);
        using MemoryStream file = new();
        fitted.Save(file);
        ElasticNetModel model = ElasticNetModel.Load(file.ToArray());
        return new(model, Columns(model, x), y, weights, offset);
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
