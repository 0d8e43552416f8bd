namespace ElasticNet.Fast;

/// <summary>A path was cancelled on the way. What was solved until then is exact and stays.</summary>
public sealed class PathCanceledException : OperationCanceledException
{
    internal PathCanceledException(int finishedCount, RegularizationPath? finished, OperationCanceledException cause)
        : base($"The path was cancelled after {finishedCount} λ.", cause, cause.CancellationToken) =>
        (FinishedCount, Finished) = (finishedCount, finished);

    /// <summary>How many λ, from the largest down, were solved; where the caller's memory is filled, so many entries of it are.</summary>
    public int FinishedCount { get; }

    /// <summary>Their solutions; null where they are in the caller's memory.</summary>
    public RegularizationPath? Finished { get; }
}
