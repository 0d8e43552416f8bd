using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Models of several outputs, made up from a seed.</summary>
internal static class SampleOutputs
{
    /// <summary>A model of a family of several outputs; a feature with coefficients lacks about one in three of them.</summary>
    public static ModelContent Content(Family family, int seed, int features, int outputs, double density = 0.7, bool offset = false, int pathPoints = 0)
    {
        ModelContent content = SampleModels.Content(seed, features, density, offset, curvePoints: 0);
        Random random = new(seed);
        string[] names = [.. Enumerable.Range(0, outputs).Select(k => $"class {k} ß")];
        double[] intercepts = [.. names.Select(_ => random.NextDouble() - 0.5)];
        return content with
        {
            Family = family,
            OutputNames = names,
            Intercept = 0,
            Intercepts = intercepts,
            Values = Values(random, content.Indices.Length, outputs),
            Fit = content.Fit with { Intercept = 0, Intercepts = intercepts },
            Provenance = content.Provenance with { Measure = family.DefaultMeasure },
            Path = pathPoints == 0 ? null : Path(random, pathPoints, features, outputs, content.FeatureNames, names),
        };
    }

    /// <summary>The same of what raw columns become.</summary>
    public static ModelContent Prepared(Family family, int seed, Preparation preparation, int outputs) =>
        Content(family, seed, preparation.FeatureCount, outputs) with { FeatureNames = preparation.FeatureNames, Preparation = preparation };

    /// <summary>The model of one of the outputs: squared error, all of its coefficients, the zeros among them as the least there is.</summary>
    public static ModelContent Of(ModelContent content, int output)
    {
        double[] values = [.. Enumerable.Range(0, content.Indices.Length).Select(i => content.Values.Span[i * content.Outputs + output])];
        int[] kept = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)];
        return content with
        {
            Family = Family.Gaussian,
            OutputNames = null,
            Intercept = content.Intercepts.Span[output],
            Intercepts = default,
            Indices = kept.Select(i => content.Indices.Span[i]).ToArray(),
            Values = kept.Select(i => values[i]).ToArray(),
            StandardDeviations = kept.Select(i => content.StandardDeviations.Span[i]).ToArray(),
            Fit = content.Fit with { Intercept = content.Intercepts.Span[output], Intercepts = default, NonZeroCount = kept.Length },
            Provenance = content.Provenance with { Measure = Measure.MeanSquaredError },
            Path = null,
        };
    }

    private static double[] Values(Random random, int count, int outputs)
    {
        double[] values = [.. Enumerable.Range(0, count * outputs).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble() - 0.5)];
        for (int i = 0; i < count; i++)
            values[i * outputs + random.Next(outputs)] = 0.25;
        return values;
    }

    private static RegularizationPath Path(Random random, int points, int features, int outputs, IReadOnlyList<string>? names, string[] outputNames)
    {
        PathPoint[] solutions = new PathPoint[points];
        for (int k = 0; k < points; k++)
        {
            int[] indices = [.. Enumerable.Range(0, features).Where(_ => random.Next(2) == 0)];
            double[] intercepts = [.. outputNames.Select(_ => random.NextDouble())];
            ElasticNetFit fit = new() { Lambda = points - k, Intercepts = intercepts, NonZeroCount = indices.Length, DegreesOfFreedom = double.NaN };
            solutions[k] = new(fit, new(features, indices, Values(random, indices.Length, outputs), outputs));
        }

        return new(solutions, 0.5, points, 100, [.. Enumerable.Range(1, features).Select(j => (double)j)], names, null) { OutputNames = outputNames };
    }
}
