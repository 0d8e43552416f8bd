namespace ElasticNet.Fast.Cli.Judge;

/// <summary>
/// One reading of somebody's objective: (Σ w ℓ)/(Σ w), ℓ = ½r² for squared error, + λ Σ vⱼ [ρ|sⱼβⱼ| + (1−ρ)/2 · c · (sⱼβⱼ)²], and of what the coefficients are.
/// The changes to it are the usual confusions.
/// </summary>
internal sealed record Reading
{
    public required double Lambda { get; init; }

    public required double L1Ratio { get; init; }

    public required bool Standardize { get; init; }

    /// <summary>Whether c is 1/sd(y).</summary>
    public required bool DividesRidge { get; init; }

    /// <summary>vⱼ as the objective has them; null means 1.</summary>
    public required double[]? Factors { get; init; }

    /// <summary>What c is multiplied by.</summary>
    public double RidgeFactor { get; init; } = 1;

    /// <summary>What sⱼ is multiplied by.</summary>
    public double ScaleFactor { get; init; } = 1;

    /// <summary>What sd(y) is multiplied by.</summary>
    public double TargetScaleFactor { get; init; } = 1;

    /// <summary>Whether rows count by their weights.</summary>
    public bool IsWeighted { get; init; } = true;

    /// <summary>Whether the other class is the event.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Whether the coefficients of a feature for all outputs are penalised by their norm.</summary>
    public bool GroupsOutputs { get; init; }

    /// <summary>Whether several responses were divided by their standard deviations.</summary>
    public bool HasStandardizedResponses { get; init; }

    /// <summary>Whether Efron's rule for ties takes the place of Breslow's.</summary>
    public bool IsEfron { get; init; }

    /// <summary>Whether the coefficients are those of standardised columns.</summary>
    public bool HasStandardizedCoefficients { get; init; }
}
