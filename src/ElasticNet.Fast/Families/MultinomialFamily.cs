namespace ElasticNet.Fast.Families;

/// <summary>Minus the logarithm of the probability that softmax gives to the class that came, one linear predictor for each class.</summary>
internal sealed class MultinomialFamily() : Family(9, "multinomial", "multinomial", Link.Softmax, Measure.Deviance, Measure.Misclassification, Measure.LogLoss);
