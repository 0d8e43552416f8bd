namespace ElasticNet.Fast.Preprocessing;

/// <summary>How often, how long and from what seed <see cref="MultipleImputation"/> draws. Immutable.</summary>
public sealed record MultipleImputationOptions
{
    /// <summary>The number m ≥ 2 of completed tables. Default 10.</summary>
    public int Imputations { get; init; } = 10;

    /// <summary>Rounds of draws before a table is taken, ≥ 1: each is a sweep of a Gibbs sampler over the columns with gaps. Default 10.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Seed of the draws. Default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
