using System.Diagnostics;

namespace ElasticNet.Fast.Adversary;

/// <summary>Many problems, on several threads, counted by class.</summary>
internal sealed class Tournament(Request request)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally> _tallies = HostileClass.All.ToDictionary(c => c.Name, c => new Tally(c.Name));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Running?[] _running = new Running?[request.Threads];
    private int _next = request.First;
    private int _done;
    private int _solutions;

    /// <summary>Runs all.</summary>
    /// <returns>Whether nothing failed.</returns>
    public bool Run()
    {
        Thread?[] threads = new Thread?[request.Threads];
        long reported = Stopwatch.GetTimestamp();
        for (int t = 0; t < threads.Length; t++)
            threads[t] = Start(t);
        for (bool busy = true; busy;)
        {
            Thread.Sleep(100);
            busy = false;
            for (int t = 0; t < threads.Length; t++)
            {
                if (IsHanging(t))
                    threads[t] = Start(t);
                busy |= threads[t]!.IsAlive;
            }

            if (Stopwatch.GetElapsedTime(reported).TotalSeconds < 15)
                continue;
            reported = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{_clock.Elapsed.TotalSeconds:f0} s: {_done} problems, {_solutions} solutions, {_tallies.Values.Sum(t => t.Failures)} failures");
        }

        Table.Write(Console.Out, [.. HostileClass.All.Select(c => _tallies[c.Name]).Where(t => t.Problems > 0)]);
        Console.WriteLine($"{_done} problems of seed {request.Seed}, {_solutions} solutions, {_clock.Elapsed.TotalSeconds:f0} s");
        return _tallies.Values.All(t => t.Failures == 0);
    }

    private Thread Start(int place)
    {
        Thread thread = new(() => Work(place), 16 << 20) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Work(int place)
    {
        using Contestant contestant = new();
        for (int index; (index = Interlocked.Increment(ref _next) - 1) < request.First + request.Count;)
        {
            HostileProblem problem = ProblemFactory.Make(request.Seed, index, request.Only);
            Running run = new(problem, Stopwatch.GetTimestamp());
            lock (_lock)
                _running[place] = run;
            Trial trial = Trial.Of(problem, contestant);
            lock (_lock)
            {
                if (_running[place] != run)
                    return; // given up
                _running[place] = null;
                _done++;
                _solutions += trial.Answers.Count;
                foreach (string sentence in _tallies[problem.Class].Add(trial))
                    Console.Error.WriteLine(sentence);
            }
        }
    }

    /// <summary>Gives up a problem that takes too long; its thread is left behind.</summary>
    private bool IsHanging(int place)
    {
        lock (_lock)
        {
            if (_running[place] is not { } run || Stopwatch.GetElapsedTime(run.Started) < _patience)
                return false;
            _running[place] = null;
            _done++;
            Console.Error.WriteLine(_tallies[run.Problem.Class].AddHanging(run.Problem.Index));
            return true;
        }
    }

    private sealed record Running(HostileProblem Problem, long Started);
}
