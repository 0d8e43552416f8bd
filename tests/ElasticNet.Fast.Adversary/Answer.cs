namespace ElasticNet.Fast.Adversary;

/// <summary>What the library returned for one λ.</summary>
/// <param name="Fit">The claims.</param>
/// <param name="Coefficients">p coefficients on the original scale.</param>
/// <param name="Predictions">What the model predicts for the rows, or null where no model was made.</param>
internal sealed record Answer(ElasticNetFit Fit, double[] Coefficients, double[]? Predictions);
