namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>The runs of one contestant, one after another.</summary>
internal sealed class Timing
{
    private readonly List<Measurement> _runs = [];

    /// <summary>Adds a run.</summary>
    public void Add(Measurement run) => _runs.Add(run);

    /// <summary>Number of runs.</summary>
    public int Count => _runs.Count;

    /// <summary>Processor seconds of the least disturbed run.</summary>
    public double LeastCpu => _runs.Min(run => run.CpuSeconds);

    /// <summary>Processor seconds of the middle run.</summary>
    public double MedianCpu => Median(_runs.Select(run => run.CpuSeconds));

    /// <summary>Wall-clock seconds of the least disturbed run.</summary>
    public double LeastWall => _runs.Min(run => run.WallSeconds);

    /// <summary>Wall-clock seconds of the middle run.</summary>
    public double MedianWall => Median(_runs.Select(run => run.WallSeconds));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }
}
