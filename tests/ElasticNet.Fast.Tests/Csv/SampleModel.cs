using ElasticNet.Fast.Models;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Small models that no estimator is needed for.</summary>
internal static class SampleModel
{
    /// <summary>A model with the given dense coefficients; those that are 0 are not stored.</summary>
    public static ElasticNetModel Create(double intercept, double[] coefficients, string[]? names = null, bool hasOffset = false) =>
        new(Content(intercept, coefficients, names, hasOffset));

    /// <summary>What such a model holds.</summary>
    public static ModelContent Content(double intercept, double[] coefficients, string[]? names = null, bool hasOffset = false)
    {
        int[] indices = [.. Enumerable.Range(0, coefficients.Length).Where(j => coefficients[j] != 0)];
        return new ModelContent
        {
            FeatureCount = coefficients.Length,
            FeatureNames = names,
            TargetName = "y",
            Intercept = intercept,
            Indices = indices,
            Values = indices.Select(j => coefficients[j]).ToArray(),
            StandardDeviations = indices.Select(j => 1.0 + j).ToArray(),
            Fit = new ElasticNetFit { Lambda = 0.125, L1Ratio = 0.5, Intercept = intercept, NonZeroCount = indices.Length },
            Provenance = new Provenance
            {
                LibraryVersion = "0.1.0",
                Rows = 5,
                Intercept = true,
                Standardize = true,
                HasWeights = false,
                HasOffset = hasOffset,
            },
        };
    }
}
