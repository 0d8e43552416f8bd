using Xunit;

namespace ElasticNet.Fast.Allocation.Tests;

/// <summary>Raw rows become features without an allocation, gaps, unknown levels and neighbours included.</summary>
public class PreparationAllocationTests
{
    private const int Rows = 50;

    /// <summary>Short rows are filled on the stack, long ones in rented memory.</summary>
    [Theory]
    [InlineData(ImputationMethod.Mean, 10)]
    [InlineData(ImputationMethod.NearestNeighbors, 10)]
    [InlineData(ImputationMethod.NearestNeighbors, 300)]
    public void One_row(ImputationMethod method, int numbers)
    {
        Random random = new(1);
        InputColumn[] columns = [InputColumn.Category("c", ["a", "b", "d"]), .. Enumerable.Range(0, numbers).Select(j => InputColumn.Number("x" + j))];
        double[] values = [.. Enumerable.Range(0, Rows * columns.Length).Select(k => k < Rows ? k % 2 : random.NextDouble() < 0.1 ? double.NaN : random.NextDouble())];
        Preparation preparation = Preparation.Learn(
            new FeatureTable(columns, values, Rows), new() { Imputation = method, MissingIndicators = true });
        double[] row = [InputColumn.UnknownLevel, double.NaN, .. Enumerable.Repeat(0.5, numbers - 1)];
        double[] features = new double[preparation.FeatureCount];
        Assert.Equal((0, 0), Allocated.By(() => preparation.Transform(row, features)));
    }
}
