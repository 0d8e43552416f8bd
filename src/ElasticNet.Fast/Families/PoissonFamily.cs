namespace ElasticNet.Fast.Families;

/// <summary>exp η − y η of a count.</summary>
internal sealed class PoissonFamily() : Family(2, "poisson", "Poisson", Link.Log, Measure.Deviance, Measure.MeanSquaredError, Measure.MeanAbsoluteError);
