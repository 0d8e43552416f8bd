namespace ElasticNet.Fast.Families;

/// <summary>−y η + log(1 + exp η) of an event (y = 1), none (0), or a proportion of events.</summary>
internal sealed class BinomialFamily() : Family(
    1, "binomial", "binomial", Link.Logit,
    Measure.Deviance, Measure.Auc, Measure.Misclassification, Measure.LogLoss, Measure.Brier, Measure.MeanSquaredError, Measure.MeanAbsoluteError);
