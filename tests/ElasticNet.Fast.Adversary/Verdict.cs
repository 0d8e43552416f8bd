namespace ElasticNet.Fast.Adversary;

/// <summary>What became of one solution.</summary>
internal sealed record Verdict
{
    /// <summary>NaN or ∞ among what was returned, by name; null where there is none.</summary>
    public string? NotFinite { get; init; }

    /// <summary>A coefficient beyond its bounds, or of an excluded column.</summary>
    public bool IsInfeasible { get; init; }

    /// <summary>A better point lies lower than the certificate and 1e-12 allow.</summary>
    public bool IsFalse { get; init; }

    /// <summary>Neither shown to hold nor to be false.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>The gap that was claimed.</summary>
    public double Claimed { get; init; }

    /// <summary>How far the objective certainly lies above its minimum, over half the null deviance.</summary>
    public double GapAtLeast { get; init; }

    /// <summary>How far it lies at most.</summary>
    public double GapAtMost { get; init; }

    /// <summary>The deviance ratio claimed, less that of the coefficients returned.</summary>
    public double DevianceError { get; init; }

    /// <summary>Likewise by the model's predictions, beyond what their own rounding explains.</summary>
    public double PredictionError { get; init; }
}
