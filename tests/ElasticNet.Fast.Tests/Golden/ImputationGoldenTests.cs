namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Whole preparations agree with scikit-learn's imputers, on the training rows and on new ones.</summary>
public class ImputationGoldenTests
{
    [Theory]
    [InlineData("airquality", "simple_mean", ImputationMethod.Mean, 0)]
    [InlineData("airquality", "simple_median", ImputationMethod.Median, 0)]
    [InlineData("airquality", "simple_most_frequent", ImputationMethod.MostFrequent, 0)]
    [InlineData("airquality", "knn1_uniform", ImputationMethod.NearestNeighbors, 1)]
    [InlineData("airquality", "knn3_uniform", ImputationMethod.NearestNeighbors, 3)]
    [InlineData("airquality", "knn5_uniform", ImputationMethod.NearestNeighbors, 5)]
    [InlineData("pbc", "simple_mean", ImputationMethod.Mean, 0)]
    [InlineData("pbc", "simple_median", ImputationMethod.Median, 0)]
    [InlineData("pbc", "simple_most_frequent", ImputationMethod.MostFrequent, 0)]
    [InlineData("pbc", "knn1_uniform", ImputationMethod.NearestNeighbors, 1)]
    [InlineData("pbc", "knn3_uniform", ImputationMethod.NearestNeighbors, 3)]
    [InlineData("pbc", "knn5_uniform", ImputationMethod.NearestNeighbors, 5)]
    public void Filled_tables_agree(string data, string result, ImputationMethod method, int neighbors)
    {
        PreparationGolden golden = new(data + ".impute");
        FeatureTable train = Table(data + ".na");
        Preparation preparation = Preparation.Learn(train, new() { Imputation = method, Neighbors = Math.Max(neighbors, 1) });
        int[] all = [.. Enumerable.Range(0, preparation.FeatureCount)];
        Agree(golden.Rows(result, "train"), preparation, train, all);
        Agree(golden.Rows(result, "test"), preparation, Table(data + ".na.test"), all);
        if (golden.Columns(result, "statistics") is { } fills)
        {
            double[] features = new double[fills.Length];
            preparation.Transform([.. fills.Select(_ => double.NaN)], features);
            Assert.All(all, k => PreparationGolden.Agree(fills[k], features[k], $"fill {k}"));
        }
    }

    /// <summary>The indicators stand at the end there, beside their columns here.</summary>
    [Theory]
    [InlineData("airquality")]
    [InlineData("pbc")]
    public void Indicators_agree(string data)
    {
        PreparationGolden golden = new(data + ".impute");
        FeatureTable train = Table(data + ".na"), test = Table(data + ".na.test");
        Preparation preparation = Preparation.Learn(train, new() { Imputation = ImputationMethod.Mean, MissingIndicators = true });
        int[] indicators = [.. Enumerable.Range(0, preparation.FeatureCount).Where(k => preparation.FeatureNames[k].EndsWith(" (missing)", StringComparison.Ordinal))];
        int[] all = [.. Enumerable.Range(0, preparation.FeatureCount).Except(indicators), .. indicators];
        Agree(golden.Rows("simple_mean_indicator", "train"), preparation, train, all);
        Agree(golden.Rows("simple_mean_indicator", "test"), preparation, test, all);
        Agree(golden.Rows("indicator_missing_only", "train"), preparation, train, indicators);
        Agree(golden.Rows("indicator_missing_only", "test"), preparation, test, indicators);
        Assert.Equal(
            golden.Columns("indicator_missing_only", "features")!.Select(j => train.Columns[(int)j].Name + " (missing)"),
            indicators.Select(k => preparation.FeatureNames[k]));
    }

    private static FeatureTable Table(string name)
    {
        double[,] values = PreparationGolden.Table(name);
        int rows = values.GetLength(0);
        InputColumn[] columns = [.. Enumerable.Range(0, values.GetLength(1)).Select(j => InputColumn.Number("column " + j))];
        return new FeatureTable(columns, Enumerable.Range(0, rows * columns.Length).Select(k => values[k % rows, k / rows]).ToArray(), rows);
    }

    private static void Agree(double[][] expected, Preparation preparation, FeatureTable table, int[] features)
    {
        Assert.Equal(table.Rows, expected.Length);
        double[] actual = new double[table.Rows * preparation.FeatureCount];
        preparation.Transform(table, actual);
        for (int i = 0; i < table.Rows; i++)
        {
            Assert.Equal(features.Length, expected[i].Length);
            for (int k = 0; k < features.Length; k++)
                PreparationGolden.Agree(expected[i][k], actual[features[k] * table.Rows + i], $"row {i}, column {k}");
        }
    }
}
