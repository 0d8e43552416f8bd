namespace ElasticNet.Fast.Compare.Contests;

/// <summary>What ours did in one run of a task.</summary>
/// <param name="Name">Which of ours.</param>
/// <param name="Fits">Its own account, one per λ.</param>
/// <param name="AllocatedBytes">Managed bytes allocated by the run on the calling thread, the workspace being warm.</param>
internal sealed record OwnTrace(string Name, IReadOnlyList<ElasticNetFit> Fits, long AllocatedBytes);
