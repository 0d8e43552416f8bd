namespace ElasticNet.Fast.Simulations;

/// <summary>The verb <c>stability</c>.</summary>
internal static class StabilityCommand
{
    private static readonly LinearModel[] s_models = [new(200, 50, 0.5), new(100, 200, 0.5), new(200, 1000, 0)];

    /// <summary>False selections of stability selection beside what its bounds promise, as Markdown.</summary>
    /// <param name="replications">Data sets of each model.</param>
    /// <param name="seed">Of the data.</param>
    /// <param name="threads">Threads; −1 means all cores. The answer is the same.</param>
    public static void Run(int replications = 200, ulong seed = 1, int threads = -1)
    {
        Console.WriteLine("# False selections under stability selection's bounds\n");
        Console.WriteLine($"`dotnet run -c Release --project bench/simulations -- stability --replications {replications} --seed {seed}`, ± Monte-Carlo standard error; 5 features matter.\n");
        Console.WriteLine("| n | p | correlation | bound | threshold | q | promised at most | false selections | of the 5 found |");
        Console.WriteLine("|--:|--:|--:|---|--:|--:|--:|--:|--:|");
        foreach (LinearModel model in s_models)
        {
            foreach (StabilityBound bound in Enum.GetValues<StabilityBound>())
            {
                foreach (double threshold in new[] { 0.6, 0.75, 0.9 })
                    Simulate(model, new() { Bound = bound, Threshold = threshold }, replications, seed, threads);
            }
        }
    }

    private static void Simulate(LinearModel model, StabilityOptions options, int replications, ulong seed, int threads)
    {
        double sum = 0, squares = 0, found = 0;
        StabilityResult result = null!;
        for (int replication = 0; replication < replications; replication++)
        {
            (double[,] x, _, double[] y) = model.Draw(seed, replication);
            result = ElasticNetEstimator.Stability(x, y, options with { Seed = seed + (ulong)replication }, new() { MaxDegreeOfParallelism = threads });
            int wrong = result.Selected.ToArray().Count(j => model.Beta[j] == 0);
            sum += wrong;
            squares += wrong * wrong;
            found += result.Selected.Length - wrong;
        }

        double mean = sum / replications, error = Math.Sqrt(Math.Max(0, squares / replications - mean * mean) / replications);
        Console.WriteLine($"| {model.Rows} | {model.Columns} | {model.Correlation} | {options.Bound} | {options.Threshold} | {result.SelectedPerHalf} | {result.FalseSelections:0.00} | {mean:0.000} ± {error:0.000} | {found / replications:0.00} |");
    }
}
