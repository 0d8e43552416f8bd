namespace ElasticNet.Fast;

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

    /// <summary>The least value that is ever put in. Default −∞.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value that is ever put in, ≥ <see cref="Minimum"/>. Default +∞.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether what is put into a column stays within the range of its training values, too. Default false.</summary>
    public bool ClipToObserved { get; init; }
}
