using System.Diagnostics;

namespace ElasticNet.Fast.Adversary;

/// <summary>One problem, solved and judged.</summary>
internal sealed record Trial(HostileProblem Problem, IReadOnlyList<Answer> Answers, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>What the library threw, or null.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Time that the library took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether the exception names what the caller gave: "'name' (value) must …". Others come from inside.</summary>
    public bool IsRefusal => Exception is ArgumentException { Message: ['\'', >= 'A' and <= 'z', ..] };

    public static Trial Of(HostileProblem problem, Contestant contestant)
    {
        long started = Stopwatch.GetTimestamp();
        List<Answer> answers;
        try
        {
            answers = contestant.Solve(problem);
        }
#pragma warning disable CA1031 // whatever it is, it is counted
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(problem, [], []) { Exception = exception, Elapsed = Stopwatch.GetElapsedTime(started) };
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        Judge judge = new(problem, new ScaledProblem(problem));
        return new(problem, answers, [.. answers.Select(judge.Examine)]) { Elapsed = elapsed };
    }
}
