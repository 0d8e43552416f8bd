using BenchmarkDotNet.Attributes;
using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Benchmarks;

/// <summary>Predictions of one model: a row at a time, and all rows in one call. Allocated must read "-".</summary>
[MemoryDiagnoser]
public class PredictBenchmarks
{
    private const int Rows = 1000;
    private readonly double[] _predictions = new double[Rows];
    private double[] _rowMajor = [];
    private ElasticNetModel _model = null!;

    /// <summary>p; a fifth of it or so has a coefficient.</summary>
    [Params(10, 100, 1000)]
    public int Columns { get; set; }

    /// <summary>Fits the model and lays the rows out one after another, as a service receives them.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Problem problem = new ProblemRecipe(
            "predict", Rows, Columns, new AutoregressiveDesign(0.5), SupportSize: Math.Max(2, Columns / 10), SignalToNoise: 3, LambdaRatio: 1e-2).Generate(seed: 1);
        double[] grid = problem.LambdaGrid(l1Ratio: 1);
        _model = ElasticNetEstimator.Fit(problem.X.View, problem.Y, grid[grid.Length / 2 - 1]);
        _rowMajor = new double[Rows * Columns];
        for (int j = 0; j < Columns; j++)
        {
            ReadOnlySpan<double> column = problem.X.Column(j);
            for (int i = 0; i < Rows; i++)
                _rowMajor[i * Columns + j] = column[i];
        }
    }

    /// <summary>Gives the model back.</summary>
    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    /// <summary>Latency of one row that is in the cache.</summary>
    [Benchmark]
    public double OneRow() => _model.Predict(_rowMajor.AsSpan(0, Columns));

    /// <summary>Time per row within a batch.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void RowOfBatch() => _model.Predict(MatrixView.RowMajor<double>(_rowMajor, Rows, Columns), _predictions);
}
