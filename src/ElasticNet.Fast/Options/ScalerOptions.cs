namespace ElasticNet.Fast.Preprocessing;

/// <summary>What a <see cref="Scaler"/> learns. Immutable.</summary>
public sealed record ScalerOptions
{
    /// <summary>Which center and which unit. Default: mean and standard deviation with divisor n.</summary>
    public ScalingMethod Method { get; init; } = ScalingMethod.Standard;

    /// <summary>What the minimum becomes under <see cref="ScalingMethod.MinMax"/>. Default 0.</summary>
    public double TargetMinimum { get; init; }

    /// <summary>What the maximum becomes under <see cref="ScalingMethod.MinMax"/>, above <see cref="TargetMinimum"/>. Default 1.</summary>
    public double TargetMaximum { get; init; } = 1;

    /// <summary>Where the range of <see cref="ScalingMethod.Robust"/> begins, in [0, 1). Default 0.25.</summary>
    public double LowerQuantile { get; init; } = 0.25;

    /// <summary>Where the range of <see cref="ScalingMethod.Robust"/> ends, above <see cref="LowerQuantile"/> and at most 1. Default 0.75.</summary>
    public double UpperQuantile { get; init; } = 0.75;

    internal void Check()
    {
        if (!Enum.IsDefined(Method))
            Throw.OutOfRange(nameof(Method), (int)Method, "be a method that is defined");
        if (!double.IsFinite(TargetMinimum))
            Throw.OutOfRange(nameof(TargetMinimum), TargetMinimum, "be finite");
        if (!(double.IsFinite(TargetMaximum) && TargetMaximum > TargetMinimum))
            Throw.OutOfRange(nameof(TargetMaximum), TargetMaximum, Throw.Invariant($"be finite and above 'TargetMinimum' ({TargetMinimum})"));
        if (LowerQuantile is not (>= 0 and < 1))
            Throw.OutOfRange(nameof(LowerQuantile), LowerQuantile, "be in [0, 1)");
        if (!(UpperQuantile > LowerQuantile && UpperQuantile <= 1))
            Throw.OutOfRange(nameof(UpperQuantile), UpperQuantile, Throw.Invariant($"be above 'LowerQuantile' ({LowerQuantile}) and at most 1"));
    }
}
