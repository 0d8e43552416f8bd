namespace ElasticNet.Fast.Inference;

/// <summary>What one selected feature does in a model, over the rows that it was explained with; of several outputs what it does to one of them.</summary>
public readonly record struct FeatureExplanation
{
    /// <summary>The feature.</summary>
    public int Feature { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; }

    /// <summary>Of several outputs the class or response that the coefficient is of; else null.</summary>
    public string? Output { get; init; }

    /// <summary>β on the original scale: the change of the prediction, on the link scale, per unit.</summary>
    public double Coefficient { get; init; }

    /// <summary>Weighted mean of the feature; 0 for a model without an intercept.</summary>
    public double Mean { get; init; }

    /// <summary>Weighted standard deviation of the feature, with divisor n.</summary>
    public double StandardDeviation { get; init; }

    /// <summary>β·sd(x)/sd(y), of several responses by the deviation of its own: the coefficient on the standardised scale; 0 where the target is constant, NaN for families with a link, which the target is not on the scale of.</summary>
    public double StandardizedCoefficient { get; init; }

    /// <summary>β·sd(x): the change of the prediction per standard deviation.</summary>
    public double EffectPerDeviation { get; init; }

    /// <summary>β·IQR(x): the change of the prediction from the lower to the upper quartile.</summary>
    public double EffectPerQuartiles { get; init; }

    /// <summary>The largest λ of the path at the model's ρ at which the coefficient is not 0; NaN where the path ends before.</summary>
    public double EntryLambda { get; init; }

    /// <summary>How manieth of all coefficients on that path, from 1; those of one λ share a place; 0 where it never enters.</summary>
    public int EntryRank { get; init; }

    /// <summary>
    /// Its part of the deviance ratio, β(2·cov(x, y) − cov(x, ŷ))/var(y), of several responses over the sum of their variances; negative where the others overshoot what it takes back. The parts of all
    /// features add up to the deviance ratio. Of families with a link: what it takes from the deviance as all coefficients grow together from 0 to
    /// what they are, the intercept following (the same where the loss is squared error).
    /// </summary>
    public double DevianceContribution { get; init; }

    /// <summary>Name, coefficient, effect and place of entry on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{FeatureName.Shown(Name ?? "")}{(Output is null ? "" : $" of {Output}")}: {Coefficient:g5}, {EffectPerDeviation:g5} per standard deviation, {Digits.Four(DevianceContribution)} of the deviance, entered as {EntryRank} at λ {EntryLambda:g5}");
}

/// <summary>Features that tell nearly the same, and how the model shares their effect among them.</summary>
/// <param name="Features">The features, selected or not, ascending.</param>
/// <param name="Shares">Of each |β·sd(x)|, of several outputs the root of the sum of their squares, over the sum of all of the group: 1 for the only one that the lasso keeps, equal under ridge.</param>
public sealed record CorrelatedGroup(ReadOnlyMemory<int> Features, ReadOnlyMemory<double> Shares)
{
    /// <summary>Each feature with its share, on one line, culture-invariant.</summary>
    public override string ToString() => string.Join(", ", Features.ToArray().Select((j, k) => Throw.Invariant($"x{j} {100 * Shares.Span[k]:0} %")));
}
