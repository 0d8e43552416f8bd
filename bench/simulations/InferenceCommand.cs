using System.Diagnostics;
using System.Text;

namespace ElasticNet.Fast.Simulations;

/// <summary>The verb <c>inference</c>.</summary>
internal static class InferenceCommand
{
    private static readonly LinearModel[] s_models = [new(200, 50, 0.5), new(100, 200, 0.5)];

    /// <summary>Coverage of every interval and family-wise errors of every test, as Markdown.</summary>
    /// <param name="replications">Data sets of each model.</param>
    /// <param name="level">Coverage that the intervals are made for.</param>
    /// <param name="seed">Of the data.</param>
    /// <param name="methods">Any of refit, debiased, multi-split, post-selection, paired, residual. Default: all.</param>
    /// <param name="nodeFactor">Factor on the default λ of the nodewise regressions.</param>
    /// <param name="threads">Threads; −1 means all cores. The answer is the same.</param>
    public static void Run(int replications = 200, double level = 0.9, ulong seed = 1, string[]? methods = null, double nodeFactor = 1, int threads = -1)
    {
        Console.WriteLine($"# Coverage of {100 * level:0} % intervals\n");
        Console.WriteLine($"`dotnet run -c Release --project bench/simulations -- inference --replications {replications} --level {level} --seed {seed}`, ± Monte-Carlo standard error.");
        Console.WriteLine("Family-wise: share of data sets in which some true 0 has an adjusted p ≤ 0.05; power: share of true coefficients found so.");
        foreach (LinearModel model in s_models)
        {
            Console.WriteLine($"\n## n = {model.Rows}, p = {model.Columns}, neighbours correlated {model.Correlation}, 5 coefficients of 1, −0.8, 0.6, −0.4, 0.3, noise 1\n");
            Console.WriteLine("| method | of | coverage | median length | infinite | family-wise | power | s a data set |");
            Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|");
            foreach (Method method in Method.All.Where(method => methods is null || methods.Contains(method.Name)))
                Console.Write(Simulate(model, method, replications, level, seed, nodeFactor, threads));
        }
    }

    private static string Simulate(LinearModel model, Method method, int replications, double level, ulong seed, double nodeFactor, int threads)
    {
        Tally signal = new(), none = new();
        int wrong = 0, found = 0, signals = 0, tests = 0;
        long started = Stopwatch.GetTimestamp();
        for (int replication = 0; replication < replications; replication++)
        {
            (double[,] x, double[] mean, double[] y) = model.Draw(seed, replication);
            InferenceOptions options = new()
            {
                Level = level,
                Seed = seed + (ulong)replication,
                NodeLambda = nodeFactor * 0.125 * Math.Sqrt(Math.Log(model.Columns) / model.Rows),
            };
            ElasticNetOptions fit = new() { MaxDegreeOfParallelism = threads };
            InferenceResult result = method.Infer(x, y, fit, options);
            double[] truth = method.IsOfProjection ? Projection(x, mean, result) : [.. result.Coefficients.Select(c => c.Feature < 0 ? 0 : model.Beta[c.Feature])];
            (CoefficientInference Found, double Truth)[] pairs = [.. result.Coefficients.Zip(truth).Where(pair => pair.First.Feature >= 0)];
            signal.Add(pairs.Where(pair => model.Beta[pair.Found.Feature] != 0));
            none.Add(pairs.Where(pair => model.Beta[pair.Found.Feature] == 0));
            if (pairs.Any(pair => !double.IsNaN(pair.Found.PValue)))
            {
                tests++;
                // A coefficient of the projection is hardly ever 0; a feature that matters to no one counts.
                wrong += pairs.Any(pair => model.Beta[pair.Found.Feature] == 0 && pair.Found.AdjustedPValue <= 0.05) ? 1 : 0;
                found += pairs.Count(pair => model.Beta[pair.Found.Feature] != 0 && pair.Found.AdjustedPValue <= 0.05);
                signals += 5;
            }
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / replications;
        StringBuilder text = new();
        text.AppendLine($"| {method.Name} | signal | {signal} | {(tests == 0 ? "–" : $"{(double)wrong / tests:0.000}")} | {(tests == 0 ? "–" : $"{(double)found / signals:0.000}")} | {seconds:0.000} |");
        text.AppendLine($"| | 0 | {none} | | | |");
        return text.ToString();
    }

    /// <summary>Least squares of the true mean on the features of the result: what a selection can hope to estimate.</summary>
    private static double[] Projection(double[,] x, double[] mean, InferenceResult result)
    {
        int[] features = [.. result.Coefficients.Select(c => c.Feature).Where(feature => feature >= 0)];
        InferenceResult exact = new ElasticNetInference(x, mean).Refit(features, chosenBySameData: false, new() { NoiseDeviation = 1 });
        return [.. result.Coefficients.Select(c => exact.Coefficients.First(e => e.Feature == c.Feature).Estimate)];
    }
}
