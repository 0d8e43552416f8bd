using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// What a search tries: each preparation with each mixing ρ, or a random sample of these; λ is never sampled, because the whole path of a
/// candidate costs about as much as one λ. Immutable and comparable by content.
/// </summary>
public sealed record SearchSpace
{
    /// <summary>The mixings ρ in [0, 1]; empty means those of the options.</summary>
    public ListOf<double> L1Ratios { get; init; }

    /// <summary>How raw columns become features; empty means as the options say. See <see cref="Vary"/>.</summary>
    public ListOf<PreparationOptions> Preparations { get; init; }

    /// <summary>How many candidates are drawn at random, each at most once; null, or at least as many as there are, means all.</summary>
    public int? Samples { get; init; }

    /// <summary>With <see cref="Samples"/>: ρ is drawn uniformly from this range instead of from <see cref="L1Ratios"/>.</summary>
    public (double Low, double High)? L1RatioRange { get; init; }

    /// <summary>Seed of the sample. The same seed means the same candidates on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Each imputation with each scaling, everything else as in a base line.</summary>
    /// <param name="baseline">Neighbours, encoding and whatever else is not varied.</param>
    /// <param name="imputations">The imputations; empty means that of the base line.</param>
    /// <param name="scalings">The scalings, null for the standard deviations of <see cref="ElasticNetOptions.Standardize"/>; empty means that of the base line.</param>
    public static ListOf<PreparationOptions> Vary(
        PreparationOptions baseline, IReadOnlyList<ImputationMethod> imputations, IReadOnlyList<ScalingMethod?> scalings)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(imputations);
        ArgumentNullException.ThrowIfNull(scalings);
        IReadOnlyList<ImputationMethod> methods = imputations.Count == 0 ? [baseline.Imputation] : imputations;
        IReadOnlyList<ScalingMethod?> units = scalings.Count == 0 ? [baseline.Scaling] : scalings;
        return [.. methods.SelectMany(method => units.Select(unit => baseline with { Imputation = method, Scaling = unit }))];
    }
}
