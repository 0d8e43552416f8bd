namespace ElasticNet.Fast.Families;

/// <summary>Minus the log-likelihood of an event (y = 1), none (0), or a proportion of events.</summary>
internal sealed class BinomialFamily(Link link, string title) : Family(
    1, "binomial", title, link,
    Measure.Deviance, Measure.Auc, Measure.Misclassification, Measure.LogLoss, Measure.Brier, Measure.MeanSquaredError, Measure.MeanAbsoluteError);
