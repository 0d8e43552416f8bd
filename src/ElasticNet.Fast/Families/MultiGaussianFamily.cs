namespace ElasticNet.Fast.Families;

/// <summary>½ Σ w ‖y − η‖² of several responses, one linear predictor for each.</summary>
internal sealed class MultiGaussianFamily() : Family(10, "multigaussian", "multi-response Gaussian", Link.Identity, Measure.MeanSquaredError, Measure.MeanAbsoluteError);
