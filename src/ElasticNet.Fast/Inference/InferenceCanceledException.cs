namespace ElasticNet.Fast.Inference;

/// <summary>Splits or resamples were cancelled on the way. Those that were finished until then stay.</summary>
public sealed class InferenceCanceledException : OperationCanceledException
{
    internal InferenceCanceledException(InferenceResult finished, int finishedCount, int count, OperationCanceledException cause)
        : base(Throw.Invariant($"The inference was cancelled after {finishedCount} of {count} samples."), cause, cause.CancellationToken) =>
        (Finished, FinishedCount, Count) = (finished, finishedCount, count);

    /// <summary>What the finished splits or resamples come to, as if no more had been asked for.</summary>
    public InferenceResult Finished { get; }

    /// <summary>How many were finished.</summary>
    public int FinishedCount { get; }

    /// <summary>How many there were to be.</summary>
    public int Count { get; }
}
