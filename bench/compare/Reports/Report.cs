using System.Text;
using ElasticNet.Fast.Compare.Contests;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare.Reports;

/// <summary>The comparison as Markdown.</summary>
internal sealed class Report(Settings settings, IReadOnlyList<Peer> peers, ulong seed)
{
    private readonly StringBuilder _text = new();

    /// <summary>Tables of paths and cold starts.</summary>
    public string Write(IReadOnlyList<PathContest> contests)
    {
        WriteHeader("Paths and cold starts");
        _text.AppendLine("- extra MB: how far the resident memory of a fresh process that has X and y rises during its first solve, at the peak; the code it compiles on the way included");
        _text.AppendLine();
        _text.AppendLine("| problem | ρ | task | who | stops at | CPU s, least | CPU s, median | wall s, least | wall s, median | × ours | largest gap | extra MB |");
        _text.AppendLine("|---|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (PathContest contest in contests)
        {
            Timing ours = contest.Contestants[0].Timing;
            foreach (Contestant contestant in contest.Contestants)
            {
                string start = $"| {contest.Task.Problem.Name} | {contest.Task.L1Ratio} | {contest.Task.Name} | {contestant.Solver.Name} | {contestant.Rule}{(contestant.IsSlow ? ", one run" : "")} ";
                string end = contestant.Failure is null ? $"{Number.Gap(contestant.Gap)} | {Number.Megabytes(contestant.Memory)}" : $"gave up: {contestant.Failure} |";
                _text.AppendLine($"{start}{Times(contestant.Timing, ours, contestant.Failure)} {end} |");
            }
        }
        WriteTraces(contests);
        _text.AppendLine();
        return _text.ToString();
    }

    /// <summary>The table of cross-validations.</summary>
    public string Write(IReadOnlyList<CrossValidationContest> contests)
    {
        WriteHeader("Ten-fold cross-validation, given folds, peers at their defaults");
        _text.AppendLine();
        _text.AppendLine("| problem | ρ | who | CPU s, least | CPU s, median | wall s, least | wall s, median | × ours | λ.min | mean loss there |");
        _text.AppendLine("|---|---|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (CrossValidationContest contest in contests)
        {
            Timing ours = contest.Entries[0].Timing;
            foreach (CrossValidationEntry entry in contest.Entries)
            {
                string start = $"| {contest.Task.Problem.Name} | {contest.Task.L1Ratio} | {entry.Name} ";
                string end = entry.Failure is null
                    ? $"{entry.Outcome!.LambdaMin:0.00000e+0} | {entry.Outcome.LeastError:0.0000000}"
                    : $"gave up: {entry.Failure} |";
                _text.AppendLine($"{start}{Times(entry.Timing, ours, entry.Failure)} {end} |");
            }
        }
        _text.AppendLine();
        return _text.ToString();
    }

    private void WriteHeader(string title)
    {
        _text.Clear();
        _text.AppendLine($"# {title}");
        _text.AppendLine();
        _text.AppendLine($"- {MachineInfo.Describe()}");
        foreach (Peer peer in peers)
            _text.AppendLine($"- {peer.Description}");
        _text.AppendLine($"- seed {seed}, {settings.Threads} {(settings.Threads == 1 ? "thread" : "threads")}, {settings.Repeats} alternating runs after a warm-up; the solve alone, in process");
        _text.AppendLine($"- × ours: least {(settings.Threads == 1 ? "CPU" : "wall-clock")} seconds over those of ours on double");
    }

    private string Times(Timing timing, Timing ours, string? failure)
    {
        if (failure is not null)
            return "| – | – | – | – | – |";
        double ratio = settings.Threads == 1 ? timing.LeastCpu / ours.LeastCpu : timing.LeastWall / ours.LeastWall;
        return $"| {Number.Seconds(timing.LeastCpu)} | {Number.Seconds(timing.MedianCpu)} | {Number.Seconds(timing.LeastWall)} | {Number.Seconds(timing.MedianWall)} | {Number.Ratio(ratio)} |";
    }

    private void WriteTraces(IReadOnlyList<PathContest> contests)
    {
        _text.AppendLine();
        _text.AppendLine("What ours did, summed over the λ of a task, and what it says of its own accuracy:");
        _text.AppendLine();
        _text.AppendLine("| problem | ρ | task | who | full passes | columns read | reads of X | solves | factorizations | sweeps | monotone steps | most non-zeros | largest reported gap | largest KKT residual | bytes allocated |");
        _text.AppendLine("|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (PathContest contest in contests)
        {
            foreach ((string name, IReadOnlyList<ElasticNetFit> fits, long allocated) in contest.OwnTraces)
            {
                _text.AppendLine(
                    $"| {contest.Task.Problem.Name} | {contest.Task.L1Ratio} | {contest.Task.Name} | {name} "
                    + $"| {fits.Sum(fit => fit.Trace.FullPasses)} | {fits.Sum(fit => fit.Trace.ColumnsRead)} | {fits.Sum(fit => fit.Trace.FullPasses + (double)fit.Trace.ColumnsRead / contest.Task.Problem.Columns):0.0} | {fits.Sum(fit => fit.Trace.Solves)} "
                    + $"| {fits.Sum(fit => fit.Trace.Factorizations)} | {fits.Sum(fit => fit.Trace.Sweeps)} | {fits.Sum(fit => fit.Trace.MonotoneSteps)} "
                    + $"| {fits.Max(fit => fit.NonZeroCount)} | {Number.Gap(fits.Max(fit => fit.RelativeGap))} | {Number.Gap(fits.Max(fit => fit.KktResidual))} | {allocated} |");
            }
        }
    }
}
