using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>A sparse row predicts the bits of the same row with its zeros, one by one and in batches.</summary>
[Reproducible]
public class SparsePredictTests
{
    [Property]
    public void Sparse_rows_predict_the_bits_of_dense_ones(int seed, ushort features, ushort rows)
    {
        int n = rows % 200, p = features % 300;
        using ElasticNetModel model = SampleModels.Model(seed, p, (seed & 3) / 3.0, offset: false);
        double[,] dense = Rows(seed, n, p, (seed & 15) / 15.0);
        double[] expected = Predict(model, dense);
        SparseMatrix<double> sparse = Sparse(dense);
        double[] batch = new double[n];
        model.Predict(sparse, batch);
        Assert.Equal(Bits(expected), Bits(batch));
        for (int i = 0; i < n; i++)
        {
            int[] indices = [.. Enumerable.Range(0, p).Where(j => dense[i, j] != 0)];
            double[] values = [.. indices.Select(j => dense[i, j])];
            Assert.Equal(Bits(expected[i]), Bits(model.Predict(indices, values)));
            // Zeros that are given change nothing either, nor do those of the other sign.
            Assert.Equal(Bits(expected[i]), Bits(model.Predict(
                (int[])[.. Enumerable.Range(0, p)], (double[])[.. Enumerable.Range(0, p).Select(j => dense[i, j] == 0 ? -0.0 : dense[i, j])])));
        }
    }

    [Property]
    public void Float_and_index_only_rows_predict_as_the_same_numbers_in_double(int seed, byte features, byte rows)
    {
        int n = rows % 50, p = features;
        using ElasticNetModel model = SampleModels.Model(seed, p, 0.6, offset: true);
        double[] offset = [.. Enumerable.Range(0, n).Select(i => i / 7.0)];
        double[,] dense = Rows(seed, n, p, 0.3);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < p; j++)
                dense[i, j] = seed % 2 == 0 ? (float)dense[i, j] : dense[i, j] == 0 ? 0 : 1;
        double[] expected = Predict(model, dense, offset), batch = new double[n];
        SparseMatrix<double> wide = Sparse(dense);
        SparseMatrix<float> single = SparseMatrix.FromCsc(n, p, wide.Starts, wide.RowIndices, (float[])[.. Enumerable.Range(0, (int)wide.StoredCount).Select(k => wide.HasValues ? (float)wide.Values[k] : 1)]);
        model.Predict(single, batch, offset);
        Assert.Equal(Bits(expected), Bits(batch));
        model.Predict(wide, batch, offset);
        Assert.Equal(Bits(expected), Bits(batch));
        for (int i = 0; i < n; i++)
        {
            int[] indices = [.. Enumerable.Range(0, p).Where(j => dense[i, j] != 0)];
            Assert.Equal(Bits(expected[i]), Bits(model.Predict(indices, (float[])[.. indices.Select(j => (float)dense[i, j])], offset[i])));
        }
    }

    [Fact]
    public void Many_blocks_of_rows_are_one_table()
    {
        const int Rows = 10_000;
        using ElasticNetModel model = SampleModels.Model(1, 20, density: 0.7, offset: false);
        double[,] dense = SparsePredictTests.Rows(5, Rows, 20, 0.2);
        double[] batch = new double[Rows];
        model.Predict(Sparse(dense), batch);
        Assert.Equal(Bits(Predict(model, dense)), Bits(batch));
    }

    [Fact]
    public void Only_used_features_are_read()
    {
        using ElasticNetModel model = new(SampleModels.Content(3, 4, density: 0, offset: false) with
        {
            Indices = new[] { 1, 3 },
            Values = new[] { 2.0, -1.0 },
            StandardDeviations = new[] { 1.0, 1.0 },
            Intercept = 10,
        });
        Assert.Equal(9, model.Predict([0, 2, 3], [double.NaN, double.PositiveInfinity, 1.0]));
        Assert.Equal(Bits(double.NaN), Bits(model.Predict([1], [double.NaN])));
        Assert.Equal(10, model.Predict([], ReadOnlySpan<double>.Empty));
    }

    [Fact]
    public void Bad_rows_are_refused_by_name()
    {
        using ElasticNetModel model = SampleModels.Model(1, 4, density: 1, offset: false), shifted = SampleModels.Model(1, 4, density: 1, offset: true);
        Assert.Contains("'values' (length 1) must hold one value for each of the 2 indices", Message(() => model.Predict([0, 1], [1.0])), StringComparison.Ordinal);
        Assert.Contains("'indices' (4) must be in [0, 4)", Message(() => model.Predict([0, 4], [1.0, 1])), StringComparison.Ordinal);
        Assert.Contains("'indices' (-1) must be in [0, 4)", Message(() => model.Predict([-1], [1.0])), StringComparison.Ordinal);
        Assert.Contains("'indices' must ascend, none twice, but 1 follows 2", Message(() => model.Predict([2, 1], [1.0, 1])), StringComparison.Ordinal);
        Assert.Contains("'indices' must ascend, none twice, but 2 follows 2", Message(() => model.Predict([2, 2], [1.0, 1])), StringComparison.Ordinal);
        Assert.Contains("'offset' must be given", Message(() => shifted.Predict([2], [1.0])), StringComparison.Ordinal);
        Assert.Contains("'offset' (1) must not be given", Message(() => model.Predict([2], [1.0], 1)), StringComparison.Ordinal);
        SparseMatrix<double> rows = SparseMatrix.FromCsc(2, 3, [0, 0, 0, 0], []), right = SparseMatrix.FromCsc(2, 4, [0, 0, 0, 0, 0], []);
        Assert.Contains("'rows' (length 3) must have the 4 features of the model as columns", Message(() => model.Predict(rows, new double[2])), StringComparison.Ordinal);
        Assert.Contains("'predictions' (length 3) must hold one value for each of the 2 rows", Message(() => model.Predict(right, new double[3])), StringComparison.Ordinal);
        Assert.Contains("fitted with an offset", Message(() => shifted.Predict(right, new double[2])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_raw_columns_takes_whole_rows()
    {
        using ElasticNetModel model = new(SampleModels.Prepared(1, SamplePreparations.Any(1), offset: false));
        Assert.Contains("whole rows", Assert.Throws<NotSupportedException>(() => model.Predict([0], [1.0])).Message, StringComparison.Ordinal);
        SparseMatrix<float> rows = SparseMatrix.FromRows(model.InputCount, ((int, float)[][])[[]]);
        Assert.Throws<NotSupportedException>(() => model.Predict(rows, new double[1]));
    }

    private static double[,] Rows(int seed, int rows, int columns, double density)
    {
        Random random = new(seed);
        double[,] dense = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                dense[i, j] = random.NextDouble() < density ? SampleModels.Wild(random) : 0;
        return dense;
    }

    private static SparseMatrix<double> Sparse(double[,] dense) => SparseMatrix.FromRows(
        dense.GetLength(1),
        Enumerable.Range(0, dense.GetLength(0)).Select(i => Enumerable.Range(0, dense.GetLength(1)).Where(j => dense[i, j] != 0).Select(j => (j, dense[i, j]))));

    private static double[] Predict(ElasticNetModel model, double[,] dense, double[]? offset = null)
    {
        double[] predictions = new double[dense.GetLength(0)];
        model.Predict(MatrixView.RowMajor<double>((double[])[.. dense.Cast<double>()], dense.GetLength(0), dense.GetLength(1)), predictions, offset);
        return predictions;
    }

    private static string Message(Func<object> predict) => Assert.ThrowsAny<ArgumentException>(predict).Message;

    private static string Message(Action predict) => Assert.ThrowsAny<ArgumentException>(predict).Message;

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static long[] Bits(double[] values) => [.. values.Select(Bits)];
}
