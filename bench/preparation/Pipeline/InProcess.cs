using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>A contestant in this process, which repeats its work until it can be timed.</summary>
/// <param name="Who">The library.</param>
/// <param name="Call">What is called.</param>
/// <param name="IsBatch">Whether one call predicts all rows.</param>
/// <param name="Predictions">Filled by <paramref name="Pass"/>.</param>
/// <param name="Pass">Predicts all rows.</param>
internal sealed record InProcess(string Who, string Call, bool IsBatch, double[] Predictions, Action Pass)
    : Contestant(Who, Call, IsBatch, Predictions)
{
    private const double Enough = 0.3;
    private int _passes;

    public override long RowsOfRun => (long)_passes * Predictions.Length;

    public override Measurement Run()
    {
        if (_passes == 0)
        {
            // The first ones wait for the compiler.
            for (int warmUp = 0; warmUp < 5; warmUp++)
                Pass();
            _passes = Math.Clamp((int)(Enough / Measurement.Of(Pass).CpuSeconds), 1, 1000);
        }

        long bytes = 0;
        Measurement cost = Measurement.Of(() =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int pass = 0; pass < _passes; pass++)
                Pass();
            bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        });
        BytesOfRow = Math.Min(BytesOfRow ?? double.PositiveInfinity, (double)bytes / RowsOfRun);
        return cost;
    }
}
