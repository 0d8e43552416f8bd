using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare.Contests;

/// <summary>How one side fared at a cross-validation.</summary>
/// <param name="Name">Who.</param>
internal sealed record CrossValidationEntry(string Name)
{
    /// <summary>The runs that count.</summary>
    public Timing Timing { get; } = new();

    /// <summary>What was chosen, the same in every run; null until the first.</summary>
    public CrossValidationOutcome? Outcome { get; set; }

    /// <summary>Why there is nothing; null where there is.</summary>
    public string? Failure { get; set; }
}

/// <summary>Ten-fold cross-validation of a path on given folds, the peers at their defaults, in turns.</summary>
internal sealed class CrossValidationContest(SolveTask task)
{
    /// <summary>What was asked.</summary>
    public SolveTask Task { get; } = task;

    /// <summary>Everybody, ours on double first.</summary>
    public List<CrossValidationEntry> Entries { get; } = [];

    /// <summary>Runs the contest; the first round warms up and does not count.</summary>
    public void Run(IReadOnlyList<Peer> peers, DesignMatrix<float>? single, Settings settings)
    {
        settings.Progress($"{Task.Problem.Name}, L1 ratio {Task.L1Ratio}, {Problem.FoldCount} folds × {Task.Name}");
        using OwnSolver own = new(settings.Threads, null);
        using OwnSolver ownSingle = new(settings.Threads, single);
        List<(CrossValidationEntry Entry, Func<SolveTask, CrossValidationOutcome> Work)> sides =
        [
            (new(own.Name), own.CrossValidate),
            .. peers.Select(peer => (new CrossValidationEntry(peer.Name), (Func<SolveTask, CrossValidationOutcome>)peer.CrossValidate)),
        ];
        if (single is not null)
            sides.Insert(1, (new(ownSingle.Name), ownSingle.CrossValidate));
        Entries.AddRange(sides.Select(side => side.Entry));
        for (int round = 0; round <= settings.Repeats; round++)
        {
            foreach ((CrossValidationEntry entry, Func<SolveTask, CrossValidationOutcome> work) in sides)
                Time(entry, work, counts: round > 0, settings.Progress);
        }
    }

    private void Time(CrossValidationEntry entry, Func<SolveTask, CrossValidationOutcome> work, bool counts, Action<string> progress)
    {
        if (entry.Failure is not null)
            return;
        try
        {
            entry.Outcome = work(Task);
            progress($"  {entry.Name}: {entry.Outcome.Cost.CpuSeconds:0.000} s{(counts ? "" : " cold")}");
            if (counts)
                entry.Timing.Add(entry.Outcome.Cost);
        }
        catch (SolveFailedException failure)
        {
            entry.Failure = failure.Message;
            progress($"  {entry.Name}: {failure.Message}");
        }
    }
}
