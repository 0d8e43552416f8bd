namespace ElasticNet.Fast.Families;

/// <summary>(y + k) log(k + exp η) − y η of a count that spreads more than Poisson's.</summary>
internal sealed class NegativeBinomialFamily(double size) : Family(
    5, "negative-binomial", "negative binomial", Link.Log, Measure.Deviance, Measure.MeanSquaredError, Measure.MeanAbsoluteError)
{
    public override double Parameter => size;

    public override string? ParameterName => "size";
}
