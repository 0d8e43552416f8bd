namespace ElasticNet.Fast.Inference;

/// <summary>What rows a bootstrap draws.</summary>
public enum BootstrapKind
{
    /// <summary>Rows with replacement: features and target vary together.</summary>
    Paired,

    /// <summary>Residuals with replacement, added to the fitted values: the features stay as they are.</summary>
    Residual,
}

/// <summary>How a bootstrap turns its resamples into an interval.</summary>
public enum BootstrapInterval
{
    /// <summary>The quantiles of the resamples.</summary>
    Percentile,

    /// <summary>Quantiles corrected for bias and acceleration (BCa). Efron 1987.</summary>
    BiasCorrected,
}

/// <summary>How confident, and by what; each method says which of these it uses.</summary>
public sealed record InferenceOptions
{
    /// <summary>Fewer resamples of a bootstrap have no tails.</summary>
    internal const int LeastResamples = 100;

    internal static InferenceOptions Default { get; } = new();

    /// <summary>Coverage of the intervals, in (0, 1). Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How p-values are adjusted for multiple testing. Default: Holm. Multi-splitting has an adjustment of its own.</summary>
    public PValueAdjustment Adjustment { get; init; } = PValueAdjustment.Holm;

    /// <summary>The mixing ρ of the penalised fits, in (0, 1]. Default 1, the lasso.</summary>
    public double L1Ratio { get; init; } = 1;

    /// <summary>The strength λ > 0 of the penalised fits; null lets cross-validation choose where the method allows it.</summary>
    public double? Lambda { get; init; }

    /// <summary>Standard deviation σ > 0 of the noise; null estimates it from the residuals.</summary>
    public double? NoiseDeviation { get; init; }

    /// <summary>
    /// λ > 0 of the nodewise regressions of the debiased fit, for columns of variance 1. Null means √(log p / n)/8: smaller removes
    /// more bias and widens the intervals; by simulation (<c>bench/simulations</c>) coverage is then near nominal.
    /// </summary>
    public double? NodeLambda { get; init; }

    /// <summary>Splits of multi-splitting, ≥ 1; 1 is plain data splitting. Default 50.</summary>
    public int Splits { get; init; } = 50;

    /// <summary>Resamples of the bootstrap, ≥ 100. Default 1000.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>What the bootstrap draws. Default: rows.</summary>
    public BootstrapKind Bootstrap { get; init; } = BootstrapKind.Paired;

    /// <summary>The bootstrap's intervals. Default: BCa.</summary>
    public BootstrapInterval Interval { get; init; } = BootstrapInterval.BiasCorrected;

    /// <summary>Seed of splits, resamples and folds. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal InferenceOptions Check()
    {
        if (!(Level is > 0 and < 1))
            Throw.OutOfRange(nameof(Level), Level, "be in (0, 1)");
        if (!(L1Ratio is > 0 and <= 1))
            Throw.OutOfRange(nameof(L1Ratio), L1Ratio, "be in (0, 1]: without an L1 part nothing is selected");
        CheckPositive(nameof(Lambda), Lambda);
        CheckPositive(nameof(NoiseDeviation), NoiseDeviation);
        CheckPositive(nameof(NodeLambda), NodeLambda);
        if (Splits < 1)
            Throw.OutOfRange(nameof(Splits), Splits, "be at least 1");
        if (Resamples < LeastResamples)
            Throw.OutOfRange(nameof(Resamples), Resamples, $"be at least {LeastResamples}: fewer have no tails");
        if (!Enum.IsDefined(Adjustment))
            Throw.OutOfRange(nameof(Adjustment), Adjustment, "be a defined adjustment");
        if (!Enum.IsDefined(Bootstrap))
            Throw.OutOfRange(nameof(Bootstrap), Bootstrap, "be a defined bootstrap");
        if (!Enum.IsDefined(Interval))
            Throw.OutOfRange(nameof(Interval), Interval, "be a defined interval");
        return this;
    }

    private static void CheckPositive(string name, double? value)
    {
        if (value is { } given && !(given > 0 && double.IsFinite(given)))
            Throw.OutOfRange(name, given, "be positive and finite, or null");
    }
}
