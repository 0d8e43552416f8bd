using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>Fit and Path on a warm workspace allocate nothing, with one thread.</summary>
public sealed class FitAllocationTests : IDisposable
{
    private const int Lambdas = 12;

    private readonly Workspace _workspace = new();

    public static TheoryData<int, int> Shapes => new()
    {
        { 400, 12 },   // tall: moments
        { 60, 60 },    // square
        { 25, 300 },   // wide: a working set
    };

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Double_row_major(int rows, int columns)
    {
        Data data = new(rows, columns);
        double[] x = data.RowMajor;
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.RowMajor<double>(x, rows, columns), data.Y, 0.05, 0.7, options, _workspace, coefficients));
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.RowMajor<double>(x, rows, columns), data.Y, 0.7, options, _workspace, data.Fits, coefficients));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Double_column_major(int rows, int columns)
    {
        Data data = new(rows, columns);
        double[] x = data.ColumnMajor;
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, rows, columns), data.Y, 0.05, 1, options, _workspace, coefficients));
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(x, rows, columns), data.Y, 1, options, _workspace, data.Fits, coefficients));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Single_row_major(int rows, int columns)
    {
        Data data = new(rows, columns);
        float[] x = Array.ConvertAll(data.RowMajor, value => (float)value);
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.RowMajor<float>(x, rows, columns), data.Y, 0.05, 1, options, _workspace, coefficients));
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.RowMajor<float>(x, rows, columns), data.Y, 1, options, _workspace, data.Fits, coefficients));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Single_column_major(int rows, int columns)
    {
        Data data = new(rows, columns);
        float[] x = Array.ConvertAll(data.ColumnMajor, value => (float)value);
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.ColumnMajor<float>(x, rows, columns), data.Y, 0.05, 0.3, options, _workspace, coefficients));
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.ColumnMajor<float>(x, rows, columns), data.Y, 0.3, options, _workspace, data.Fits, coefficients));
    }

    /// <summary>ρ = 0 and λ = 0 take roads of their own, ridge on wide data a long one: two λ are enough.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Ridge_and_least_squares(int rows, int columns)
    {
        Data data = new(rows, columns);
        double[] x = data.RowMajor;
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.RowMajor<double>(x, rows, columns), data.Y, 0, options, _workspace, data.Fits, coefficients), lambdas: 2);
        Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.RowMajor<double>(x, rows, columns), data.Y, 0, 1, options, _workspace, coefficients));
    }

    /// <summary>Losses that are not squared error, with all that a target and a penalty may have.</summary>
    [Theory]
    [InlineData("binomial", 400, 12)]
    [InlineData("poisson", 60, 60)]
    [InlineData("gamma", 25, 300)]
    [InlineData("binomial", 25, 300)]
    public void Other_families(string name, int rows, int columns)
    {
        Data data = new(rows, columns);
        double[] x = data.RowMajor, y = Array.ConvertAll(data.Y, value => name == "binomial" ? 1 / (1 + Math.Exp(-value)) : Math.Exp(0.3 * value));
        Family family = Family.All.First(each => each.Name == name);
        foreach (double l1Ratio in new[] { 1, 0.5 })
        {
            Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.RowMajor<double>(x, rows, columns), y, 0.05, l1Ratio, options, _workspace, coefficients), family: family);
            Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.RowMajor<double>(x, rows, columns), y, l1Ratio, options, _workspace, data.Fits, coefficients), family: family);
        }
    }

    /// <summary>Cox, with what a survival target may have.</summary>
    [Theory]
    [InlineData(400, 12)]
    [InlineData(25, 300)]
    public void Survival(int rows, int columns)
    {
        Data data = new(rows, columns);
        double[] x = data.RowMajor;
        double[] time = Array.ConvertAll(data.Y, value => Math.Ceiling(4 * Math.Exp(0.2 * value)));
        bool[] events = [.. Enumerable.Range(0, rows).Select(i => i % 3 > 0)];
        int[] strata = [.. Enumerable.Range(0, rows).Select(i => i % 2)];
        foreach (double[] start in new[] { [], Array.ConvertAll(time, end => end > 2 ? 1.0 : 0) })
        {
            SurvivalTimes times = new(time, events, start, strata, null);
            foreach (Family family in new[] { Family.Cox, Family.CoxBreslow })
            {
                Nothing(data, (options, coefficients) => ElasticNetEstimator.Fit(MatrixView.RowMajor<double>(x, rows, columns), Target.Of(times), 0.05, 0.5, options, _workspace, coefficients), family: family);
                Nothing(data, (options, coefficients) => ElasticNetEstimator.Path(MatrixView.RowMajor<double>(x, rows, columns), Target.Of(times), 1, options, _workspace, data.Fits, coefficients), family: family);
            }
        }
    }

    /// <summary>A box that much of the support fills: solved by steps of its own.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tight_box(int rows, int columns)
    {
        Data data = new(rows, columns);
        double[] x = data.RowMajor;
        ElasticNetOptions options = Data.Plain with { LowerBounds = new[] { -0.02 }, UpperBounds = new[] { 0.05 }, LambdaMinRatio = 1e-4 };
        foreach (double l1Ratio in new[] { 1, 0.9, 1 - 1e-9 })
            Assert.Equal((0, 0), Allocated.By(() => ElasticNetEstimator.Path(MatrixView.RowMajor<double>(x, rows, columns), data.Y, l1Ratio, options, _workspace, data.Fits, data.Coefficients)));
    }

    /// <summary>A workspace that has seen the larger problem serves the smaller one from what it has.</summary>
    [Fact]
    public void Several_shapes_in_turn()
    {
        (int Rows, int Columns)[] shapes = [(400, 12), (25, 300), (60, 60)];
        Data[] data = [.. shapes.Select(shape => new Data(shape.Rows, shape.Columns))];
        ElasticNetOptions options = Data.Plain;
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            foreach (Data each in data)
                ElasticNetEstimator.Path(MatrixView.RowMajor<double>(each.RowMajor, each.Rows, each.Columns), each.Y, 0.9, options, _workspace, each.Fits, each.Coefficients);
        }));
    }

    /// <summary>
    /// Several threads cost what the thread pool takes to call them, whatever the size of the data and the number of passes;
    /// mostly that is nothing.
    /// </summary>
    [Theory]
    [InlineData(9000, 30)]
    [InlineData(400, 700)]
    public void On_two_threads_a_small_constant(int rows, int columns)
    {
        const long Constant = 1024;
        Data data = new(rows, columns);
        ElasticNetOptions options = Data.Plain with { MaxDegreeOfParallelism = 2 };
        (_, long process) = Allocated.By(() => ElasticNetEstimator.Path(
            MatrixView.RowMajor<double>(data.RowMajor, rows, columns), data.Y, 0.9, options, _workspace, data.Fits, data.Coefficients));
        Assert.InRange(process, 0, Constant);
    }

    private static void Nothing(Data data, Action<ElasticNetOptions, double[]> call, int lambdas = Lambdas, Family? family = null)
    {
        foreach (ElasticNetOptions each in new[] { Data.Plain, data.Everything })
        {
            ElasticNetOptions options = each with { LambdaCount = lambdas, Family = family ?? Family.Gaussian };
            Assert.Equal((0, 0), Allocated.By(() => call(options, data.Coefficients)));
        }
    }

    private sealed class Data
    {
        public Data(int rows, int columns)
        {
            (Rows, Columns) = (rows, columns);
            Random random = new(rows);
            RowMajor = new double[rows * columns];
            ColumnMajor = new double[rows * columns];
            Y = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    double value = random.NextDouble() - 0.5;
                    RowMajor[i * columns + j] = ColumnMajor[j * rows + i] = value;
                    Y[i] += j < 5 ? (j + 1) * value : 0;
                }

                Y[i] += random.NextDouble();
            }

            Coefficients = new double[Lambdas * columns];
            Fits = new ElasticNetFit[Lambdas];
            Everything = Plain with
            {
                Weights = Array.ConvertAll(Y, _ => random.NextDouble() + 0.1),
                Offset = Array.ConvertAll(Y, _ => random.NextDouble()),
                PenaltyFactors = Enumerable.Range(0, columns).Select(j => j % 7 == 3 && j < 20 ? 0 : 0.5 + random.NextDouble()).ToArray(),
                LowerBounds = new double[] { -1 },
                UpperBounds = new double[] { 1.5 },
                ExcludedFeatures = new[] { 2 },
                Standardize = false,
            };
        }

        public static ElasticNetOptions Plain { get; } = new() { MaxDegreeOfParallelism = 1, LambdaCount = Lambdas };

        public ElasticNetOptions Everything { get; }
        public int Rows { get; }
        public int Columns { get; }
        public double[] RowMajor { get; }
        public double[] ColumnMajor { get; }
        public double[] Y { get; }
        public double[] Coefficients { get; }
        public ElasticNetFit[] Fits { get; }
    }
}
