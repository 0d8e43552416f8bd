namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>What a cross-validation chose, how well that did, and what it cost.</summary>
/// <param name="LambdaMin">λ of least mean error.</param>
/// <param name="LeastError">That mean squared error.</param>
/// <param name="Cost">Time of the whole call, the refit on all rows included.</param>
internal sealed record CrossValidationOutcome(double LambdaMin, double LeastError, Measurement Cost);
