using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// The paths of many complementary halves of the rows, each until enough features have entered. A half is a set of weights that are
/// 0, as a fold is; of tall data one pass over X gives the moments of both halves.
/// </summary>
internal sealed unsafe class StabilityRun(Design design, TrainingRows rows, ElasticNetOptions options, double l1Ratio, int most, int[]? groups = null)
{
    private readonly WorkCrew _crew = new();
    private double[] _deviations = [];

    /// <summary>The λ of all paths, descending.</summary>
    public double[] Lambdas { get; private set; } = [];

    /// <summary>For each half whether its path is finished: all of them, unless the run was cancelled.</summary>
    public bool[] Finished { get; private set; } = [];

    /// <summary>For each half (two a pair) and feature the place of the λ where it entered.</summary>
    public int[][] Entries { get; private set; } = [];

    /// <summary>Runs the pairs.</summary>
    /// <param name="halves">For each pair two folds: a half is what is left without the other.</param>
    /// <exception cref="OperationCanceledException">The options' token was cancelled; what is finished stays.</exception>
    public void Run(FoldLayout[] halves)
    {
        using FoldMemory memory = new();
        FoldMoments shared = memory.Shared;
        _crew.Resize(options.MaxDegreeOfParallelism);
        shared.Prepare(_crew, design, rows, options);
        _deviations = new Span<double>(shared.Scaling.Deviation, design.Columns).ToArray();
        ProgressCounter? progress = ProgressCounter.For(options, 2 * halves.Length + 1);
        Finished = new bool[2 * halves.Length];
        Entries = [.. Enumerable.Range(0, 2 * halves.Length).Select(_ => Empty())];
        memory.Workers.With(worker => Lambdas = Grid(worker));
        progress?.Advance();
        for (int pair = 0; pair < halves.Length;)
        {
            // Moments serve one pair; without them all pairs go at once.
            shared.Accumulate(_crew, design, halves[pair]);
            int many = shared.IsTaken ? 1 : halves.Length, first = pair;
            ParallelWork.Run(2 * many, options.MaxDegreeOfParallelism, item =>
            {
                memory.Workers.With(worker => RunHalf(shared, worker, halves[first + item / 2], item % 2, Entries[2 * first + item]));
                Finished[2 * first + item] = true;
                progress?.Advance();
            });
            pair += many;
        }
    }

    /// <summary>The full data's grid, and above it as far again as half of the rows may reach.</summary>
    private double[] Grid(FoldWorker worker)
    {
        EntrySink sink = new(Empty(), 1, _deviations, rows.Outputs, groups);
        PathRequest request = PathRequest.From(options, l1Ratio, null) with { CoefficientsOnly = true };
        worker.Context.Run(design, rows, options, request, sink);
        double[] lambdas = sink.Lambdas;
        if (!options.Lambdas.IsEmpty || lambdas.Length < 2 || lambdas[0] <= 0)
            return lambdas;
        double step = lambdas[0] / lambdas[1];
        int more = (int)Math.Ceiling(Math.Log(2) / Math.Log(step));
        return [.. Enumerable.Range(1, Math.Min(more, lambdas.Length)).Reverse().Select(k => lambdas[0] * Math.Pow(step, k)), .. lambdas];
    }

    private void RunHalf(FoldMoments shared, FoldWorker worker, FoldLayout halves, int half, int[] entry)
    {
        EntrySink sink = new(entry, most, _deviations, rows.Outputs, groups);
        PathRequest request = PathRequest.From(options, l1Ratio, null) with { Lambdas = Lambdas, CoefficientsOnly = true };
        // Trained without the other half.
        int left = 1 - half;
        fixed (int* halfOf = halves.PartOf)
        {
            if (shared.TryTrain(left, options.Intercept, out TrainingMoments training))
                worker.Context.Run(training, design, rows.Of(halfOf, halves.Folds[left]), options, request, sink);
            else
                worker.Context.Run(design, rows.Of(halfOf, halves.Folds[left]), options, request, sink);
        }
    }

    private int[] Empty()
    {
        int[] entry = new int[design is StackedDesign stacked ? stacked.Features.Columns : design.Columns];
        Array.Fill(entry, EntrySink.Never);
        return entry;
    }
}
