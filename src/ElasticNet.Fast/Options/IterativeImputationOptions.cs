namespace ElasticNet.Fast.Preprocessing;

/// <summary>How <see cref="ImputationMethod.Iterative"/> learns its regressions. Immutable.</summary>
public sealed record IterativeImputationOptions
{
    /// <summary>Rounds at most, ≥ 1; in each, every column of numbers is regressed on all others. Default 10.</summary>
    public int MaxRounds { get; init; } = 10;

    /// <summary>
    /// Rounds end when the largest sum over a row of |change| is below this × the largest absolute value in the training rows; ≥ 0.
    /// Default 1e-3. See <see cref="Preparation.Convergence"/> for whether it came to that.
    /// </summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>What each column is regressed on the others by. Default: BayesianRidge.</summary>
    public ImputationRegression Regression { get; init; } = ImputationRegression.BayesianRidge;

    /// <summary>The mixing ρ in [0, 1] of <see cref="ImputationRegression.ElasticNet"/>; its λ is chosen by BIC. Default 0.5.</summary>
    public double L1Ratio { get; init; } = 0.5;

    /// <summary>
    /// Predictive mean matching: how many donors, from 1 to 64 (5 is usual), are compared; 0, the default, puts in what the regressions
    /// predict. With it, an observed value takes the place of the last prediction: that of the training rows whose own predictions are
    /// nearest. A single fill is the middle one of these (of two the smaller), so that the same row is always filled the same; draws take
    /// any of them. Integers stay integers, and no value is put in that never occurred. Little 1988; van Buuren 2018, §3.4. Columns without another column
    /// of numbers are filled as without it.
    /// </summary>
    public int Matching { get; init; }

    /// <summary>The least value that is ever put in. Default −∞.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value that is ever put in, ≥ <see cref="Minimum"/>. Default +∞.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether what is put into a column stays within the range of its training values, too. Default false.</summary>
    public bool ClipToObserved { get; init; }
}

/// <summary>The regressions of <see cref="ImputationMethod.Iterative"/>.</summary>
public enum ImputationRegression
{
    /// <summary>Ridge regression whose strength maximises the evidence, as scikit-learn's IterativeImputer uses it.</summary>
    BayesianRidge,

    /// <summary>The elastic net with standardised columns: columns that say nothing about the gap are left out of its equation.</summary>
    ElasticNet,
}
