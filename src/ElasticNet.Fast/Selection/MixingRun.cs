using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>What cross-validation knows of one ρ.</summary>
internal sealed class MixingRun(double l1Ratio)
{
    public double L1Ratio { get; } = l1Ratio;

    /// <summary>Set when the λ are known, or never will be.</summary>
    public ManualResetEventSlim GridIsKnown { get; } = new();

    /// <summary>The λ of all folds, descending; null until <see cref="GridIsKnown"/>, and after it where the path on all rows has failed.</summary>
    public double[]? Lambdas { get; private set; }

    /// <summary>
    /// The λ, once they are known; null where they never will be. Whoever waits holds a thread: that is no deadlock because
    /// <see cref="Numerics.ParallelWork"/> takes items in order, and the paths on all rows, which find the λ, come first.
    /// </summary>
    public double[]? WaitForGrid()
    {
        GridIsKnown.Wait();
        return Lambdas;
    }

    /// <summary>The error of each fold (first index, one repeat after another) at each λ.</summary>
    public double[,] Errors { get; private set; } = new double[0, 0];

    /// <summary>What the training rows of each fold select at each λ, where that is asked for.</summary>
    public int[][][] Supports { get; private set; } = [];

    /// <summary>The path on all rows.</summary>
    public RegularizationPath? Path { get; set; }

    /// <summary>Keeps the path on all rows and tells the folds its λ as soon as they are known.</summary>
    public sealed class Sink(MixingRun run, int folds) : PointSink
    {
        public override void Begin(in PathStart start)
        {
            base.Begin(start);
            run.Errors = new double[folds, start.Lambdas.Length];
            run.Supports = new int[folds][][];
            run.Lambdas = start.Lambdas.ToArray();
            run.GridIsKnown.Set();
        }
    }
}
