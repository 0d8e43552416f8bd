using System.Text;
using ElasticNet.Fast.Compare.Reports;
using ElasticNet.Fast.Compare.Solvers;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.PreparationBenchmark.Neighbours;

/// <summary>The verb <c>neighbours</c>.</summary>
internal static class NeighboursCommand
{
    /// <summary>The rule of agreement of the golden files.</summary>
    private const double Agreement = 1e-10;

    /// <summary>
    /// Fills the gaps of the same generated table by nearest neighbours with this library and with scikit-learn, in turns,
    /// compares what they put there, and prints seconds and ratios as Markdown.
    /// </summary>
    /// <param name="rows">n.</param>
    /// <param name="columns">p.</param>
    /// <param name="missing">Share of the values that are missing.</param>
    /// <param name="correlation">Between neighbouring columns.</param>
    /// <param name="neighbors">k.</param>
    /// <param name="weights">uniform or distance.</param>
    /// <param name="threads">Threads for both, one number or several: a row of the table each.</param>
    /// <param name="repeats">Alternating runs that count, after a warm-up of ours.</param>
    /// <param name="seed">Of the table.</param>
    /// <param name="noPeer">Run ours alone.</param>
    /// <param name="out">Write the table to this file as well.</param>
    /// <returns>0, 1 where the two disagree, 2 for a mistake on the command line.</returns>
    public static int Run(
        int rows = 20000, int columns = 50, double missing = 0.1, double correlation = 0, int neighbors = 5, string weights = "uniform",
        int[]? threads = null, int repeats = 3, ulong seed = 1, bool noPeer = false, string? @out = null)
    {
        threads ??= [1];
        if (rows < 1 || columns < 1 || missing is not (>= 0 and <= 1) || correlation is not (> -1 and < 1) || neighbors < 1
            || weights is not ("uniform" or "distance") || threads.Any(count => count < 1) || repeats < 1)
        {
            Console.Error.WriteLine("Sizes, 'neighbors', 'threads' and 'repeats' must be positive, 'missing' in [0, 1], 'correlation' in (−1, 1), 'weights' uniform or distance.");
            return 2;
        }

        CommandLine.IsUnderstood = true;
        GappedTable table = new(rows, columns, missing, correlation, seed);
        StringBuilder lines = new();
        double worst = 0;
        string peer = "no peer";
        foreach (int count in threads)
        {
            using SklearnImputer sklearn = new(table, neighbors, weights, count);
            Timing ours = new(), theirs = new();
            double[] filled = Fill(table, neighbors, weights, count).Filled;
            double difference = 0;
            for (int run = 0; run < repeats; run++)
            {
                ours.Add(Fill(table, neighbors, weights, count).Cost);
                if (!noPeer && sklearn.Run() is var (answer, cost))
                {
                    theirs.Add(cost);
                    difference = answer.Zip(filled).Max(pair => pair.First == pair.Second ? 0 : Math.Abs(pair.First - pair.Second) / Math.Max(Math.Abs(pair.First), 1));
                }

                Console.Error.WriteLine($"{count} thread(s), run {run + 1} of {repeats}");
            }

            lines.AppendLine($"| {count} | ours | {Times(ours)} | 1.0 | |");
            if (theirs.Count > 0)
            {
                peer = sklearn.Description;
                double ratio = count == 1 ? theirs.LeastCpu / ours.LeastCpu : theirs.LeastWall / ours.LeastWall;
                lines.AppendLine($"| {count} | scikit-learn | {Times(theirs)} | {Number.Ratio(ratio)} | {Number.Gap(difference)} |");
                worst = Math.Max(worst, double.IsNaN(difference) ? double.PositiveInfinity : difference);
            }
        }

        string text = $"""
            # Nearest neighbours: {rows} × {columns}, {missing:0.#%} missing ({table.Gaps} gaps), k = {neighbors}, {weights} weights

            - {MachineInfo.Describe()}
            - {peer}
            - seed {seed}, correlation {correlation}; {repeats} alternating runs; learning the donors and filling their own gaps
            - × ours: least CPU seconds over ours on one thread, least wall-clock seconds on several; difference: largest, relative where values exceed 1

            | threads | who | CPU s, least | CPU s, median | wall s, least | wall s, median | × ours | difference |
            |--:|---|--:|--:|--:|--:|--:|--:|

            """ + lines;
        CommandLine.Report(text, @out);
        return worst <= Agreement ? 0 : 1;
    }

    private static unsafe (double[] Filled, Measurement Cost) Fill(GappedTable table, int neighbors, string weights, int threads)
    {
        double[] filled = [.. table.Values];
        Measurement cost = Measurement.Of(() =>
        {
            NeighborImputer imputer = NeighborImputer.Learn(
                table.Values, table.Rows, table.Columns, neighbors, weights == "uniform" ? NeighborWeighting.Uniform : NeighborWeighting.Distance);
            fixed (double* start = filled)
                imputer.Fill(start, table.Rows, table.Rows, threads, CancellationToken.None);
        });
        return (filled, cost);
    }

    private static string Times(Timing timing) =>
        $"{Number.Seconds(timing.LeastCpu)} | {Number.Seconds(timing.MedianCpu)} | {Number.Seconds(timing.LeastWall)} | {Number.Seconds(timing.MedianWall)}";
}
