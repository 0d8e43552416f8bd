using System.Globalization;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Reports;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare;

/// <summary>Three classes of noise in as many rows as columns, down to a λ at which hardly anything is penalised: who gets there?</summary>
internal static class NoiseCommand
{
    /// <summary>Every so many solutions of a path are held against the objective.</summary>
    private const int JudgedEvery = 10;

    /// <summary>Above the least objective by no more than this, in units of the null loss, is there.</summary>
    private const double There = 1e-10;

    /// <summary>
    /// Solves paths of 100 λ of the lasso, down to 0.001 λ_max, on 20 × 20 standard normal numbers with three random classes: this library, glmnet and
    /// scikit-learn's SAGA, these two at their default tolerance and tighter ones. Prints CPU seconds and how far each stays above the least objective found.
    /// </summary>
    /// <param name="seeds">How many problems.</param>
    /// <param name="cap">Seconds after which a run of a peer is given up.</param>
    public static void Noise(int seeds = 20, double cap = 120)
    {
        CompareCommand.Started = true;
        using OutputPeer glmnet = new(TimeSpan.FromSeconds(cap));
        using SagaPeer saga = new(TimeSpan.FromSeconds(cap));
        List<Runner> runners = [];
        if (glmnet.TryStart())
            runners.AddRange(((double[])[1e-7, 1e-10, 1e-14]).Select(tolerance => new Runner(glmnet, tolerance)));
        if (saga.TryStart())
            runners.AddRange(((double[])[1e-4, 1e-8]).Select(tolerance => new Runner(saga, tolerance)));
        Console.WriteLine($"{MachineInfo.Processor}, one thread; {glmnet.Description}; {saga.Description}\n");
        Tally own = new();
        double proved = 0;
        for (int seed = 0; seed <= seeds; seed++)
        {
            Problem problem = OutputProblems.Noise((ulong)seed);
            using ProblemFiles files = new(problem);
            using Workspace workspace = new();
            RegularizationPath path = ElasticNetEstimator.Path(problem.X.View, TargetOf(problem), 1, Options(), workspace);
            double[] grid = [.. path.Select(point => point.Lambda)];
            Measurement cost = Measurement.Of(() => path = ElasticNetEstimator.Path(problem.X.View, TargetOf(problem), 1, Options() with { Lambdas = grid }, workspace));
            OutputObjective objective = new(problem);
            double unit = objective.Null();
            double[] ours = Values(objective, grid, k => Numbers(problem, path[k]));
            glmnet.Use(files);
            saga.Use(files);
            List<(Tally Tally, double[] Values, double Seconds)> found = [(own, ours, cost.CpuSeconds)];
            foreach (Runner runner in runners)
            {
                if (runner.Solve(new SolveTask(problem, 1, grid)) is { } solution)
                    found.Add((runner.Tally, Values(objective, grid, k => Slice(problem, solution.Coefficients, k)), solution.Cost.CpuSeconds));
            }

            double[] least = [.. ours.Select((_, at) => found.Min(one => one.Values[at]))];
            // The first problem warms everybody up.
            if (seed == 0)
                continue;
            proved = Math.Max(proved, path.Max(point => point.RelativeGap));
            foreach ((Tally tally, double[] values, double seconds) in found)
                tally.Add(seconds, values.Zip(least, (value, best) => (value - best) / unit).Max());
            Console.Error.WriteLine($"seed {seed} of {seeds}");
        }

        Console.WriteLine("| who | CPU s a path, median | largest | above the least objective, median | largest | to 1e-10 | not finished |\n|---|--:|--:|--:|--:|--:|--:|");
        Print(string.Create(CultureInfo.InvariantCulture, $"ElasticNet.Fast, proves {proved:0.0e+0}"), own, seeds, own.Count);
        foreach (Runner runner in runners)
            Print(string.Create(CultureInfo.InvariantCulture, $"{runner.Peer.Name}, {runner.Peer.ToleranceName} {runner.Tolerance:0e+0}"), runner.Tally, seeds, runner.Tally.Count);
    }

    private static void Print(string who, Tally tally, int seeds, int finished) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {who} | {(finished == 0 ? "– | – | – | –" : tally.Told)} | {tally.Reached} of {seeds} | {seeds - finished} |"));

    private static ElasticNetOptions Options() => new() { Family = Family.Multinomial, Standardize = false, LambdaMinRatio = 1e-3, MaxDegreeOfParallelism = 1 };

    private static Target TargetOf(Problem problem) => Target.Classes(Array.ConvertAll(problem.Y, code => (int)code), ["a", "b", "c"]);

    private static double[] Values(OutputObjective objective, double[] grid, Func<int, double[]> numbers) =>
        [.. Enumerable.Range(1, grid.Length / JudgedEvery).Select(tenth => objective.At(grid[tenth * JudgedEvery - 1], numbers(tenth * JudgedEvery - 1)))];

    /// <summary>For each class b and then β.</summary>
    private static double[] Numbers(Problem problem, PathPoint point)
    {
        List<double> numbers = [];
        for (int k = 0; k < problem.Outputs; k++)
            numbers.AddRange([point.Intercepts.Span[k], .. point.Coefficients.Of(k).ToArray()]);
        return [.. numbers];
    }

    private static double[] Slice(Problem problem, double[] answer, int k)
    {
        int each = problem.Outputs * (problem.Columns + 1);
        return answer[(k / JudgedEvery * each)..((k / JudgedEvery + 1) * each)];
    }

    /// <summary>A peer at one tolerance.</summary>
    private sealed record Runner(Peer Peer, double Tolerance)
    {
        public Tally Tally { get; } = new();

        /// <summary>Null where it gives up.</summary>
        public Solution? Solve(SolveTask task)
        {
            try
            {
                return Peer.Solve(task, Tolerance);
            }
            catch (SolveFailedException)
            {
                return null;
            }
        }
    }

    /// <summary>What somebody took and reached.</summary>
    private sealed class Tally
    {
        private readonly List<double> _seconds = [], _above = [];

        public int Count => _seconds.Count;

        public int Reached => _above.Count(value => value <= There);

        public void Add(double seconds, double above)
        {
            _seconds.Add(seconds);
            _above.Add(above);
        }

        /// <summary>Median and largest of both.</summary>
        public string Told => string.Create(CultureInfo.InvariantCulture, $"{At(_seconds, 0.5):G3} | {At(_seconds, 1):G3} | {At(_above, 0.5):0.0e+0} | {At(_above, 1):0.0e+0}");

        private static double At(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
    }
}
