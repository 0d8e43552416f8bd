namespace ElasticNet.Fast.Families;

/// <summary>exp((2 − p)η)/(2 − p) + y exp((1 − p)η)/(p − 1) of an amount that is often exactly 0.</summary>
internal sealed class TweedieFamily(double power) : Family(
    4, "tweedie", "Tweedie", Link.Log, Measure.Deviance, Measure.MeanSquaredError, Measure.MeanAbsoluteError)
{
    public override double Parameter => power;

    public override string? ParameterName => "power";
}
