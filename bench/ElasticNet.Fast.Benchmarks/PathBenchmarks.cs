using BenchmarkDotNet.Attributes;
using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Benchmarks;

/// <summary>
/// A path of 100 λ and a single cold start, 500 × 500 with neighbours correlated at 0.9, on a warm workspace and one
/// thread. Allocated must read "-".
/// </summary>
[MemoryDiagnoser]
public class PathBenchmarks : IDisposable
{
    private readonly Problem _problem = new ProblemRecipe(
        "path", Rows: 500, Columns: 500, new AutoregressiveDesign(0.9), SupportSize: 20, SignalToNoise: 3, LambdaRatio: 1e-2).Generate(seed: 1);

    private readonly double[] _coefficients = new double[100 * 500];
    private readonly ElasticNetFit[] _fits = new ElasticNetFit[100];
    private readonly Workspace _workspace = new();
    private ElasticNetOptions _options = ElasticNetOptions.Default;
    private double _lambda;

    /// <summary>ρ.</summary>
    [Params(1.0, 0.5)]
    public double L1Ratio { get; set; }

    /// <summary>Grid, options, and a first call that grows the workspace.</summary>
    [GlobalSetup]
    public void Setup()
    {
        double[] grid = _problem.LambdaGrid(L1Ratio);
        _lambda = grid[grid.Length / 2 - 1];
        _options = new() { Standardize = false, Lambdas = grid, MaxDegreeOfParallelism = 1 };
        _ = Path();
    }

    /// <summary>Gives the workspace back.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _workspace.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>100 λ, warm from one to the next.</summary>
    [Benchmark]
    public int Path() => ElasticNetEstimator.Path(_problem.X.View, _problem.Y, L1Ratio, _options, _workspace, _fits, _coefficients);

    /// <summary>The λ in the middle of that grid, from nothing.</summary>
    [Benchmark]
    public ElasticNetFit Fit() =>
        ElasticNetEstimator.Fit(_problem.X.View, _problem.Y, _lambda, L1Ratio, _options, _workspace, _coefficients);
}
