using FsCheck.Xunit;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Predictions are the documented sum, bit for bit, on every way in.</summary>
[Reproducible]
public class PredictTests
{
    public static TheoryData<int, double> Shapes
    {
        get
        {
            TheoryData<int, double> shapes = [];
            foreach (double density in new[] { 0, 0.3, 1 })
                for (int features = 0; features <= 40; features++)
                    shapes.Add(features, density);
            shapes.Add(1000, 1);
            shapes.Add(1000, 0.1);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_row_is_the_documented_sum(int features, double density)
    {
        using ElasticNetModel model = SampleModels.Model(features, features, density, offset: false);
        double[] row = Rows(7 + features, 1, features);
        Assert.Equal(Bits(Reference(model, row)), Bits(model.Predict(row)));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_row_with_an_offset_adds_the_offset_last(int features, double density)
    {
        using ElasticNetModel model = SampleModels.Model(features, features, density, offset: true);
        double[] row = Rows(8 + features, 1, features);
        Assert.Equal(Bits(Reference(model, row) + 0.1), Bits(model.Predict(row, 0.1)));
    }

    [Property]
    public void A_batch_gives_the_bits_of_its_rows_in_both_layouts(int seed, byte features, ushort rows, byte gap)
    {
        int n = rows % 300;
        using ElasticNetModel model = SampleModels.Model(seed, features, (seed & 3) / 3.0, offset: false);
        double[] data = Rows(seed, n, features);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++)
            expected[i] = model.Predict(data.AsSpan(i * features, features));
        Assert.Equal(Bits(expected), Bits(Batch(model, RowMajor(data, n, features, gap % 5))));
        Assert.Equal(Bits(expected), Bits(Batch(model, ColumnMajor(data, n, features, gap % 5))));
    }

    [Property]
    public void Float_rows_predict_as_the_same_numbers_in_double(int seed, byte features, ushort rows)
    {
        int n = rows % 300;
        using ElasticNetModel model = SampleModels.Model(seed, features, (seed & 3) / 3.0, offset: false);
        float[] single = [.. Rows(seed, n, features).Select(x => (float)x)];
        double[] widened = [.. single.Select(x => (double)x)];
        double[] expected = Batch(model, RowMajor(widened, n, features, 0));
        for (int i = 0; i < n; i++)
            Assert.Equal(Bits(expected[i]), Bits(model.Predict(single.AsSpan(i * features, features))));
        Assert.Equal(Bits(expected), Bits(Batch(model, RowMajor(single, n, features, 1))));
        Assert.Equal(Bits(expected), Bits(Batch(model, ColumnMajor(single, n, features, 1))));
    }

    [Property]
    public void Offsets_of_a_batch_are_those_of_its_rows(int seed, byte features, byte rows)
    {
        using ElasticNetModel model = SampleModels.Model(seed, features, offset: true);
        double[] data = Rows(seed, rows, features);
        double[] offset = Rows(seed + 1, rows, 1);
        double[] expected = [.. Enumerable.Range(0, rows).Select(i => model.Predict(data.AsSpan(i * features, features), offset[i]))];
        Assert.Equal(Bits(expected), Bits(Batch(model, RowMajor(data, rows, features, 0), offset)));
        Assert.Equal(Bits(expected), Bits(Batch(model, ColumnMajor(data, rows, features, 0), offset)));
        float[] single = [.. data.Select(x => (float)x)];
        double[] widened = Batch(model, RowMajor([.. single.Select(x => (double)x)], rows, features, 0), offset);
        Assert.Equal(Bits(widened), Bits(Batch(model, ColumnMajor(single, rows, features, 0), offset)));
        if (rows > 0)
            Assert.Equal(Bits(widened[0]), Bits(model.Predict(single.AsSpan(0, features), offset[0])));
    }

    [Fact]
    public void The_documented_sum_is_not_the_fused_one()
    {
        // Here rounding the product matters: fused, the second lane's product would keep 2⁻⁶⁰.
        double x = 1 + Math.Pow(2, -30);
        using ElasticNetModel model = new(SampleModels.Content(1, 9, density: 1, offset: false) with
        {
            Values = new[] { -1 - Math.Pow(2, -29), 1, 1, 1, 1, 1, 1, 1, x },
            Intercept = 0,
        });
        double[] row = [1, 0, 0, 0, 0, 0, 0, 0, x];
        Assert.Equal(0.0, model.Predict(row));
        Assert.NotEqual(0.0, Math.FusedMultiplyAdd(x, x, -1 - Math.Pow(2, -29)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_used_features_are_read(bool columnMajor)
    {
        using ElasticNetModel model = new(SampleModels.Content(3, 4, density: 0, offset: false) with
        {
            Indices = new[] { 1, 3 },
            Values = new[] { 2.0, -1.0 },
            StandardDeviations = new[] { 1.0, 1.0 },
            Intercept = 10,
        });
        double[] rows = [double.NaN, 1, double.PositiveInfinity, 2, 0, double.NaN, 0, 2, 0, 1, 0, double.NegativeInfinity];
        double[] predictions = Batch(model, columnMajor ? ColumnMajor(rows, 3, 4, 0) : RowMajor(rows, 3, 4, 0));
        Assert.Equal([10, double.NaN, double.PositiveInfinity], predictions);
        Assert.Equal(10, model.Predict(rows.AsSpan(0, 4)));
        Assert.Equal(double.NaN, model.Predict(rows.AsSpan(4, 4)));
    }

    [Fact]
    public void There_is_only_one_NaN()
    {
        double odd = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234);
        using ElasticNetModel model = SampleModels.Model(3, 3, density: 1, offset: false);
        foreach (double[] row in new[] { [odd, 1, 1], [1, -odd, odd], new[] { double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity }, [1, 1, double.NaN] })
        {
            double prediction = model.Predict(row);
            if (double.IsNaN(prediction))
                Assert.Equal(Bits(double.NaN), Bits(prediction));
        }
        Assert.Equal(Bits(double.NaN), Bits(model.Predict([odd, 1.0, 1.0])));
    }

    [Fact]
    public void Many_threads_predict_the_same()
    {
        using ElasticNetModel model = SampleModels.Model(5, 100, offset: false);
        double[] row = Rows(5, 1, 100);
        long expected = Bits(model.Predict(row));
        Parallel.For(0, 1000, _ => Assert.Equal(expected, Bits(model.Predict(row))));
    }

    /// <summary>The sum as FORMAT.md words it: eight lanes, products rounded, lanes added in a tree, the intercept in front.</summary>
    private static double Reference(ElasticNetModel model, ReadOnlySpan<double> row)
    {
        double[] lane = new double[8];
        for (int k = 0; k < model.Indices.Length; k++)
        {
            double product = model.Values[k] * row[model.Indices[k]];
            lane[k % 8] = lane[k % 8] + product;
        }
        for (int half = 4; half >= 1; half /= 2)
            for (int l = 0; l < half; l++)
                lane[l] = lane[l] + lane[l + half];
        return model.Intercept + lane[0];
    }

    private static double[] Rows(int seed, int rows, int columns)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, rows * columns).Select(_ => SampleModels.Wild(random))];
    }

    private readonly record struct Table<T>(T[] Data, int Rows, int Columns, int Stride, bool IsColumnMajor)
        where T : unmanaged
    {
        public MatrixView<T> View => IsColumnMajor
            ? MatrixView.ColumnMajor<T>(Data, Rows, Columns, Stride)
            : MatrixView.RowMajor<T>(Data, Rows, Columns, Stride);
    }

    private static Table<T> RowMajor<T>(T[] data, int rows, int columns, int gap)
        where T : unmanaged
    {
        int stride = columns + gap;
        T[] padded = new T[rows * stride];
        for (int i = 0; i < rows; i++)
            Array.Copy(data, i * columns, padded, i * stride, columns);
        return new Table<T>(padded, rows, columns, stride, IsColumnMajor: false);
    }

    private static Table<T> ColumnMajor<T>(T[] data, int rows, int columns, int gap)
        where T : unmanaged
    {
        int stride = rows + gap;
        T[] transposed = new T[columns * stride];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                transposed[j * stride + i] = data[i * columns + j];
        return new Table<T>(transposed, rows, columns, stride, IsColumnMajor: true);
    }

    private static double[] Batch(ElasticNetModel model, Table<double> table, double[]? offset = null)
    {
        double[] predictions = new double[table.Rows];
        model.Predict(table.View, predictions, offset);
        return predictions;
    }

    private static double[] Batch(ElasticNetModel model, Table<float> table, double[]? offset = null)
    {
        double[] predictions = new double[table.Rows];
        model.Predict(table.View, predictions, offset);
        return predictions;
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static long[] Bits(double[] values) => [.. values.Select(Bits)];
}
