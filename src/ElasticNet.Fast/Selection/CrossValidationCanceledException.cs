namespace ElasticNet.Fast.Selection;

/// <summary>A cross-validation was cancelled on the way. The folds that were finished until then stay.</summary>
public sealed class CrossValidationCanceledException : OperationCanceledException
{
    internal CrossValidationCanceledException(int finishedFolds, int folds, CrossValidationResult? finished, OperationCanceledException cause)
        : base(Throw.Invariant($"The cross-validation was cancelled after {finishedFolds} of {folds} folds."), cause, cause.CancellationToken) =>
        (FinishedFolds, Folds, Finished) = (finishedFolds, folds, finished);

    /// <summary>How many folds, repeats included, were finished for every ρ.</summary>
    public int FinishedFolds { get; }

    /// <summary>How many there were to be.</summary>
    public int Folds { get; }

    /// <summary>
    /// What these folds come to: curves, choice and model as ever, from fewer held-out rows. Null where there are fewer than two of
    /// them, or where the path on all rows was not finished. Errors of unfinished folds are 0 in <see cref="CrossValidationCurve.FoldErrors"/> and count nowhere.
    /// </summary>
    public CrossValidationResult? Finished { get; }
}
