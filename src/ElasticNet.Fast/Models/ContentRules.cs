namespace ElasticNet.Fast.Models;

/// <summary>
/// What the numbers of a model must satisfy, wherever they come from: the reader holds files to it, and the writer
/// holds the library to it, so that nothing is saved that could not be loaded.
/// Statistics (gap, deviance ratio, errors …) may be any number: they are reported, never computed with.
/// </summary>
internal static class ContentRules
{
    /// <summary>The first rule broken, as a sentence without full stop; null where the model is sound.</summary>
    public static string? FirstViolation(ModelContent content, in CoefficientSpans coefficients) =>
        Schema(content) ?? ClassSection.FirstViolation(content) ?? OutputSection.FirstViolation(content) ?? BaselineSection.FirstViolation(content) ?? Fit(content, coefficients) ?? Coefficients(content, coefficients) ?? History(content) ?? ProblemSection.FirstViolation(content.Problem, content.FeatureCount) ?? GroupSection.FirstViolation(content.Problem, content.FeatureCount) ?? ReadingSection.FirstViolation(content.TextFormat) ?? Curve(content);

    private static string? Schema(ModelContent content)
    {
        if (content.FeatureCount < 0)
            return Say($"'feature count' ({content.FeatureCount}) must not be negative");
        if (content.FeatureNames is { } names && names.Count != content.FeatureCount)
            return Say($"'feature names' (length {names.Count}) must be one for each of the {content.FeatureCount} features");
        for (int j = 0; j < content.FeatureNames?.Count; j++)
            if (content.FeatureNames[j] is null)
                return Say($"'feature name' {j} of {content.FeatureCount} must not be null");
        return null;
    }

    private static string? Fit(ModelContent content, in CoefficientSpans coefficients)
    {
        ElasticNetFit fit = content.Fit;
        if (!IsStrength(fit.Lambda))
            return Say($"'lambda' ({fit.Lambda}) must be finite and not negative");
        if (!IsMixing(fit.L1Ratio))
            return Say($"'l1 ratio' ({fit.L1Ratio}) must be in [0, 1]");
        if (!double.IsFinite(content.Intercept))
            return Say($"'intercept' ({content.Intercept}) must be finite");
        if (content.Outputs == 1 && !fit.Intercepts.IsEmpty)
            return Say($"'intercepts' of the fit (length {fit.Intercepts.Length}) must be none for a model of one output");
        if (content.Outputs == 1 && !fit.Intercept.Equals(content.Intercept))
            return Say($"'intercept' of the fit ({fit.Intercept}) must be the intercept of the model ({content.Intercept})");
        return fit.NonZeroCount == coefficients.Indices.Length
            ? null
            : Say($"'non-zero count' of the fit ({fit.NonZeroCount}) must be the number of coefficients ({coefficients.Indices.Length})");
    }

    private static string? Coefficients(ModelContent content, in CoefficientSpans coefficients)
    {
        int count = coefficients.Indices.Length;
        if (coefficients.Values.Length != (long)count * content.Outputs || coefficients.StandardDeviations.Length != count)
            return Say($"'indices' (length {count}) must have {(content.Outputs == 1 ? "" : Say($"{content.Outputs} × "))}as many values ({coefficients.Values.Length}) and standard deviations ({coefficients.StandardDeviations.Length})");
        int previous = -1;
        for (int k = 0; k < count; k++)
        {
            int index = coefficients.Indices[k];
            if (index <= previous || index >= content.FeatureCount)
                return Say($"'index' {k} ({index}) must be above the one before ({previous}) and below the {content.FeatureCount} features");
            previous = index;
            ReadOnlySpan<double> values = coefficients.Values.Slice(k * content.Outputs, content.Outputs);
            foreach (double value in values)
            {
                if (!double.IsFinite(value) || value == 0 && values.Length == 1)
                    return Say($"'coefficient' of feature {index} ({value}) must be finite{(values.Length == 1 ? " and not 0" : "")}");
            }

            if (!values.ContainsAnyExcept(0.0))
                return Say($"'coefficients' of feature {index} must not all be 0, but those of all {values.Length} outputs are");
            double deviation = coefficients.StandardDeviations[k];
            if (!IsStrength(deviation))
                return Say($"'standard deviation' of feature {index} ({deviation}) must be finite and not negative");
        }
        return null;
    }

    private static string? History(ModelContent content)
    {
        Provenance provenance = content.Provenance;
        if (provenance.Rows < 0)
            return Say($"'rows' ({provenance.Rows}) must not be negative");
        if (provenance.Folds < 0)
            return Say($"'folds' ({provenance.Folds}) must not be negative");
        if (provenance.Repeats < 0)
            return Say($"'repeats' ({provenance.Repeats}) must not be negative");
        if (!content.Family.Measures.Contains(provenance.Measure))
            return Say($"'measure' ({provenance.Measure.Id}) must be one of the family {content.Family}: {string.Join(" or ", content.Family.Measures.Select(measure => measure.Id))}");
        if (provenance.Selection is not (LambdaSelection.Minimum or LambdaSelection.OneStandardError))
            return Say($"'selection' ({(uint)provenance.Selection}) must be 0 or 1");
        if (!double.IsNaN(provenance.LambdaMin) && !IsStrength(provenance.LambdaMin))
            return Say($"'lambda min' ({provenance.LambdaMin}) must be NaN, or finite and not negative");
        if (!double.IsNaN(provenance.Lambda1Se) && !IsStrength(provenance.Lambda1Se))
            return Say($"'lambda 1se' ({provenance.Lambda1Se}) must be NaN, or finite and not negative");
        return null;
    }

    private static string? Curve(ModelContent content)
    {
        ReadOnlySpan<CrossValidationPoint> points = content.CrossValidation.Span;
        for (int i = 0; i < points.Length; i++)
        {
            ref readonly CrossValidationPoint point = ref points[i];
            if (!IsMixing(point.L1Ratio))
                return Say($"'l1 ratio' of cross-validation point {i} ({point.L1Ratio}) must be in [0, 1]");
            if (!IsStrength(point.Lambda))
                return Say($"'lambda' of cross-validation point {i} ({point.Lambda}) must be finite and not negative");
            if (point.NonZeroCount < 0 || point.NonZeroCount > content.FeatureCount)
                return Say($"'non-zero count' of cross-validation point {i} ({point.NonZeroCount}) must be in [0, {content.FeatureCount}]");
        }
        return null;
    }

    private static bool IsStrength(double value) => value >= 0 && double.IsFinite(value);

    private static bool IsMixing(double value) => value is >= 0 and <= 1;

    private static string Say(FormattableString rule) => Throw.Invariant(rule);
}
