using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>One way to predict the rows of a table, and what it took so far.</summary>
/// <param name="Who">The library.</param>
/// <param name="Call">What is called.</param>
/// <param name="IsBatch">Whether one call predicts all rows.</param>
/// <param name="Predictions">Filled by a run.</param>
internal abstract record Contestant(string Who, string Call, bool IsBatch, double[] Predictions)
{
    /// <summary>The runs that count.</summary>
    public Timing Timing { get; } = new();

    /// <summary>Rows predicted in a run.</summary>
    public abstract long RowsOfRun { get; }

    /// <summary>Managed bytes allocated for each row, in the run that allocated least; null where it is not known.</summary>
    public double? BytesOfRow { get; protected set; }

    /// <summary>The least processor time of a row.</summary>
    public double Nanoseconds => Timing.LeastCpu * 1e9 / RowsOfRun;

    /// <summary>Predicts once or more, and times it.</summary>
    public abstract Measurement Run();
}
