using System.Globalization;

namespace ElasticNet.Fast.Adversary;

/// <summary>Hostile columns with targets of other losses and penalties than the Gaussian's, on several threads, counted by kind.</summary>
internal sealed class FamilyTournament(Request request, FamilyKind[] kinds)
{
    /// <summary>The proof takes its time; larger problems are left to the tests.</summary>
    private const int MostElements = 1500;

    private readonly Lock _lock = new();
    private readonly Dictionary<FamilyKind, FamilyTally> _tallies = kinds.ToDictionary(kind => kind, _ => new FamilyTally());

    /// <summary>Runs all.</summary>
    /// <returns>Whether nothing failed.</returns>
    public bool Run()
    {
        int count = request.IsSingle ? 1 : request.Count;
        Parallel.For(request.First, request.First + count, new ParallelOptions { MaxDegreeOfParallelism = request.Threads }, index =>
        {
            HostileProblem problem = ProblemFactory.Make(request.Seed, index, request.Only);
            FamilyKind kind = kinds[index % kinds.Length];
            // Of several outputs each element is there for each.
            if (problem.X.Length > MostElements / (kind.Family.HasOutputs ? 3 : 1))
                return;
            FamilyTrial trial = new(problem, kind);
            trial.Run();
            lock (_lock)
            {
                foreach (string sentence in _tallies[kind].Add(trial))
                    Console.Error.WriteLine($"{kind}, {problem.Class}, --index {index}: {sentence}");
            }
        });

        Console.WriteLine($"{"family",-40}{"problems",9}{"solutions",10}{"refused",9}{"FALSE",7}{"inside",8}{"gap>1e-12",11}{"gap>1e-9",10}{"undecided",11}{"beyond",8}");
        foreach ((FamilyKind kind, FamilyTally t) in _tallies)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-40}{t.Problems,9}{t.Solutions,10}{t.Refused,9}{t.False,7}{t.Inside,8}{t.Loose,11}{t.Flagged,10}{t.Undecided,11}{t.Beyond,8}"));
        return _tallies.Values.All(tally => tally.False + tally.Inside == 0);
    }
}
