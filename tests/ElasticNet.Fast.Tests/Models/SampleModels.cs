using ElasticNet.Fast.Models;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Models made up from a seed, with every part of the file in use or left out at random.</summary>
internal static class SampleModels
{
    /// <summary>A model of <paramref name="features"/> features, of which each has a coefficient with the given probability.</summary>
    public static ModelContent Content(int seed, int features, double density = 0.5, bool? offset = null, bool? names = null, int? curvePoints = null, int pathPoints = 0, bool problem = false)
    {
        Random random = new(seed);
        int[] indices = [.. Enumerable.Range(0, features).Where(_ => random.NextDouble() < density)];
        double[] values = [.. indices.Select(_ => Wild(random))];
        double[] deviations = [.. indices.Select(_ => Math.Abs(Wild(random)))];
        bool hasNames = names ?? random.Next(2) == 0;
        bool hasSeed = random.Next(2) == 0;
        double intercept = Wild(random);
        ModelContent content = new()
        {
            FeatureCount = features,
            FeatureNames = hasNames ? [.. Enumerable.Range(0, features).Select(j => Name(random, j))] : null,
            TargetName = random.Next(3) == 0 ? null : Name(random, -1),
            Intercept = intercept,
            Indices = indices,
            Values = values,
            StandardDeviations = deviations,
            Fit = new ElasticNetFit
            {
                Lambda = Math.Abs(Wild(random)),
                L1Ratio = random.NextDouble(),
                Intercept = intercept,
                NonZeroCount = indices.Length,
                DegreesOfFreedom = random.NextDouble() * features,
                DevianceRatio = random.NextDouble(),
                RelativeGap = random.NextDouble() * 1e-15,
                KktResidual = random.NextDouble() * 1e-15,
            },
            Provenance = new Provenance
            {
                LibraryVersion = "0.1.0",
                Rows = random.Next(1, 100_000),
                Intercept = random.Next(2) == 0,
                Standardize = random.Next(2) == 0,
                HasWeights = random.Next(2) == 0,
                HasOffset = offset ?? random.Next(2) == 0,
                Folds = random.Next(11),
                Repeats = random.Next(4),
                Seed = hasSeed ? (ulong)random.NextInt64() : null,
                Measure = Measure.All[random.Next(2)],
                Selection = (LambdaSelection)random.Next(2),
                LambdaMin = random.Next(2) == 0 ? double.NaN : random.NextDouble(),
                Lambda1Se = random.Next(2) == 0 ? double.NaN : random.NextDouble(),
            },
            CrossValidation = Curve(random, curvePoints ?? random.Next(4), features),
        };
        if (problem)
            content = content with { Problem = Problem(random, features) };
        return pathPoints == 0 ? content : content with { Path = Path(random, pathPoints, features, density, content.FeatureNames) };
    }

    /// <summary>The same, as a model.</summary>
    public static ElasticNetModel Model(int seed, int features, double density = 0.5, bool? offset = null) =>
        new(Content(seed, features, density, offset));

    /// <summary>A model of what raw columns become.</summary>
    public static ModelContent Prepared(int seed, Preparation preparation, double density = 0.5, bool? offset = null) =>
        Content(seed, preparation.FeatureCount, density, offset, names: true) with { FeatureNames = preparation.FeatureNames, Preparation = preparation };

    /// <summary>The bytes of its file.</summary>
    public static byte[] Bytes(ElasticNetModel model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        return stream.ToArray();
    }

    /// <summary>The bytes of the file of such a model.</summary>
    public static byte[] Bytes(ModelContent content)
    {
        using ElasticNetModel model = new(content);
        return Bytes(model);
    }

    /// <summary>A number of any magnitude and sign, never 0, that is not short in binary.</summary>
    public static double Wild(Random random) =>
        (random.Next(2) == 0 ? -1 : 1) * (0.1 + random.NextDouble()) * Math.Pow(10, random.Next(-6, 7));

    private static SolvedProblem Problem(Random random, int features) => new()
    {
        LambdaMax = random.NextDouble(),
        PenaltyFactors = random.Next(2) == 0 ? default : Enumerable.Range(0, features).Select(_ => random.Next(3) / 2.0).ToArray(),
        LowerBounds = random.Next(3) switch { 0 => default, 1 => new[] { -random.NextDouble() }, _ => Enumerable.Range(0, features).Select(_ => random.Next(2) == 0 ? double.NegativeInfinity : -random.NextDouble()).ToArray() },
        UpperBounds = random.Next(3) switch { 0 => default, 1 => new[] { double.PositiveInfinity }, _ => Enumerable.Range(0, features).Select(_ => (double)random.Next(2)).ToArray() },
        ExcludedFeatures = Enumerable.Range(0, features).Where(_ => random.Next(5) == 0).ToArray(),
        WeightsName = random.Next(2) == 0 ? null : Name(random, -2),
        OffsetName = random.Next(2) == 0 ? null : Name(random, -3),
    };

    private static string Name(Random random, int index) => random.Next(5) switch
    {
        0 => "",
        1 => $"İstanbul ß {index}",
        2 => $"面積 {index}",
        3 => $"😀 \"quoted\", {index}\n",
        _ => $"feature_{index}",
    };

    private static RegularizationPath Path(Random random, int points, int features, double density, IReadOnlyList<string>? names)
    {
        PathPoint[] solutions = new PathPoint[points];
        for (int k = 0; k < points; k++)
        {
            int[] indices = [.. Enumerable.Range(0, features).Where(_ => random.NextDouble() < density)];
            ElasticNetFit fit = new()
            {
                Lambda = points - k - random.NextDouble(),
                Intercept = Wild(random),
                NonZeroCount = indices.Length,
                DegreesOfFreedom = double.NaN,
                DevianceRatio = random.NextDouble(),
                RelativeGap = random.NextDouble() * 1e-15,
                KktResidual = random.NextDouble() * 1e-15,
            };
            solutions[k] = new(fit, new(features, indices, [.. indices.Select(_ => Wild(random))]));
        }

        double[] deviations = [.. Enumerable.Range(0, features).Select(_ => Math.Abs(Wild(random)))];
        return new(solutions, random.NextDouble(), points, random.Next(1000), deviations, names, null);
    }

    private static CrossValidationPoint[] Curve(Random random, int points, int features) =>
        [.. Enumerable.Range(0, points).Select(_ => new CrossValidationPoint(
            random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble() - 0.5, random.Next(features + 1)))];
}
