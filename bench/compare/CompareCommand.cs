using ElasticNet.Fast.Compare.Contests;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Reports;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare;

/// <summary>The command line.</summary>
internal static class CompareCommand
{
    /// <summary>Whether the command line was understood well enough to start.</summary>
    public static bool Started { get; set; }

    /// <summary>
    /// Solves the same generated problems with this library, glmnet and scikit-learn, in turns, and prints seconds,
    /// recomputed duality gaps and ratios as Markdown.
    /// </summary>
    /// <param name="problems">Any of tall-100k, tall-10k, square, wide, wide-blocks, genotypes. Default: tall-10k, square, wide.</param>
    /// <param name="l1Ratios">The mixings ρ. Default: 1, 0.5.</param>
    /// <param name="seed">Of the problems.</param>
    /// <param name="repeats">Alternating runs that count, after one warm-up.</param>
    /// <param name="threads">Threads for everybody.</param>
    /// <param name="cap">Seconds after which a peer's run is given up; ten times that for a cross-validation.</param>
    /// <param name="tasks">path (the whole grid), one (the λ in its middle, from nothing), or both. Default: both.</param>
    /// <param name="cv">Compare ten-fold cross-validations instead.</param>
    /// <param name="noPeers">Run ours alone.</param>
    /// <param name="out">Write the tables to this file as well, as they grow.</param>
    /// <returns>0, 1 where a solution of ours is less exact than promised, 2 for a mistake on the command line.</returns>
    public static int Run(
        string[]? problems = null, double[]? l1Ratios = null, ulong seed = 1, int repeats = 5, int threads = 1,
        double cap = 120, string[]? tasks = null, bool cv = false, bool noPeers = false, string? @out = null)
    {
        Started = true;
        tasks ??= ["path", "one"];
        l1Ratios ??= [1, 0.5];
        ProblemRecipe[] recipes;
        try
        {
            recipes = Array.ConvertAll(problems ?? ProblemCatalog.Defaults, ProblemCatalog.Find);
            Require(l1Ratios.All(rho => rho is > 0 and <= 1), "'l1-ratios' must be in (0, 1].");
            Require(repeats >= 1 && threads >= 1 && cap > 0, "'repeats', 'threads' and 'cap' must be positive.");
            Require(tasks.All(task => task is "path" or "one"), "'tasks' must be path, one, or both.");
        }
        catch (ArgumentException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            return 2;
        }

        Settings settings = new(threads, repeats, Console.Error.WriteLine);
        List<Peer> peers = noPeers ? [] : StartPeers(threads, TimeSpan.FromSeconds(cap));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => peers.ForEach(peer => peer.Dispose());
        try
        {
            Report report = new(settings, peers, seed);
            string text;
            bool exact = true;
            if (cv)
            {
                List<CrossValidationContest> contests = [];
                foreach ((SolveTask path, DesignMatrix<float> single) in Paths(recipes, l1Ratios, seed, peers, settings))
                {
                    contests.Add(new(path));
                    contests[^1].Run(peers, single, settings);
                    Keep(@out, report.Write(contests));
                }
                text = report.Write(contests);
            }
            else
            {
                List<PathContest> contests = [];
                foreach ((SolveTask path, DesignMatrix<float> single) in Paths(recipes, l1Ratios, seed, peers, settings))
                {
                    foreach (string task in tasks)
                    {
                        contests.Add(new(task == "one" ? path.ColdStart() : path));
                        contests[^1].Run(peers, single, settings);
                        Keep(@out, report.Write(contests));
                    }
                }
                exact = contests.All(contest => contest.OwnGapsHold);
                text = report.Write(contests);
            }
            Console.Write(text);
            if (!exact)
                Console.Error.WriteLine($"A relative gap of ours exceeds {PathContest.OwnGap:0e+0}.");
            return exact ? 0 : 1;
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    /// <summary>Generates one problem after another, hands it to the peers, and yields its paths.</summary>
    private static IEnumerable<(SolveTask Path, DesignMatrix<float> Single)> Paths(
        ProblemRecipe[] recipes, double[] l1Ratios, ulong seed, List<Peer> peers, Settings settings)
    {
        foreach (ProblemRecipe recipe in recipes)
        {
            settings.Progress($"generating {recipe.Name} ({recipe.Rows} × {recipe.Columns})");
            Problem problem = recipe.Generate(seed);
            DesignMatrix<float> single = problem.X.Convert(value => (float)value);
            using ProblemFiles files = new(problem);
            peers.ForEach(peer => peer.Use(files));
            foreach (double l1Ratio in l1Ratios)
                yield return (SolveTask.Path(problem, l1Ratio), single);
        }
    }

    private static List<Peer> StartPeers(int threads, TimeSpan cap)
    {
        List<Peer> peers = [];
        foreach (Peer peer in (Peer[])[new GlmnetPeer(threads, cap), new SklearnPeer(threads, cap)])
        {
            if (peer.TryStart())
            {
                Console.Error.WriteLine($"found {peer.Description}");
                peers.Add(peer);
            }
            else
            {
                Console.Error.WriteLine($"skipping {peer.Name}: not installed (Debian package {peer.DebianPackage})");
            }
        }
        return peers;
    }

    // After every contest: a long comparison that is cut short has not been in vain.
    private static void Keep(string? path, string text)
    {
        if (path is not null)
            File.WriteAllText(path, text);
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException(message);
    }
}
