using System.Diagnostics;

namespace ElasticNet.Fast.Adversary;

/// <summary>Many problems, on several threads, counted by class.</summary>
internal sealed class Tournament(Request request)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally> _tallies = HostileClass.All.ToDictionary(c => c.Name, c => new Tally(c.Name));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly (int Index, long Started)[] _running = new (int, long)[request.Threads];
    private int _next = request.First;
    private int _done;
    private int _solutions;

    /// <summary>Runs all.</summary>
    /// <returns>Whether nothing failed.</returns>
    public bool Run()
    {
        Thread[] threads = [.. Enumerable.Range(0, request.Threads).Select(t => new Thread(() => Work(t), 16 << 20))];
        using Timer timer = new(_ => Report(), null, 15_000, 15_000);
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Table.Write(Console.Out, [.. HostileClass.All.Select(c => _tallies[c.Name]).Where(t => t.Problems > 0)]);
        Console.WriteLine($"{_done} problems of seed {request.Seed}, {_solutions} solutions, {_clock.Elapsed.TotalSeconds:f0} s");
        return _tallies.Values.All(t => t.Failures == 0);
    }

    private void Work(int thread)
    {
        using Contestant contestant = new();
        for (int index; (index = Interlocked.Increment(ref _next) - 1) < request.First + request.Count;)
        {
            _running[thread] = (index, Stopwatch.GetTimestamp());
            Trial trial = Trial.Of(ProblemFactory.Make(request.Seed, index, request.Only), contestant);
            lock (_lock)
            {
                _done++;
                _solutions += trial.Answers.Count;
                foreach (string sentence in _tallies[trial.Problem.Class].Add(trial))
                    Console.Error.WriteLine(sentence);
            }
        }

        _running[thread] = default;
    }

    private void Report()
    {
        Console.Error.WriteLine($"{_clock.Elapsed.TotalSeconds:f0} s: {_done} problems, {_solutions} solutions, {_tallies.Values.Sum(t => t.Failures)} failures");
        foreach ((int index, long started) in _running)
        {
            if (started != 0 && Stopwatch.GetElapsedTime(started).TotalSeconds > 30)
                Console.Error.WriteLine($"--index {index} has been running for {Stopwatch.GetElapsedTime(started).TotalSeconds:f0} s");
        }
    }
}
