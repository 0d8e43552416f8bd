using System.Diagnostics;
using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Simulations;

/// <summary>The verb <c>imputation</c>.</summary>
internal static class ImputationCommand
{
    private static readonly double[] s_beta = [1, -0.8, 0.6, -0.4, 0.3, 0];

    /// <summary>Coverage of least-squares intervals from incomplete tables, 20 % missing at random, as Markdown.</summary>
    /// <param name="replications">Data sets of each size.</param>
    /// <param name="level">Coverage that the intervals are made for.</param>
    /// <param name="seed">Of the data, the gaps and the draws.</param>
    /// <param name="imputations">m.</param>
    /// <param name="share">Of the values of each column with gaps that are missing.</param>
    /// <param name="threads">Threads; −1 means all cores. The answer is the same.</param>
    public static void Run(int replications = 400, double level = 0.95, ulong seed = 1, int imputations = 20, double share = 0.2, int threads = 1)
    {
        Console.WriteLine($"# Coverage of {100 * level:0} % intervals, {100 * share:0} % of four of six columns missing at random\n");
        Console.WriteLine($"`dotnet run -c Release --project bench/simulations -- imputation --replications {replications} --level {level} --seed {seed} --imputations {imputations} --share {share}`, ± Monte-Carlo standard error.");
        Console.WriteLine($"Least squares on all six columns; rows of X normal, neighbours correlated 0.5; coefficients {string.Join(", ", s_beta)}; noise 1. A value is missing with a probability that rises with y and the sixth column.");
        foreach (int rows in new[] { 100, 300 })
            Simulate(rows, replications, level, seed, imputations, share, threads);
    }

    private static void Simulate(int rows, int replications, double level, ulong seed, int imputations, double share, int threads)
    {
        (string Name, Func<Sample, InferenceResult> Infer)[] methods =
        [
            ("no gaps", sample => Refit(sample.Complete, sample.Y, level)),
            ("multiple imputation, pooled", sample => RubinRules.Pool(
                [.. MultipleImputation.Draw(sample.Table, sample.Y, new() { Imputations = imputations, Seed = sample.Seed }, maxDegreeOfParallelism: threads)
                    .Select(table => Refit(table.Values, sample.Y, level))])),
            ("the same by predictive mean matching, 5 donors", sample => RubinRules.Pool(
                [.. MultipleImputation.Draw(sample.Table, sample.Y, new() { Imputations = imputations, Seed = sample.Seed }, new() { Matching = 5 }, threads)
                    .Select(table => Refit(table.Values, sample.Y, level))])),
            ("the same without y in the imputations", sample => RubinRules.Pool(
                [.. MultipleImputation.Draw(sample.Table, [], new() { Imputations = imputations, Seed = sample.Seed }, maxDegreeOfParallelism: threads)
                    .Select(table => Refit(table.Values, sample.Y, level))])),
            ("one table, iterative", sample => Refit(Filled(sample.Table, ImputationMethod.Iterative), sample.Y, level)),
            ("one table, mean", sample => Refit(Filled(sample.Table, ImputationMethod.Mean), sample.Y, level)),
            ("complete rows", sample => CompleteRows(sample, level)),
        ];
        Tally[] tallies = [.. methods.Select(_ => new Tally())];
        double[] bias = new double[methods.Length], seconds = new double[methods.Length];
        for (int replication = 0; replication < replications; replication++)
        {
            Sample sample = Sample.Draw(rows, share, seed, replication);
            for (int k = 0; k < methods.Length; k++)
            {
                long start = Stopwatch.GetTimestamp();
                InferenceResult result = methods[k].Infer(sample);
                seconds[k] += Stopwatch.GetElapsedTime(start).TotalSeconds / replications;
                CoefficientInference[] found = [.. result.Coefficients.Where(c => c.Feature >= 0)];
                tallies[k].Add(found.Select(c => (c, s_beta[c.Feature])));
                bias[k] += (found[0].Estimate - s_beta[0]) / replications;
            }
        }

        Console.WriteLine($"\n## n = {rows}\n\n| method | coverage | median length | infinite | bias of the first | s a data set |\n|---|--:|--:|--:|--:|--:|");
        for (int k = 0; k < methods.Length; k++)
            Console.WriteLine($"| {methods[k].Name} | {tallies[k]} | {bias[k]:0.000} | {seconds[k]:0.0000} |");
    }

    private static InferenceResult Refit(ReadOnlyMemory<double> values, double[] y, double level) =>
        new ElasticNetInference(MatrixView.ColumnMajor(values.Span, y.Length, s_beta.Length), y)
            .Refit([.. Enumerable.Range(0, s_beta.Length)], chosenBySameData: false, new() { Level = level });

    private static double[] Filled(FeatureTable table, ImputationMethod method)
    {
        double[] filled = new double[table.Values.Length];
        Preparation.Learn(table, new() { Imputation = method }).Transform(table, filled);
        return filled;
    }

    private static InferenceResult CompleteRows(Sample sample, double level)
    {
        int[] rows = [.. Enumerable.Range(0, sample.Y.Length).Where(i => s_beta.Index().All(b => !double.IsNaN(sample.Table.Column(b.Index)[i])))];
        double[] values = [.. Enumerable.Range(0, s_beta.Length).SelectMany(j => rows.Select(i => sample.Table.Column(j)[i]))];
        return Refit(values, Array.ConvertAll(rows, i => sample.Y[i]), level);
    }

    /// <summary>A data set with and without its gaps.</summary>
    private sealed record Sample(double[] Complete, FeatureTable Table, double[] Y, ulong Seed)
    {
        public static Sample Draw(int rows, double share, ulong seed, int replication)
        {
            NormalSource random = new(seed, (ulong)replication);
            int columns = s_beta.Length;
            double[] x = new double[rows * columns], y = new double[rows], gapped;
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    x[j * rows + i] = j == 0 ? random.NextNormal() : 0.5 * x[(j - 1) * rows + i] + Math.Sqrt(0.75) * random.NextNormal();
                    y[i] += s_beta[j] * x[j * rows + i];
                }

                y[i] += random.NextNormal();
            }

            // The columns that drive the gaps have none: missing at random, not completely.
            gapped = [.. x];
            for (int i = 0; i < rows; i++)
            {
                double drive = y[i] + x[5 * rows + i], probability = share * 2 / (1 + Math.Exp(-drive));
                for (int j = 0; j < 4; j++)
                {
                    if (random.NextUniform() < probability)
                        gapped[j * rows + i] = double.NaN;
                }
            }

            InputColumn[] inputs = [.. Enumerable.Range(0, columns).Select(j => InputColumn.Number($"x{j}"))];
            return new(x, new FeatureTable(inputs, gapped, rows), y, seed + (ulong)replication);
        }
    }
}
