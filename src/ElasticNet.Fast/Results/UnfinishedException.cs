namespace ElasticNet.Fast;

/// <summary>
/// Work was cancelled on the way, and what was finished until then is handed over: solutions of a path (<see cref="RegularizationPath"/>, exact as
/// ever), folds of a cross-validation or outer folds of a nested one, candidates of a search, pairs of halves, splits or resamples. Catch it as an <see cref="OperationCanceledException"/> where that is of no interest.
/// </summary>
/// <typeparam name="TResult">What the work would have returned.</typeparam>
public sealed class UnfinishedException<TResult> : OperationCanceledException
    where TResult : class
{
    /// <param name="work">What was cancelled, as the subject of a sentence.</param>
    /// <param name="finished">How much of it is finished.</param>
    /// <param name="total">Of how much.</param>
    /// <param name="pieces">What is counted.</param>
    /// <param name="result">What that comes to.</param>
    /// <param name="cause">The cancellation.</param>
    internal UnfinishedException(string work, int finished, int total, string pieces, TResult? result, OperationCanceledException cause)
        : base(Throw.Invariant($"{work} was cancelled after {finished} of {total} {pieces}."), cause, cause.CancellationToken) =>
        (Finished, Total, Result) = (finished, total, result);

    /// <summary>
    /// What is finished comes to, as if no more had been asked for: a path of the largest λ; curves, choice and model of the folds that every ρ has
    /// finished (the errors of the others are 0 in <c>FoldErrors</c> and count nowhere); intervals of so many samples. Null where it is in the caller's
    /// memory, or where it comes to nothing: fewer than two folds, or no path on all rows.
    /// </summary>
    public TResult? Result { get; }

    /// <summary>How many λ (from the largest down; where the caller's memory is filled, so many entries of it are), folds (repeats included), candidates, pairs of halves or samples are finished.</summary>
    public int Finished { get; }

    /// <summary>How many there were to be.</summary>
    public int Total { get; }
}
