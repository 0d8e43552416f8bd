using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>A warm prediction of raw rows allocates nothing: one row or a batch, either layout, either storage type, on the heap or mapped.</summary>
public sealed class PreparedPredictAllocationTests : IDisposable
{
    private const int Rows = 40;

    private readonly TemporaryDirectory _directory = new();
    private readonly double[] _predictions = new double[Rows];

    public void Dispose() => _directory.Dispose();

    /// <summary>Short rows are filled on the stack, long ones in rented memory.</summary>
    [Theory]
    [InlineData(ImputationMethod.Mean, 10, false)]
    [InlineData(ImputationMethod.Mean, 300, true)]
    [InlineData(ImputationMethod.NearestNeighbors, 10, true)]
    [InlineData(ImputationMethod.NearestNeighbors, 300, false)]
    [InlineData(ImputationMethod.Iterative, 10, true)]
    [InlineData(ImputationMethod.Iterative, 150, false)]
    public void Raw_rows(ImputationMethod method, int numbers, bool isMapped)
    {
        Random random = new(1);
        InputColumn[] columns = [InputColumn.Category("c", ["a", "b", "d"]), .. Enumerable.Range(0, numbers).Select(j => InputColumn.Number("x" + j))];
        int width = columns.Length;
        double[] values = [.. Enumerable.Range(0, Rows * width).Select(k => k < Rows ? k % 3 : random.NextDouble() < 0.1 ? double.NaN : random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        PreparationOptions preparation = new() { Imputation = method, MissingIndicators = true, Scaling = ScalingMethod.Robust };
        using ElasticNetModel fitted = ElasticNetEstimator.Fit(new FeatureTable(columns, values, Rows), y, 0.001, 0.5, new() { Preparation = preparation });
        string path = _directory.File("model.enet");
        fitted.Save(path);
        using ElasticNetModel model = isMapped ? ElasticNetModel.OpenMapped(path, largestCopy: 0) : ElasticNetModel.Load(path);

        double[] row = [InputColumn.UnknownLevel, double.NaN, .. Enumerable.Repeat(0.5, numbers - 1)];
        float[] narrow = Array.ConvertAll(row, value => (float)value);
        Assert.Equal((0, 0), Allocated.By(() =>
        {
            model.Predict(row);
            model.Predict(narrow);
        }));
        FeatureTable table = new(model.Preparation!.Inputs, values, Rows);
        Assert.Equal((0, 0), Allocated.By(() => model.Predict(table, _predictions)));
        Assert.All(_predictions, prediction => Assert.True(double.IsFinite(prediction)));
    }

    /// <summary>Numbers mean the same in every table, and may come as a bare one.</summary>
    [Fact]
    public void Bare_tables_of_numbers()
    {
        Random random = new(2);
        InputColumn[] columns = [.. Enumerable.Range(0, 10).Select(j => InputColumn.Number("x" + j))];
        double[] values = [.. Enumerable.Range(0, Rows * columns.Length).Select(_ => random.NextDouble() < 0.1 ? double.NaN : random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        PreparationOptions preparation = new() { Imputation = ImputationMethod.Mean, MissingIndicators = true, Scaling = ScalingMethod.Robust };
        using ElasticNetModel model = ElasticNetEstimator.Fit(new FeatureTable(columns, values, Rows), y, 0.001, 0.5, new() { Preparation = preparation });
        float[] floats = Array.ConvertAll(values, value => (float)value);
        int width = columns.Length;
        Assert.Equal((0, 0), Allocated.By(() => model.Predict(MatrixView.ColumnMajor<double>(values, Rows, width), _predictions)));
        Assert.Equal((0, 0), Allocated.By(() => model.Predict(MatrixView.ColumnMajor<float>(floats, Rows, width), _predictions)));
        Assert.Equal((0, 0), Allocated.By(() => model.Predict(MatrixView.RowMajor<double>(values, Rows, width), _predictions)));
        Assert.Equal((0, 0), Allocated.By(() => model.Predict(MatrixView.RowMajor<float>(floats, Rows, width), _predictions)));
        Assert.All(_predictions, prediction => Assert.True(double.IsFinite(prediction)));
    }
}
