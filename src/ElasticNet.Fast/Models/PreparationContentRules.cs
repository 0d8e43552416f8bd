using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>What the numbers of a preparation must satisfy, so that whatever is read can be evaluated without a further look.</summary>
internal static class PreparationContentRules
{
    /// <summary>The first rule broken, as a sentence without full stop; null where the preparation is sound.</summary>
    public static string? FirstViolation(
        PreparationOptions options, ReadOnlySpan<InputEncoding> encodings, int features,
        ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, bool hasDonors, bool hasEquations) =>
        FirstViolation(options) ?? Donors(options, hasDonors) ?? Equations(options, hasEquations) ?? Encodings(options, encodings, features) ?? Scaling(centers, scales);

    /// <summary>The first rule that the options break.</summary>
    public static string? FirstViolation(PreparationOptions options)
    {
        try
        {
            PreparationRules.Check(options, options.Inputs.Count);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal).TrimEnd('.');
        }
    }

    private static string? Encodings(PreparationOptions options, ReadOnlySpan<InputEncoding> encodings, int features)
    {
        bool[] claimed = new bool[features];
        int end = 0;
        for (int j = 0; j < encodings.Length; j++)
        {
            ref readonly InputEncoding encoding = ref encodings[j];
            bool isCategory = options.Inputs[j].Kind == InputKind.Category;
            bool isEncoded = isCategory && options.Encoding == CategoryEncoding.OneHot;
            bool shapeFits = (encoding.Feature == InputEncoding.None) == isEncoded
                && encoding.Feature >= InputEncoding.None
                && encoding.MissingFeature >= (isEncoded ? InputEncoding.Refused : InputEncoding.None)
                && encoding.UnknownFeature >= (isCategory ? InputEncoding.Refused : InputEncoding.None)
                && (isEncoded || (encoding.UnknownFeature < 0 && encoding.MissingFeature != encoding.Feature))
                && !double.IsInfinity(encoding.Fill);
            if (!shapeFits)
                return Throw.Invariant($"the encoding of input {j} (features {encoding.Feature}, {encoding.MissingFeature}, {encoding.UnknownFeature}, fill {encoding.Fill}) must fit a {options.Inputs[j].Kind}");

            // The features of the inputs follow each other.
            int start = end;
            if (!Claim(encoding.Feature) || !Claim(encoding.MissingFeature) || !Claim(encoding.UnknownFeature))
                return Elsewhere(j, start, features);
            foreach (int feature in encoding.LevelFeatures.Span)
            {
                if (feature < InputEncoding.Refused || !Claim(feature))
                    return Elsewhere(j, start, features);
            }

            bool Claim(int feature)
            {
                if (feature < 0)
                    return true;
                if (feature < start || feature >= features)
                    return false;
                claimed[feature] = true;
                end = Math.Max(end, feature + 1);
                return true;
            }
        }

        int unclaimed = Array.IndexOf(claimed, false);
        return unclaimed < 0 ? null : Throw.Invariant($"feature {unclaimed} of {features} must come from an input");
    }

    private static string Elsewhere(int input, int start, int features) =>
        Throw.Invariant($"the features of input {input} must be in [{start}, {features})");

    private static string? Scaling(ReadOnlySpan<double> centers, ReadOnlySpan<double> scales)
    {
        for (int j = 0; j < scales.Length; j++)
        {
            if (!double.IsFinite(centers[j]) || !(scales[j] > 0) || double.IsInfinity(scales[j]))
                return Throw.Invariant($"center ({centers[j]}) and scale ({scales[j]}) of feature {j} must be finite, the scale positive");
        }

        return null;
    }

    private static string? Donors(PreparationOptions options, bool hasDonors)
    {
        bool expected = options.Imputation == ImputationMethod.NearestNeighbors && options.Inputs.Any(input => input.Kind == InputKind.Number);
        return hasDonors == expected
            ? null
            : Throw.Invariant($"section 'DONR' must be there for imputation of numbers by neighbours, and for nothing else ({options.Imputation} of {options.Inputs.Count} columns)");
    }

    private static string? Equations(PreparationOptions options, bool hasEquations) =>
        hasEquations == options.HasEquations
            ? null
            : Throw.Invariant($"section 'EQNS' must be there for iterative and multiple imputation, and for nothing else ({options.Imputation})");
}
