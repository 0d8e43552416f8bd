using System.Text;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Reports;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare;

/// <summary>The verb <c>analyst</c>: choosing, selecting and inferring, beside what people use for it.</summary>
internal static class AnalystCommand
{
    private static readonly double[] s_l1Ratios = [0.1, 0.5, 0.7, 0.9, 0.95, 0.99, 1];

    /// <summary>
    /// Times a grid of 7 mixings × 100 strengths with ten-fold cross-validation beside ElasticNetCV and GridSearchCV, stability selection by
    /// 100 halves in multiples of one path, and debiased intervals of every feature; prints Markdown.
    /// </summary>
    /// <param name="sizes">Rows and columns of the problems. Default: 1000x100 and 2000x500.</param>
    /// <param name="repeats">Alternating runs that count.</param>
    /// <param name="gridRepeats">Those of GridSearchCV, which takes minutes; 0 leaves it out.</param>
    /// <param name="threads">For everybody.</param>
    /// <param name="seed">Of the problems.</param>
    /// <param name="cap">Seconds after which a peer is given up, times ten.</param>
    /// <param name="openBlas">The kernels that OpenBLAS is told to use; null lets it choose.</param>
    public static int Run(string[]? sizes = null, int repeats = 5, int gridRepeats = 1, int threads = 1, ulong seed = 1, int cap = 120, string? openBlas = null)
    {
        CompareCommand.Started = true;
        using SklearnPeer peer = new(threads, TimeSpan.FromSeconds(cap), openBlas);
        bool hasPeer = peer.TryStart();
        StringBuilder text = new();
        text.AppendLine("# Choosing, selecting, inferring");
        text.AppendLine();
        text.AppendLine($"- {MachineInfo.Describe()}");
        text.AppendLine($"- {(hasPeer ? peer.Description : "scikit-learn (Debian package python3-sklearn) is not installed")}");
        text.AppendLine($"- seed {seed}, {threads} thread(s), {repeats} alternating runs ({gridRepeats} of GridSearchCV), CPU seconds; everybody at its default tolerance; ours is exact");
        foreach (string size in sizes ?? ["1000x100", "2000x500"])
        {
            int[] parts = Array.ConvertAll(size.Split('x'), int.Parse);
            Problem problem = new ProblemRecipe(size, parts[0], parts[1], new AutoregressiveDesign(0.5), SupportSize: 20, SignalToNoise: 1, LambdaRatio: 1e-3).Generate(seed);
            Search(text, problem, hasPeer ? peer : null, repeats, gridRepeats, threads);
            Analyse(text, problem, repeats, threads);
        }

        Console.Write(text);
        return 0;
    }

    private static void Search(StringBuilder text, Problem problem, SklearnPeer? peer, int repeats, int gridRepeats, int threads)
    {
        using ProblemFiles files = new(problem);
        peer?.Use(files);
        Dictionary<string, (Timing Timing, SearchOutcome Outcome)> lines = [];
        for (int run = 0; run <= Math.Max(repeats, gridRepeats); run++)
        {
            // Run 0 warms up; a run of minutes is warm by itself.
            Race("ours", run, run <= repeats, () => Own(problem, threads));
            if (peer is null)
                continue;
            Race("ElasticNetCV", run, run <= repeats, () => peer.Search("ElasticNetCV", problem, s_l1Ratios));
            Race("GridSearchCV", run, run > 0 && run <= gridRepeats, () => peer.Search("GridSearchCV", problem, s_l1Ratios));
        }

        text.AppendLine();
        text.AppendLine($"| {problem.Rows} × {problem.Columns}, {s_l1Ratios.Length} ρ × 100 λ × {Problem.FoldCount} folds | CPU s, least | median | × ours | λ | ρ | least error |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach ((string name, (Timing timing, SearchOutcome outcome)) in lines)
            text.AppendLine($"| {name} | {Number.Seconds(timing.LeastCpu)} | {Number.Seconds(timing.MedianCpu)} | {Number.Ratio(timing.LeastCpu / lines["ours"].Timing.LeastCpu)} | {outcome.Lambda:g6} | {outcome.L1Ratio} | {outcome.LeastError:g8} |");

        void Race(string name, int run, bool takesPart, Func<SearchOutcome> solve)
        {
            if (!takesPart)
                return;
            Console.Error.WriteLine($"{problem.Name}: {name}");
            try
            {
                SearchOutcome outcome = solve();
                if (run == 0)
                    return;
                if (!lines.TryGetValue(name, out (Timing Timing, SearchOutcome) line))
                    lines[name] = line = (new(), outcome);
                line.Timing.Add(outcome.Cost);
            }
            catch (SolveFailedException failure)
            {
                Console.Error.WriteLine($"{problem.Name}: {name} {failure.Message}");
            }
        }
    }

    private static SearchOutcome Own(Problem problem, int threads)
    {
        CrossValidationResult? result = null;
        ElasticNetOptions options = new()
        {
            L1Ratios = s_l1Ratios,
            LambdaMinRatio = problem.LambdaRatio,
            FoldPlan = FoldPlan.Given(problem.FoldIds),
            Standardize = false,
            MaxDegreeOfParallelism = threads,
        };
        Measurement cost = Measurement.Of(() => result = ElasticNetEstimator.CrossValidate(problem.X.View, problem.Y, options));
        return new(result!.LambdaMin, result.L1Ratio, result.Best.Points.Min(point => point.Mean), cost);
    }

    private static void Analyse(StringBuilder text, Problem problem, int repeats, int threads)
    {
        ElasticNetOptions options = new() { LambdaMinRatio = problem.LambdaRatio, MaxDegreeOfParallelism = threads };
        Timing path = new(), stability = new(), debiased = new();
        for (int run = 0; run <= repeats; run++)
        {
            Console.Error.WriteLine($"{problem.Name}: path, stability selection, debiased intervals");
            Measurement one = Measurement.Of(() => ElasticNetEstimator.Path(problem.X.View, problem.Y, 1, options));
            Measurement halves = Measurement.Of(() => ElasticNetEstimator.Stability(problem.X.View, problem.Y, new() { Pairs = 50 }, options));
            Measurement intervals = Measurement.Of(() => new ElasticNetInference(problem.X.View, problem.Y, options).Debiased(new() { Lambda = 0.05 }));
            if (run == 0)
                continue; // warms up
            path.Add(one);
            stability.Add(halves);
            debiased.Add(intervals);
        }

        text.AppendLine();
        text.AppendLine($"| {problem.Rows} × {problem.Columns} | CPU s, least | median | × one path |");
        text.AppendLine("|---|--:|--:|--:|");
        foreach ((string name, Timing timing) in ((string, Timing)[])[("one path of 100 λ", path), ("stability selection, 100 halves", stability), ($"debiased intervals of {problem.Columns} features", debiased)])
            text.AppendLine($"| {name} | {Number.Seconds(timing.LeastCpu)} | {Number.Seconds(timing.MedianCpu)} | {Number.Ratio(timing.LeastCpu / path.LeastCpu)} |");
    }
}
