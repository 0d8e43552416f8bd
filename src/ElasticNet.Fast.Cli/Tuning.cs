namespace ElasticNet.Fast.Cli;

/// <summary>How a model was chosen, as far as its file does not say.</summary>
/// <param name="Criterion">What chose instead of cross-validation, or null.</param>
/// <param name="Value">The criterion's least value.</param>
/// <param name="Findings">What is to be said about the choice.</param>
internal sealed record Tuning(Criterion? Criterion, double Value, IReadOnlyList<TuningFinding> Findings)
{
    /// <summary>The path that the model was chosen from.</summary>
    public required RegularizationPath Path { get; init; }

    /// <summary>The candidates, where several preparations were tried.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>The error of the whole procedure, where it was asked for.</summary>
    public NestedCrossValidationResult? Nested { get; init; }

    /// <summary>The criterion in the words of the field, or null.</summary>
    public string? CriterionName => Criterion switch
    {
        null => null,
        Fast.Selection.Criterion.Aicc => "AICc",
        { } criterion => criterion.ToString().ToUpperInvariant(),
    };
}
