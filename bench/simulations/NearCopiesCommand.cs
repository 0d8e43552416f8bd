using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Simulations;

/// <summary>The verb <c>near-copies</c>.</summary>
internal static class NearCopiesCommand
{
    private static readonly double[] s_distances = [0, 0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5];

    /// <summary>
    /// Coverage where a second column is the first one plus s times noise, as Markdown: y = 2a − b + N(0, 1), further columns of noise, all
    /// in random order.
    /// </summary>
    /// <param name="replications">Data sets of each s.</param>
    /// <param name="rows">n.</param>
    /// <param name="columns">p, at least 3.</param>
    /// <param name="level">Coverage that the intervals are made for.</param>
    /// <param name="lambda">Of the penalised fits.</param>
    /// <param name="seed">Of the data.</param>
    /// <param name="methods">Any of debiased, multi-split, post-selection. Default: all.</param>
    /// <param name="threads">Threads; −1 means all cores. The answer is the same.</param>
    public static void Run(int replications = 200, int rows = 80, int columns = 3, double level = 0.95, double lambda = 0.05, ulong seed = 1, string[]? methods = null, int threads = -1)
    {
        Console.WriteLine($"# Coverage of {100 * level:0} % intervals beside a near copy\n");
        Console.WriteLine($"`dotnet run -c Release --project bench/simulations -- near-copies --replications {replications} --rows {rows} --columns {columns} --level {level} --lambda {lambda} --seed {seed}`, ± Monte-Carlo standard error.\n");
        Console.WriteLine("| method | s | correlation | of | coverage | median length | infinite |");
        Console.WriteLine("|---|--:|--:|---|--:|--:|--:|");
        foreach (string method in methods ?? ["debiased", "multi-split", "post-selection"])
        {
            foreach (double distance in s_distances)
            {
                Tally copies = new(), others = new();
                for (int replication = 0; replication < replications; replication++)
                    Add(copies, others, method, distance, rows, columns, level, lambda, seed, replication, threads);
                Console.WriteLine($"| {method} | {distance} | {1 / Math.Sqrt(1 + distance * distance):0.#########} | a and its near copy | {copies} |");
                Console.WriteLine($"| | | | others | {others} |");
            }
        }
    }

    private static void Add(
        Tally copies, Tally others, string method, double distance, int rows, int columns, double level, double lambda, ulong seed, int replication, int threads)
    {
        NormalSource random = new(seed, (ulong)replication);
        int[] places = [.. Enumerable.Range(0, columns).Select(j => (Key: random.NextNormal(), j)).Order().Select(pair => pair.j)];
        double[,] x = new double[rows, columns];
        double[] y = new double[rows], beta = new double[columns], mean = new double[rows];
        (beta[places[0]], beta[places[1]]) = (2, -1);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i, places[j]] = random.NextNormal();
            x[i, places[2]] = x[i, places[0]] + distance * x[i, places[2]];
            mean[i] = 2 * x[i, places[0]] - x[i, places[1]];
            y[i] = mean[i] + random.NextNormal();
        }

        ElasticNetInference inference = new(x, y, new() { MaxDegreeOfParallelism = threads });
        InferenceOptions options = new() { Level = level, Lambda = lambda, Seed = seed + (ulong)replication, Splits = 20 };
        InferenceResult result;
        double[] truth = beta;
        if (method == "post-selection")
        {
            try
            {
                result = inference.PostSelection(lambda, options);
            }
            catch (InvalidOperationException)
            {
                // Refused by name.
                return;
            }

            int[] features = [.. result.Coefficients.Select(found => found.Feature)];
            InferenceResult exact = new ElasticNetInference(x, mean).Refit(features, chosenBySameData: false, new() { NoiseDeviation = 1 });
            truth = new double[columns];
            foreach (CoefficientInference found in exact.Coefficients.Where(found => found.Feature >= 0))
                truth[found.Feature] = found.Estimate;
        }
        else
        {
            result = method == "debiased" ? inference.Debiased(options) : inference.MultiSplit(options);
        }

        bool IsCopy(int feature) => feature == places[0] || feature == places[2];
        copies.Add(result.Coefficients.Where(found => IsCopy(found.Feature)).Select(found => (found, truth[found.Feature])));
        others.Add(result.Coefficients.Where(found => !IsCopy(found.Feature)).Select(found => (found, truth[found.Feature])));
    }
}
