using System.Globalization;
using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Adversary;

/// <summary>Hostile columns with targets of the families other than the Gaussian, on several threads, counted by family.</summary>
internal sealed class FamilyTournament(Request request)
{
    /// <summary>The proof takes its time; larger problems are left to the tests.</summary>
    private const int MostElements = 1500;

    private readonly Lock _lock = new();
    private readonly Dictionary<Family, FamilyTally> _tallies = FamilyDraws.Families.ToDictionary(family => family, _ => new FamilyTally());

    /// <summary>Runs all.</summary>
    /// <returns>Whether nothing failed.</returns>
    public bool Run()
    {
        int count = request.IsSingle ? 1 : request.Count;
        Parallel.For(request.First, request.First + count, new ParallelOptions { MaxDegreeOfParallelism = request.Threads }, index =>
        {
            HostileProblem problem = ProblemFactory.Make(request.Seed, index, request.Only);
            if (problem.X.Length > MostElements)
                return;
            Family family = FamilyDraws.Families[index % FamilyDraws.Families.Length];
            FamilyTrial trial = new(problem, family);
            trial.Run();
            lock (_lock)
            {
                foreach (string sentence in _tallies[family].Add(trial))
                    Console.Error.WriteLine($"{family} ({family.Link}), {problem.Class}, --index {index}: {sentence}");
            }
        });

        Console.WriteLine($"{"family",-30}{"problems",9}{"solutions",10}{"refused",9}{"FALSE",7}{"inside",8}{"gap>1e-12",11}{"gap>1e-9",10}{"undecided",11}{"beyond",8}");
        foreach ((Family family, FamilyTally t) in _tallies)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"{family} ({family.Link})",-30}{t.Problems,9}{t.Solutions,10}{t.Refused,9}{t.False,7}{t.Inside,8}{t.Loose,11}{t.Flagged,10}{t.Undecided,11}{t.Beyond,8}"));
        return _tallies.Values.All(tally => tally.False + tally.Inside == 0);
    }
}
