using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare.Contests;

/// <summary>Finds out what a peer has to be told before its solutions are good enough.</summary>
internal static class ToleranceLadder
{
    /// <summary>The relative gap that counts as matched.</summary>
    public const double MatchedGap = 1e-6;

    /// <summary>CPU seconds from which on a peer's run is not repeated.</summary>
    private const double SlowSeconds = 60;

    /// <summary>
    /// Runs the peer at its default and then at tighter and tighter tolerances until the largest relative gap of the
    /// task is at most <see cref="MatchedGap"/>. Each run warms the peer up as well.
    /// </summary>
    /// <returns>The peer at its default, and at the first tolerance that matched (or the failure to find one).</returns>
    public static IEnumerable<Contestant> Climb(Peer peer, SolveTask task, Action<string> progress)
    {
        double[] rungs = peer.ToleranceLadder;
        for (int k = 0; k < rungs.Length; k++)
        {
            Contestant rung = Try(peer, task, rungs[k], k == 0, progress);
            bool matched = rung.Gap <= MatchedGap;
            bool last = matched || rung.Failure is not null || k == rungs.Length - 1;
            if (last && !matched && k > 0)
                rung.Failure ??= $"gap {rung.Gap:0.0e+0} at the last rung";
            if (k == 0 || last)
                yield return rung;
            if (last)
                yield break;
        }
    }

    private static Contestant Try(Peer peer, SolveTask task, double tolerance, bool isDefault, Action<string> progress)
    {
        string rule = $"{peer.ToleranceName} {tolerance:0e+0}";
        try
        {
            Solution solution = peer.Solve(task, tolerance);
            double gap = GapCheck.LargestRelativeGap(task.Problem.X, task, solution);
            progress($"  {peer.Name} {rule}: {solution.Cost.CpuSeconds:0.000} s, gap {gap:0.0e+0}");
            Contestant contestant = new(peer, Describe(gap <= MatchedGap), tolerance) { Gap = gap, IsSlow = solution.Cost.CpuSeconds > SlowSeconds };
            if (contestant.IsSlow)
                contestant.Timing.Add(solution.Cost);
            return contestant;
        }
        catch (SolveFailedException failure)
        {
            progress($"  {peer.Name} {rule}: {failure.Message}");
            return new Contestant(peer, Describe(matched: false), tolerance) { Failure = failure.Message };
        }

        string Describe(bool matched) => (isDefault, matched) switch
        {
            (true, true) => $"{rule} (default, matched)",
            (true, false) => $"{rule} (default)",
            (false, true) => $"{rule} (matched)",
            (false, false) => rule,
        };
    }
}
