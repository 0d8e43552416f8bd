using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>Groups of features and of outputs allocate nothing on a warm workspace either, with one thread.</summary>
public sealed unsafe class GroupAllocationTests : IDisposable
{
    private const int Lambdas = 4;

    private const int Outputs = 3;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("gaussian", 200, 12)]
    [InlineData("gaussian", 25, 120)]
    [InlineData("binomial", 60, 24)]
    [InlineData("poisson", 25, 80)]
    public void Groups_of_features(string name, int rows, int columns)
    {
        (double[] x, double[] y) = Make(rows, columns);
        Family family = Family.All.First(each => each.Name == name);
        double[] target = Array.ConvertAll(y, value => name switch { "binomial" => value > 0 ? 1 : 0, "poisson" => Math.Floor(Math.Exp(value)), _ => value });
        ElasticNetFit[] fits = new ElasticNetFit[Lambdas];
        double[] coefficients = new double[Lambdas * columns];
        foreach (double mixing in new[] { 0, 0.5 })
        {
            ElasticNetOptions options = new()
            {
                Family = family,
                FeatureGroups = [.. Enumerable.Range(0, columns / 4).Select(g => new FeatureGroup([4 * g, 4 * g + 1, 4 * g + 2]))],
                GroupMixing = mixing,
                LambdaCount = Lambdas,
                LambdaMinRatio = 0.1,
                MaxDegreeOfParallelism = 1,
            };
            foreach (double l1Ratio in new[] { 1, 0.5 })
            {
                Assert.Equal((0, 0), Allocated.By(() => ElasticNetEstimator.Path(MatrixView.RowMajor<double>(x, rows, columns), target, l1Ratio, options, _workspace, fits, coefficients)));
                Assert.Equal((0, 0), Allocated.By(() => ElasticNetEstimator.Fit(MatrixView.RowMajor<double>(x, rows, columns), target, 0.05, l1Ratio, options, _workspace, coefficients)));
            }
        }
    }

    /// <summary>No call fills the caller's memory with several outputs: the engine itself is asked.</summary>
    [Theory]
    [InlineData(true, 200, 12)]
    [InlineData(true, 40, 120)]
    [InlineData(false, 60, 20)]
    public void Groups_of_outputs(bool isGaussian, int rows, int columns)
    {
        (double[] x, _) = Make(rows, columns);
        double[] columnMajor = new double[x.Length], response = new double[rows * Outputs];
        Random random = new(rows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                columnMajor[j * rows + i] = x[i * columns + j];
            for (int k = 0; k < Outputs; k++)
                response[k * rows + i] = isGaussian ? x[i * columns + k] - 0.5 * x[i * columns + 3] + 0.3 * random.NextDouble() : 0;
            if (!isGaussian)
                response[(x[i * columns] + 0.5 * random.NextDouble() > 0.3 ? 0 : random.Next(1, Outputs)) * rows + i] = 1;
        }

        ElasticNetOptions options = new()
        {
            Family = isGaussian ? Family.MultiGaussian : Family.Multinomial,
            GroupOutputs = true,
            StackedColumns = Outputs,
            LambdaCount = Lambdas,
            LambdaMinRatio = 0.1,
            MaxDegreeOfParallelism = 1,
        };
        using PathContext context = new(SolverLimits.Default);
        Nothing sink = new();
        fixed (double* start = columnMajor, target = response)
        {
            StackedDesign design = new(new DenseDesign<double>().Of(start, rows, columns, rows), Outputs);
            double* pinned = target;
            foreach (double l1Ratio in new[] { 1, 0.5 })
            {
                Assert.Equal((0, 0), Allocated.By(() =>
                {
                    TrainingRows given = new(pinned, null, null, rows * Outputs) { Outputs = Outputs };
                    context.Run(design, given, options, PathRequest.From(options, l1Ratio, null), sink);
                }));
            }
        }

        Assert.True(sink.Points > 0);
    }

    private static (double[] X, double[] Y) Make(int rows, int columns)
    {
        Random random = new(rows + columns);
        double[] x = Array.ConvertAll(new double[rows * columns], _ => random.NextDouble() - 0.5), y = new double[rows];
        for (int i = 0; i < rows; i++)
            y[i] = x[i * columns] - 2 * x[i * columns + 1] + x[i * columns + 5] + 0.3 * (random.NextDouble() - 0.5);
        return (x, y);
    }

    private sealed class Nothing : PathSink
    {
        public int Points { get; private set; }

        public override void Begin(in PathStart start)
        {
        }

        public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) => Points++;
    }
}
