namespace ElasticNet.Fast.Selection;

/// <summary>Stability selection was cancelled on the way. The pairs of halves that were finished until then stay.</summary>
public sealed class StabilityCanceledException : OperationCanceledException
{
    internal StabilityCanceledException(StabilityResult finished, int pairs, OperationCanceledException cause)
        : base(Throw.Invariant($"Stability selection was cancelled after {finished.Pairs} of {pairs} pairs of halves."), cause, cause.CancellationToken) =>
        (Finished, Pairs) = (finished, pairs);

    /// <summary>What the finished pairs come to, with the bound for so many.</summary>
    public StabilityResult Finished { get; }

    /// <summary>How many pairs there were to be.</summary>
    public int Pairs { get; }
}
