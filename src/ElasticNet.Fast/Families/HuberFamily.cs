namespace ElasticNet.Fast.Families;

/// <summary>½r² of a residual up to δ, from there on δ|r| − ½δ².</summary>
internal sealed class HuberFamily(double delta) : Family(
    6, "huber", "Huber", Link.Identity, Measure.Deviance, Measure.MeanSquaredError, Measure.MeanAbsoluteError)
{
    public override double Parameter => delta;

    public override string? ParameterName => "delta";
}
