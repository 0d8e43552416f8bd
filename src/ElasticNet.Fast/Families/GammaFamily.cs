namespace ElasticNet.Fast.Families;

/// <summary>y exp(−η) + η of a positive amount.</summary>
internal sealed class GammaFamily() : Family(3, "gamma", "Gamma", Link.Log, Measure.Deviance, Measure.MeanSquaredError, Measure.MeanAbsoluteError);
