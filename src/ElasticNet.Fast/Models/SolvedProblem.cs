namespace ElasticNet.Fast;

/// <summary>
/// What a model is the solution of, beside λ, ρ and <see cref="Provenance"/>: with these and the training rows anybody can
/// recompute the objective and what proves it. Predictions do not look at it.
/// </summary>
public sealed record SolvedProblem
{
    /// <summary>The least λ at which every penalised coefficient is 0; what <see cref="ElasticNetFit.KktResidual"/> is relative to.</summary>
    public required double LambdaMax { get; init; }

    /// <summary>Penalty factors vⱼ, one per feature; empty means 1.</summary>
    public ReadOnlyMemory<double> PenaltyFactors { get; init; }

    /// <summary>Lower bounds of the coefficients on the original scale, one per feature or a single one for all; empty means −∞.</summary>
    public ReadOnlyMemory<double> LowerBounds { get; init; }

    /// <summary>Upper bounds of the coefficients on the original scale, one per feature or a single one for all; empty means +∞.</summary>
    public ReadOnlyMemory<double> UpperBounds { get; init; }

    /// <summary>Features (counted from 0) whose coefficient was held at 0, ascending.</summary>
    public ReadOnlyMemory<int> ExcludedFeatures { get; init; }

    /// <summary>The groups of features, whose names are not kept; empty where every feature is penalised for itself. Of a model with preparation they hold features, not raw columns.</summary>
    public ListOf<FeatureGroup> FeatureGroups { get; init; }

    /// <summary>τ: the share of the l1 term of groups that is each feature's for itself.</summary>
    public double GroupMixing { get; init; }

    /// <summary>Of several outputs, whether the coefficients of a feature for all of them were penalised by their norm: <see cref="ElasticNetOptions.GroupOutputs"/>.</summary>
    public bool GroupOutputs { get; init; }

    /// <summary>Name of the column of weights, or null.</summary>
    public string? WeightsName { get; init; }

    /// <summary>Name of the column of the offset, or null.</summary>
    public string? OffsetName { get; init; }

    /// <summary>What sets the problem apart, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"λ_max {LambdaMax:g6}{Part(PenaltyFactors, "penalty factors")}{Part(LowerBounds, "lower bounds")}{Part(UpperBounds, "upper bounds")}{(ExcludedFeatures.IsEmpty ? "" : Throw.Invariant($", {ExcludedFeatures.Length} features excluded"))}{(GroupOutputs ? ", outputs grouped" : "")}{(FeatureGroups.IsEmpty ? "" : Throw.Invariant($", {FeatureGroups.Count} groups"))}{(WeightsName is null ? "" : $", weights '{WeightsName}'")}{(OffsetName is null ? "" : $", offset '{OffsetName}'")}");

    private static string Part(ReadOnlyMemory<double> values, string what) => values.IsEmpty ? "" : Throw.Invariant($", {values.Length} {what}");
}
