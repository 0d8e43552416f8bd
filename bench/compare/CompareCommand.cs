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
    /// recomputed duality gaps, memory and ratios as Markdown.
    /// </summary>
    /// <param name="problems">Any of tall-100k, tall-10k, square, wide, wide-blocks, genotypes, sparse-raw, sparse-std, and with logistic- or poisson- before them. Default: the first four.</param>
    /// <param name="l1Ratios">The mixings ρ. Default: 1, 0.5.</param>
    /// <param name="seed">Of the problems.</param>
    /// <param name="repeats">Alternating runs that count, after one warm-up.</param>
    /// <param name="threads">Threads for everybody; several counts are run one after the other. Default: 1.</param>
    /// <param name="cap">Seconds after which a peer's run is given up; ten times that for a cross-validation.</param>
    /// <param name="tasks">Any of path (the grid), one (λ_max/20, or the 50th λ of other losses, from nothing), cv (ten-fold cross-validation of the grid). Default: path, one.</param>
    /// <param name="noMemory">Do not measure memory, which takes a process of its own for each contestant.</param>
    /// <param name="noPeers">Run ours alone.</param>
    /// <param name="openBlas">Whose kernels the peers' OpenBLAS is to use (as SkylakeX), where it is too old to know this CPU. Default: its own choice.</param>
    /// <param name="out">Write the tables to this file as well, as they grow.</param>
    /// <returns>0, 1 where a solution of ours is less exact than promised, 2 for a mistake on the command line.</returns>
    public static int Run(
        string[]? problems = null, double[]? l1Ratios = null, ulong seed = 1, int repeats = 5, int[]? threads = null,
        double cap = 120, string[]? tasks = null, bool noMemory = false, bool noPeers = false, string? openBlas = null, string? @out = null)
    {
        Started = true;
        tasks ??= ["path", "one"];
        l1Ratios ??= [1, 0.5];
        threads ??= [1];
        ProblemRecipe[] recipes;
        try
        {
            recipes = Array.ConvertAll(problems ?? ProblemCatalog.Defaults, ProblemCatalog.Find);
            Require(l1Ratios.All(rho => rho is > 0 and <= 1), "'l1-ratios' must be in (0, 1].");
            Require(repeats >= 1 && threads.All(count => count >= 1) && cap > 0, "'repeats', 'threads' and 'cap' must be positive.");
            Require(tasks.All(task => task is "path" or "one" or "cv"), "'tasks' must be among path, one, cv.");
        }
        catch (ArgumentException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            return 2;
        }

        string text = "";
        bool exact = true;
        foreach (int count in threads)
        {
            Settings settings = new(count, repeats, !noMemory && ResidentMemory.IsKnown, Console.Error.WriteLine);
            List<Peer> peers = noPeers ? [] : StartPeers(count, TimeSpan.FromSeconds(cap), openBlas);
            void EndPeers(object? sender, EventArgs e) => peers.ForEach(peer => peer.Dispose());
            AppDomain.CurrentDomain.ProcessExit += EndPeers;
            try
            {
                string before = text;
                exact &= RunContests(recipes, l1Ratios, seed, tasks, peers, settings, grown =>
                {
                    text = before + grown;
                    // After every contest: a long comparison that is cut short has not been in vain.
                    if (@out is not null)
                        File.WriteAllText(@out, text);
                });
            }
            finally
            {
                AppDomain.CurrentDomain.ProcessExit -= EndPeers;
                EndPeers(null, EventArgs.Empty);
            }
        }

        Console.Write(text);
        if (!exact)
            Console.Error.WriteLine($"A relative gap of ours exceeds {PathContest.OwnGap:0e+0}.");
        return exact ? 0 : 1;
    }

    /// <summary>All contests at one number of threads.</summary>
    /// <returns>Whether ours was as exact as promised.</returns>
    private static bool RunContests(
        ProblemRecipe[] recipes, double[] l1Ratios, ulong seed, string[] tasks, List<Peer> peers, Settings settings, Action<string> keep)
    {
        Report report = new(settings, peers, seed);
        List<PathContest> paths = [];
        List<CrossValidationContest> validations = [];
        foreach (ProblemRecipe recipe in recipes)
        {
            settings.Progress($"generating {recipe.Name} ({recipe.Rows} × {recipe.Columns})");
            Problem problem = recipe.Generate(seed);
            DesignMatrix<float>? single = problem.IsDenseGaussian ? problem.X.Convert(value => (float)value) : null;
            using ProblemFiles files = new(problem);
            List<Peer> able = peers.FindAll(peer => peer.Solves(problem));
            able.ForEach(peer => peer.Use(files));
            foreach (double l1Ratio in l1Ratios)
            {
                SolveTask path = SolveTask.Path(problem, l1Ratio);
                foreach (string task in tasks)
                {
                    if (task == "cv")
                    {
                        validations.Add(new(path));
                        validations[^1].Run(able, single, settings);
                    }
                    else
                    {
                        paths.Add(new(task == "one" ? path.ColdStart() : path));
                        paths[^1].Run(able, single, files, settings);
                    }
                    keep((paths.Count > 0 ? report.Write(paths) : "") + (validations.Count > 0 ? report.Write(validations) : ""));
                }
            }
        }
        return paths.All(contest => contest.OwnGapsHold);
    }

    private static List<Peer> StartPeers(int threads, TimeSpan cap, string? openBlas)
    {
        List<Peer> peers = [];
        foreach (Peer peer in (Peer[])[new GlmnetPeer(threads, cap, openBlas), new SklearnPeer(threads, cap, openBlas)])
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

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException(message);
    }
}
