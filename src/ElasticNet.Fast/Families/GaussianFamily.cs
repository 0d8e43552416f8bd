namespace ElasticNet.Fast.Families;

/// <summary>½ Σ w (y − η)².</summary>
internal sealed class GaussianFamily() : Family(0, "gaussian", "Gaussian", Link.Identity, Measure.MeanSquaredError, Measure.MeanAbsoluteError);
