namespace ElasticNet.Fast.Selection;

/// <summary>What may be wrong with, or open about, a choice of λ and ρ.</summary>
public enum TuningFindingKind
{
    /// <summary>At least a quarter of the λ are about as good as the best.</summary>
    Flat,

    /// <summary>Another ρ is about as good as the best.</summary>
    FlatMixing,

    /// <summary>Other λ are exactly as good as the best; the largest of them counts as the best.</summary>
    Tied,

    /// <summary>The best λ is the largest of the grid, and penalised coefficients are not yet 0 there.</summary>
    AtLargestLambda,

    /// <summary>The best λ is the smallest of the grid, or the smallest where the criterion is defined.</summary>
    AtSmallestLambda,

    /// <summary>Nothing predicts better than the model without penalised features.</summary>
    NoSkill,

    /// <summary>Other candidates of a search are about as good as the best.</summary>
    FlatSearch,

    /// <summary>The choice spends half of the rows on degrees of freedom, where criteria without folds mislead.</summary>
    Saturated,
}

/// <summary>One remark on a choice of λ and ρ.</summary>
/// <param name="Kind">What is remarked on.</param>
/// <param name="Text">A sentence or two for people, with the numbers and what can be done.</param>
public readonly record struct TuningFinding(TuningFindingKind Kind, string Text)
{
    /// <summary>The sentence.</summary>
    public override string ToString() => Text;
}
