using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare.Contests;

/// <summary>One task for everybody, ours in both storages, each peer at its default and at matched gap, in turns.</summary>
internal sealed class PathContest(SolveTask task)
{
    /// <summary>The relative gap that ours promises.</summary>
    public const double OwnGap = 1e-12;

    /// <summary>What was asked.</summary>
    public SolveTask Task { get; } = task;

    /// <summary>Everybody, ours on double first.</summary>
    public List<Contestant> Contestants { get; } = [];

    /// <summary>What ours reported of itself in its last run.</summary>
    public List<OwnTrace> OwnTraces { get; } = [];

    /// <summary>Whether every solution of ours is as exact as promised, by the judge and by its own word.</summary>
    public bool OwnGapsHold { get; private set; } = true;

    /// <summary>Runs the contest.</summary>
    /// <param name="peers">The peers that are installed, with the problem of the task in hand.</param>
    /// <param name="single">The problem's X in float; null where that is not tried.</param>
    /// <param name="files">The problem in files.</param>
    /// <param name="settings">Threads and repeats.</param>
    public void Run(IReadOnlyList<Peer> peers, DesignMatrix<float>? single, ProblemFiles files, Settings settings)
    {
        settings.Progress($"{Task.Problem.Name}, L1 ratio {Task.L1Ratio}, {Task.Name}");
        using OwnSolver own = new(settings.Threads, null);
        using OwnSolver ownSingle = new(settings.Threads, single);
        OwnSolver[] ours = single is null ? [own] : [own, ownSingle];
        foreach (OwnSolver solver in ours)
            Contestants.Add(WarmUp(solver, settings.Progress));
        foreach (Peer peer in peers)
            Contestants.AddRange(ToleranceLadder.Climb(peer, Task, settings.Progress));

        for (int repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            settings.Progress($"  run {repeat} of {settings.Repeats}");
            foreach (Contestant contestant in Contestants.Where(contestant => contestant.Failure is null && !contestant.IsSlow))
                Time(contestant);
        }
        foreach (Contestant contestant in Contestants.Where(contestant => settings.Memory && Task.Problem.IsDenseGaussian && contestant.Failure is null))
            contestant.Memory = Weigh(contestant, ownSingle, files, settings);
        OwnTraces.AddRange(ours.Select(
            solver => new OwnTrace(solver.Name, [.. solver.Fits], solver.AllocatedBytes)));
    }

    private Contestant WarmUp(OwnSolver solver, Action<string> progress)
    {
        Contestant contestant = new(solver, "exact", 0);
        Solution solution = solver.Solve(Task, 0);
        contestant.Gap = solver.LargestRelativeGap(Task, solution);
        double reported = solver.Fits.Max(fit => fit.RelativeGap);
        progress($"  {solver.Name}: {solution.Cost.CpuSeconds:0.000} s cold, gap {contestant.Gap:0.0e+0}, reported {reported:0.0e+0}");
        OwnGapsHold &= contestant.Gap <= OwnGap && reported <= OwnGap;
        return contestant;
    }

    private long? Weigh(Contestant contestant, OwnSolver ownSingle, ProblemFiles files, Settings settings)
    {
        if (contestant.Solver is not Peer peer)
            return MemoryWorker.Measure(files, Task, contestant.Solver == ownSingle, settings.Threads);
        try
        {
            return peer.MeasureMemory(Task, contestant.Tolerance);
        }
        catch (SolveFailedException failure)
        {
            settings.Progress($"  {peer.Name}, memory: {failure.Message}");
            return null;
        }
    }

    private void Time(Contestant contestant)
    {
        try
        {
            contestant.Timing.Add(contestant.Solver.Solve(Task, contestant.Tolerance).Cost);
        }
        catch (SolveFailedException failure)
        {
            contestant.Failure = failure.Message;
        }
    }
}
