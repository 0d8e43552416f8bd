namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Chained equations agree with scikit-learn's IterativeImputer, on the training rows and on new ones.</summary>
public class IterativeGoldenTests
{
    [Theory]
    [InlineData("airquality", 4)]
    [InlineData("pbc", 3)]
    public void Filled_tables_agree(string data, int rounds)
    {
        PreparationGolden golden = new(data + ".impute");
        FeatureTable train = Table(data + ".na"), test = Table(data + ".na.test");
        Preparation preparation = Preparation.Learn(train, new() { Imputation = ImputationMethod.Iterative });
        Assert.Equal(rounds, preparation.Convergence!.Value.Rounds);
        Assert.True(preparation.Convergence.Value.Converged);
        Agree(golden.Rows("iterative_bayesridge_ascending", "train"), preparation, train);
        Agree(golden.Rows("iterative_bayesridge_ascending", "test"), preparation, test);
    }

    private static FeatureTable Table(string name)
    {
        double[,] values = PreparationGolden.Table(name);
        int rows = values.GetLength(0);
        InputColumn[] columns = [.. Enumerable.Range(0, values.GetLength(1)).Select(j => InputColumn.Number("column " + j))];
        return new FeatureTable(columns, Enumerable.Range(0, rows * columns.Length).Select(k => values[k % rows, k / rows]).ToArray(), rows);
    }

    private static void Agree(double[][] expected, Preparation preparation, FeatureTable table)
    {
        Assert.Equal(table.Rows, expected.Length);
        double[] actual = new double[table.Rows * preparation.FeatureCount];
        preparation.Transform(table, actual);
        int filled = 0;
        for (int i = 0; i < table.Rows; i++)
        {
            for (int k = 0; k < preparation.FeatureCount; k++)
            {
                double value = actual[k * table.Rows + i];
                if (double.IsNaN(table.Column(k)[i]))
                {
                    filled++;
                    Assert.True(Math.Abs(expected[i][k] - value) <= 1e-6 * Math.Abs(expected[i][k]), $"row {i}, column {k}: {value:R} instead of {expected[i][k]:R}");
                }
                else
                {
                    Assert.Equal(table.Column(k)[i], value);
                }
            }
        }

        Assert.True(filled > 5, $"{filled} gaps prove little");
    }
}
