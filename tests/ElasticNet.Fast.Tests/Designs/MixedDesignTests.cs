namespace ElasticNet.Fast.Tests.Designs;

/// <summary>Categories of many levels are kept as lists of rows: what comes out is what their dense columns give.</summary>
public class MixedDesignTests
{
    [Theory]
    [InlineData(1, 1.0, true, true)]
    [InlineData(2, 0.5, true, true)]
    [InlineData(3, 0.5, false, true)]
    [InlineData(4, 1.0, true, false)]
    [InlineData(5, 0.0, true, true)]
    [InlineData(6, 0.9, false, false)]
    public void A_path_is_that_of_dense_columns(int seed, double l1Ratio, bool intercept, bool standardize)
    {
        (FeatureTable table, double[] y) = Make(seed, 400, 130);
        ElasticNetOptions options = new() { Intercept = intercept, Standardize = standardize, LambdaCount = 25 };
        RegularizationPath mixed = ElasticNetEstimator.Path(table, y, l1Ratio, options);
        double[] features = Dense(table, out Preparation preparation);
        MatrixView<double> x = MatrixView.ColumnMajor<double>(features, table.Rows, preparation.FeatureCount);
        RegularizationPath dense = ElasticNetEstimator.Path(x, y, l1Ratio, options with { FeatureNames = [.. preparation.FeatureNames] });
        Assert.Equal(dense.Count, mixed.Count);
        Assert.Equal(dense.FeatureNames, mixed.FeatureNames);
        double unit = Math.Sqrt(y.Sum(v => v * v));
        for (int k = 0; k < dense.Count; k++)
        {
            Assert.Equal(dense[k].Lambda, mixed[k].Lambda, 1e-12 * dense[k].Lambda);
            Assert.InRange(mixed[k].RelativeGap, 0, 1e-12);
            double[] a = dense[k].Coefficients.ToArray(), b = mixed[k].Coefficients.ToArray();
            for (int j = 0; j < a.Length; j++)
                Assert.Equal(a[j], b[j], 1e-10 * unit);
        }
    }

    [Fact]
    public void Cross_validation_criteria_and_stability_are_those_of_dense_columns()
    {
        (FeatureTable table, double[] y) = Make(7, 360, 110);
        double[] features = Dense(table, out Preparation preparation);
        MatrixView<double> x = MatrixView.ColumnMajor<double>(features, table.Rows, preparation.FeatureCount);
        // Dense columns do not learn levels in each fold; without rare levels and a reference the mixed ones do not, either.
        ElasticNetOptions options = new() { LambdaCount = 20, L1Ratios = new[] { 0.5, 1.0 } };
        CrossValidationResult mixed = ElasticNetEstimator.CrossValidate(table, y, options), dense = ElasticNetEstimator.CrossValidate(x, y, options);
        Assert.Equal(dense.L1Ratio, mixed.L1Ratio);
        for (int k = 0; k < dense.Best.Points.Count; k++)
            Assert.Equal(dense.Best.Points[k].Mean, mixed.Best.Points[k].Mean, 1e-9 * dense.Best.Points[k].Mean);
        PathCriteria criteria = ElasticNetEstimator.Criteria(table, y, 1, options), expected = ElasticNetEstimator.Criteria(x, y, 1, options);
        for (int k = 0; k < expected.Points.Count; k++)
            Assert.Equal(expected.Points[k].Bic, criteria.Points[k].Bic, 1e-8 * Math.Abs(expected.Points[k].Bic));
        StabilityOptions few = new() { Pairs = 5 };
        Assert.Equal(
            ElasticNetEstimator.Stability(x, y, few, options).Frequencies.ToArray(),
            ElasticNetEstimator.Stability(table, y, few, options).Frequencies.ToArray());
    }

    /// <summary>20 numbers and as many levels as never fit into memory as columns.</summary>
    [Fact]
    public void Many_levels_take_memory_by_row()
    {
        const int Rows = 60_000, Levels = 20_000;
        (FeatureTable table, double[] y) = Make(8, Rows, Levels);
        long before = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64;
        ElasticNetModel model = ElasticNetEstimator.Fit(table, y, 0.05, 1);
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-12);
        // Dense it would be 9.6 GB.
        Assert.InRange(System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 - before, 0, 1L << 30);
    }

    private static double[] Dense(FeatureTable table, out Preparation preparation)
    {
        preparation = Preparation.Learn(table, new());
        double[] features = new double[table.Rows * preparation.FeatureCount];
        preparation.Transform(table, features);
        return features;
    }

    /// <summary>Numbers on both sides of a category of many levels, and one of three.</summary>
    private static (FeatureTable Table, double[] Y) Make(int seed, int rows, int levels)
    {
        Random random = new(seed);
        InputColumn[] columns =
        [
            InputColumn.Number("a"), InputColumn.Category("city", [.. Enumerable.Range(0, levels).Select(k => $"c{k}")]),
            InputColumn.Number("b"), InputColumn.Category("size", ["s", "m", "l"]),
        ];
        double[] values = new double[rows * columns.Length], y = new double[rows], effects = [.. Enumerable.Range(0, levels).Select(_ => random.Next(4) == 0 ? random.NextDouble() : 0)];
        for (int i = 0; i < rows; i++)
        {
            double a = values[i] = 5 + random.NextDouble();
            int city = random.Next(levels);
            values[rows + i] = city;
            double b = values[2 * rows + i] = random.NextDouble() - 0.5;
            int size = random.Next(3);
            values[3 * rows + i] = size;
            y[i] = a - 2 * b + 3 * effects[city] + size + 0.3 * random.NextDouble();
        }

        return (new FeatureTable(columns, values, rows), y);
    }
}
