namespace ElasticNet.Fast.Tests.Designs;

/// <summary>Long tables with categories are summed up once: what comes out is what their dense columns give, for all rows and for every fold.</summary>
public class TallTableTests
{
    private const int Rows = 5000;

    private static readonly string[] s_sizes = ["s", "m", "l"];

    [Theory]
    [InlineData(1, 1.0, true, true, false)]
    [InlineData(2, 0.5, true, true, true)]
    [InlineData(3, 0.9, false, true, true)]
    [InlineData(4, 1.0, true, false, true)]
    [InlineData(5, 0.0, true, true, false)]
    [InlineData(6, 0.5, false, false, false)]
    public void Path_and_folds_are_those_of_dense_columns(int seed, double l1Ratio, bool intercept, bool standardize, bool weighted)
    {
        (FeatureTable table, double[] y, double[] weights, int[] folds) = Make(seed);
        ElasticNetOptions options = new() { Intercept = intercept, Standardize = standardize, LambdaCount = 20, L1Ratios = new[] { l1Ratio } };
        Target target = new(y) { Weights = weighted ? weights : default, Folds = FoldPlan.Given(folds) };
        CrossValidationResult mixed = ElasticNetEstimator.CrossValidate(table, target, options);
        Preparation preparation = Preparation.Learn(table, new());
        double[] features = new double[Rows * preparation.FeatureCount];
        preparation.Transform(table, features);
        CrossValidationResult dense = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(features, Rows, preparation.FeatureCount), target, options);
        double unit = Math.Sqrt(y.Sum(v => v * v) / Rows);
        foreach ((PathPoint own, PathPoint other) in mixed.Best.Path.Zip(dense.Best.Path))
        {
            Assert.Equal(other.Lambda, own.Lambda, 1e-12 * other.Lambda);
            Assert.InRange(own.RelativeGap, 0, 1e-12);
            // Of the rows nothing is asked again.
            Assert.Equal((0, 0), (own.Trace.FullPasses, own.Trace.ColumnsRead));
            foreach ((double a, double b) in own.Coefficients.ToArray().Zip(other.Coefficients.ToArray()))
                Assert.Equal(b, a, 1e-10 * unit);
        }

        foreach ((CrossValidationPoint own, CrossValidationPoint other) in mixed.Best.Points.Zip(dense.Best.Points))
        {
            Assert.Equal(other.Mean, own.Mean, 1e-10 * other.Mean);
            Assert.Equal(other.StandardError, own.StandardError, 1e-8 * other.Mean);
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        (FeatureTable table, double[] y, double[] weights, int[] folds) = Make(7);
        Target target = new(y) { Weights = weights, Folds = FoldPlan.Given(folds) };
        ElasticNetOptions options = new() { LambdaCount = 20, MaxDegreeOfParallelism = 1 };
        CrossValidationResult one = ElasticNetEstimator.CrossValidate(table, target, options), four = ElasticNetEstimator.CrossValidate(table, target, options with { MaxDegreeOfParallelism = 4 });
        Assert.Equal(one.Best.Points, four.Best.Points);
        Assert.Equal(one.Model.Coefficients.ToArray(), four.Model.Coefficients.ToArray());
    }

    [Fact]
    public void A_warm_workspace_remembers_nothing_of_another_table()
    {
        (FeatureTable table, double[] y, _, _) = Make(8);
        (FeatureTable other, double[] z, double[] weights, _) = Make(9);
        ElasticNetOptions options = new() { LambdaCount = 20 };
        using Workspace workspace = new();
        ElasticNetEstimator.CrossValidate(other, new Target(z) { Weights = weights }, options with { Folds = 3 }, workspace);
        CrossValidationResult used = ElasticNetEstimator.CrossValidate(table, y, options, workspace), fresh = ElasticNetEstimator.CrossValidate(table, y, options);
        Assert.Equal(fresh.Best.Points, used.Best.Points);
    }

    /// <summary>
    /// Numbers, one of them far from 0, between categories: one of sixty levels, of which some are in a handful of rows and one in the rows of one fold
    /// alone, one that nearly all rows share, and one of three. Some rows weigh nothing.
    /// </summary>
    private static (FeatureTable Table, double[] Y, double[] Weights, int[] Folds) Make(int seed)
    {
        Random random = new(seed);
        InputColumn[] columns =
        [
            InputColumn.Category("city", [.. Enumerable.Range(0, 60).Select(k => $"c{k}")]), InputColumn.Number("a"),
            InputColumn.Category("rare", ["usual", "once"]), InputColumn.Number("b"), InputColumn.Category("size", s_sizes),
        ];
        double[] values = new double[Rows * columns.Length], y = new double[Rows], weights = new double[Rows];
        int[] folds = new int[Rows];
        for (int i = 0; i < Rows; i++)
        {
            folds[i] = random.Next(5);
            int city = i < 8 ? 59 : (int)(59 * Math.Pow(random.NextDouble(), 2));
            if (city == 59)
                folds[i] = 3;
            values[i] = city;
            double a = values[Rows + i] = 50 + random.NextDouble();
            values[2 * Rows + i] = i % 900 == 0 ? 1 : 0;
            double b = values[3 * Rows + i] = random.NextDouble() - 0.5;
            int size = random.Next(3);
            values[4 * Rows + i] = size;
            weights[i] = random.Next(10) == 0 ? 0 : 0.5 + random.NextDouble();
            y[i] = a - 2 * b + (city % 4 == 0 ? 1 : 0) + size + 3 * random.NextDouble();
        }

        return (new FeatureTable(columns, values, Rows), y, weights, folds);
    }
}
