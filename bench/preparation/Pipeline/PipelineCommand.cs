using System.Text;
using ElasticNet.Fast.Compare.Reports;

namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>The verb <c>pipeline</c>.</summary>
internal static class PipelineCommand
{
    /// <summary>What two exact solutions of one problem may differ by.</summary>
    private const double Agreement = 1e-8;

    /// <summary>
    /// Trains the same pipeline (median, missing indicators, one-hot, standard scales, elastic net) with this library,
    /// scikit-learn and ML.NET on the same generated table of 12 numbers and 3 categories, predicts new rows one by one and
    /// all at once, in turns, and prints nanoseconds and bytes per row as Markdown.
    /// </summary>
    /// <param name="rows">Training rows, and as many new ones.</param>
    /// <param name="missing">Share of the numbers that are missing.</param>
    /// <param name="unknown">Share of the new rows' categories that have a level of no training row.</param>
    /// <param name="lambda">The strength λ.</param>
    /// <param name="l1Ratio">The mixing ρ.</param>
    /// <param name="repeats">Alternating runs that count.</param>
    /// <param name="single">Rows that scikit-learn predicts one by one in a run.</param>
    /// <param name="seed">Of the table.</param>
    /// <param name="noPeers">Run ours alone.</param>
    /// <param name="out">Write the table to this file as well.</param>
    /// <returns>0; 1 where ours differs from scikit-learn by more than 1e-8, differs from itself, or allocates; 2 for a mistake on the command line.</returns>
    public static int Run(
        int rows = 20000, double missing = 0.1, double unknown = 0.01, double lambda = 0.01, double l1Ratio = 0.5,
        int repeats = 5, int single = 500, ulong seed = 1, bool noPeers = false, string? @out = null)
    {
        if (rows < 100 || missing is not (>= 0 and < 1) || unknown is not (>= 0 and <= 1) || lambda is not > 0
            || l1Ratio is not (>= 0 and <= 1) || repeats < 1 || single < 1 || single > rows)
        {
            Console.Error.WriteLine("'rows' must be at least 100, 'missing' in [0, 1), 'unknown' and 'l1-ratio' in [0, 1], 'lambda' and 'repeats' positive, 'single' in [1, rows].");
            return 2;
        }

        CommandLine.IsUnderstood = true;
        RawTable training = new(rows, missing, 0, seed, part: 1), table = new(rows, missing, unknown, seed, part: 2);
        using OwnPipeline own = new(training, lambda, l1Ratio);
        using SklearnPipeline sklearn = new();
        Contestant[] ours = own.Contestants(table);
        Contestant[] all = noPeers
            ? ours
            : [.. ours, .. new MlNetPipeline(training, lambda, l1Ratio).Contestants(table), .. sklearn.Contestants(training, table, lambda, l1Ratio, single)];
        for (int run = 0; run < repeats; run++)
        {
            foreach (Contestant contestant in all)
                contestant.Timing.Add(contestant.Run());
            Console.Error.WriteLine($"run {run + 1} of {repeats}");
        }

        double[] reference = ours[0].Predictions;
        StringBuilder text = new($"""
            # Raw rows to predictions: {rows} rows of {RawTable.Numbers} numbers ({missing:0.#%} missing) and {RawTable.Columns.Length - RawTable.Numbers} categories

            - {MachineInfo.Describe()}
            - {(noPeers ? "no peers" : $"{MlNetPipeline.Description}; {(sklearn.Description == "" ? "scikit-learn is not installed" : sklearn.Description)}")}
            - seed {seed}; λ {lambda}, ρ {l1Ratio}: {own.Features.Used} of {own.Features.All} features have a coefficient; new rows, {unknown:0.#%} of their categories unknown
            - {repeats} alternating runs; CPU of the whole process; × ours: over a raw row of ours, alone or in a batch
            - RMSE: of the new rows' predictions; difference: the largest from those of the first line

            | who | call | rows a call | CPU ns/row, least | median | wall ns/row, least | × ours | bytes/row | RMSE | difference |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|

            """);
        foreach (Contestant contestant in all)
        {
            double nanoseconds = 1e9 / contestant.RowsOfRun;
            double ratio = contestant.Nanoseconds / ours.First(one => one.IsBatch == contestant.IsBatch).Nanoseconds;
            text.AppendLine(
                $"| {contestant.Who} | {contestant.Call} | {(contestant.IsBatch ? rows : 1)} | {contestant.Timing.LeastCpu * nanoseconds:0} | {contestant.Timing.MedianCpu * nanoseconds:0} "
                + $"| {contestant.Timing.LeastWall * nanoseconds:0} | {Number.Ratio(ratio)} | {(contestant.BytesOfRow is { } bytes ? bytes.ToString("0.##") : "–")} "
                + $"| {table.ErrorOf(contestant.Predictions):0.000000} | {Number.Gap(Difference(contestant))} |");
        }

        CommandLine.Report(text.ToString(), @out);
        bool holds = ours.All(contestant => Difference(contestant) == 0 && contestant.BytesOfRow == 0)
            && all.Where(contestant => contestant.Who == "scikit-learn").All(contestant => Difference(contestant) <= Agreement);
        return holds ? 0 : 1;

        double Difference(Contestant contestant) =>
            contestant.Predictions.Zip(reference).Max(pair => Math.Abs(pair.First - pair.Second));
    }
}
