using System.Reflection;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Problems;

/// <summary>Turns a solution into a model.</summary>
internal static class ModelFactory
{
    /// <summary>Version of this library, as models record it.</summary>
    private static readonly string LibraryVersion =
        typeof(ModelFactory).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The model of one solution.</summary>
    /// <param name="point">The solution.</param>
    /// <param name="path">The path it is on.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="selection">How λ and ρ were chosen; null where they were given.</param>
    /// <param name="baseline">The baseline hazard of a solution of Cox; null takes that of the path.</param>
    public static ElasticNetModel Create(
        PathPoint point, RegularizationPath path, ElasticNetOptions options, SelectionRecord? selection = null, BaselineHazard? baseline = null)
    {
        ReadOnlySpan<int> indices = point.Coefficients.Indices;
        double[] deviations = new double[indices.Length];
        for (int k = 0; k < indices.Length; k++)
            deviations[k] = path.StandardDeviations.Span[path.EverSelected.Span.BinarySearch(indices[k])];
        Provenance provenance = new()
        {
            LibraryVersion = LibraryVersion,
            Rows = path.Rows,
            Intercept = options.Intercept && !options.Family.IsSurvival,
            Standardize = options.Standardize && options.PenaltyScales.IsEmpty,
            HasWeights = !options.Weights.IsEmpty,
            HasOffset = !options.Offset.IsEmpty || !options.OutputOffsets.IsEmpty,
            Measure = options.Family.DefaultMeasure,
        };
        if (selection is { } chosen)
        {
            provenance = provenance with
            {
                Folds = chosen.Folds,
                Repeats = options.Repeats,
                Seed = options.FoldPlan is { } plan ? plan.Seed : options.Seed,
                Measure = options.MeasureUsed,
                Selection = options.Selection,
                LambdaMin = chosen.LambdaMin,
                Lambda1Se = chosen.Lambda1Se,
            };
        }

        return new(new ModelContent
        {
            Family = options.Family,
            Classes = options.Family.HasOutputs ? null : options.Classes,
            FeatureCount = point.Coefficients.FeatureCount,
            FeatureNames = options.NamesGiven,
            TargetName = options.TargetName,
            Preparation = path.Preparation,
            OutputNames = path.OutputNames,
            Intercept = path.OutputNames is null ? point.Intercept : 0,
            Intercepts = point.Intercepts,
            Indices = indices.ToArray(),
            Values = point.Coefficients.Values.ToArray(),
            StandardDeviations = deviations,
            Fit = point.Fit,
            Provenance = provenance,
            Problem = new()
            {
                LambdaMax = path.LambdaMax,
                PenaltyFactors = options.PenaltyFactors.ToArray(),
                LowerBounds = options.LowerBounds.ToArray(),
                UpperBounds = options.UpperBounds.ToArray(),
                ExcludedFeatures = options.ExcludedFeatures.ToArray().Distinct().Order().ToArray(),
                FeatureGroups = options.HasGroups ? options.FeatureGroups : [],
                GroupMixing = options.HasGroups ? options.GroupMixing : 0,
                GroupOutputs = options.GroupOutputs,
                WeightsName = options.WeightsName,
                OffsetName = options.OffsetName,
            },
            TextFormat = options.TextFormat,
            Baseline = baseline ?? path.Baseline,
            CrossValidation = selection?.Points ?? default,
        });
    }

    /// <summary>How cross-validation chose.</summary>
    internal readonly record struct SelectionRecord(
        int Folds, double LambdaMin, double Lambda1Se, ReadOnlyMemory<CrossValidationPoint> Points);
}
