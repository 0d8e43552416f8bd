using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Models of several outputs predict the same bits on every way in, and those of the plain sum in the order of FORMAT.md.</summary>
[Reproducible]
public class OutputPredictTests
{
    public static TheoryData<string, int, bool> Cases => new()
    {
        { "multinomial", 2, false },
        { "multinomial", 3, true },
        { "multinomial", 17, false },
        { "multinomial", 200, false },
        { "multigaussian", 2, true },
        { "multigaussian", 5, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_route_predicts_the_same_bits(string family, int outputs, bool hasOffset)
    {
        const int n = 23, p = 21;
        ModelContent content = SampleOutputs.Content(Family.All.Single(one => one.Name == family), 4, p, outputs, offset: hasOffset);
        using ElasticNetModel model = new(content);
        Random random = new(outputs);
        double[,] rows = new double[n, p];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
                rows[i, j] = random.Next(3) == 0 ? 0 : (float)(4 * random.NextDouble() - 2);
        }

        rows[3, model.Indices[0]] = double.NaN;
        double[] offset = hasOffset ? [.. Enumerable.Range(0, n * outputs).Select(_ => random.NextDouble())] : [];
        double[] columns = [.. Enumerable.Range(0, p).SelectMany(j => Enumerable.Range(0, n).Select(i => rows[i, j]))];
        float[] floats = [.. rows.Cast<double>().Select(value => (float)value)];
        foreach (ElasticNetModel one in new[] { model, model.OnLinkScale })
        {
            double[] batch = new double[n * outputs], other = new double[n * outputs], single = new double[outputs];
            one.Predict(rows, batch, offset);
            Same(Plain(content, rows, offset, isLink: one != model || family == "multigaussian"), batch);
            one.Predict(MatrixView.ColumnMajor<double>(columns, n, p), other, offset);
            Same(batch, other);
            one.Predict(MatrixView.RowMajor<float>(floats, n, p), other, offset);
            Same(batch, other);
            // No sparse table holds NaN; the other rows do not notice.
            one.Predict(SparseMatrix.FromRows(p, Enumerable.Range(0, n).Select(i => Enumerable.Range(0, p).Where(j => rows[i, j] != 0 && !double.IsNaN(rows[i, j])).Select(j => (j, rows[i, j])))), other, offset);
            Same(batch.AsSpan(0, 3 * outputs), other.AsSpan(0, 3 * outputs));
            Same(batch.AsSpan(4 * outputs), other.AsSpan(4 * outputs));
            if (!hasOffset)
                Same(batch, one.Predict(rows));
            for (int i = 0; i < n; i++)
            {
                double[] row = [.. Enumerable.Range(0, p).Select(j => rows[i, j])];
                int[] stored = [.. Enumerable.Range(0, p).Where(j => row[j] != 0)];
                ReadOnlySpan<double> own = hasOffset ? offset.AsSpan(i * outputs, outputs) : [], expected = batch.AsSpan(i * outputs, outputs);
                one.Predict(row, single, own);
                Same(expected, single);
                one.Predict(floats.AsSpan(i * p, p), single, own);
                Same(expected, single);
                one.Predict(stored, [.. stored.Select(j => row[j])], single, own);
                Same(expected, single);
                one.Predict(stored, [.. stored.Select(j => (float)row[j])], single, own);
                Same(expected, single);
                if (one == model && family == "multinomial" && i != 3)
                    Assert.Equal(1, single.Sum(), 1e-14);
            }

            Assert.Equal(0xFFF8000000000000, BitConverter.DoubleToUInt64Bits(batch[3 * outputs]));
        }
    }

    /// <summary>Responses are each the model of its own, to rounding: their lanes count the features of all.</summary>
    [Property(MaxTest = 50)]
    public void Each_response_is_the_model_of_its_own(int seed)
    {
        Random random = new(seed);
        int features = random.Next(1, 40), outputs = random.Next(2, 7);
        ModelContent content = SampleOutputs.Content(Family.MultiGaussian, seed, features, outputs);
        using ElasticNetModel model = new(content);
        double[] row = [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)], predictions = new double[outputs];
        model.Predict(row, predictions);
        for (int k = 0; k < outputs; k++)
        {
            using ElasticNetModel one = new(SampleOutputs.Of(content, k));
            Assert.Equal(one.Predict(row), predictions[k], 1e-14 * features);
            Assert.Equal(one.Coefficients.ToArray(), model.Coefficients.Of(k).ToArray());
            Assert.Equal(one.Intercept, model.Intercepts[k]);
            double[] alone = new double[1];
            one.Predict(row, alone);
            Assert.Equal(one.Predict(row), alone[0]);
        }
    }

    [Fact]
    public void Raw_rows_by_name_and_in_tables()
    {
        Preparation preparation = SamplePreparations.WithLevels(columns: 3, levels: 4);
        using ElasticNetModel model = new(SampleOutputs.Prepared(Family.Multinomial, 2, preparation, 3));
        double[] values = [0, 1, 2, 3, 3, 1, 0, 2, 1, double.NaN, 2, 0], all = new double[12], alone = new double[3];
        FeatureTable table = new(preparation.Inputs, values, 4);
        model.Predict(table, all);
        ModelRow row = model.CreateRow();
        for (int i = 0; i < 4; i++)
        {
            double[] raw = [values[i], values[4 + i], values[8 + i]];
            model.Predict(raw, alone);
            Same(all.AsSpan(3 * i, 3), alone);
            model.Predict(Array.ConvertAll(raw, value => (float)value), alone);
            Same(all.AsSpan(3 * i, 3), alone);
            row.Clear();
            for (int j = 0; j < 3; j++)
            {
                if (!double.IsNaN(raw[j]))
                    row[preparation.Inputs[j].Name] = preparation.Inputs[j].Levels[(int)raw[j]];
            }

            row.Predict(alone);
            Same(all.AsSpan(3 * i, 3), alone);
            Assert.Equal(model.Classes![alone.AsSpan().IndexOf(alone.Max())], row.PredictClass());
            Assert.Equal(row.PredictClass(), model.PredictClass(raw));
        }
    }

    [Fact]
    public void A_gap_that_nothing_fills_is_named()
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 2, 5, 3) with { FeatureNames = ["a", "b", "c", "d", "e"] });
        ModelRow row = model.CreateRow();
        Assert.Contains("'row' must have what the model needs and nothing fills, but lacks", Assert.Throws<ArgumentException>(() => row.Predict(new double[3])).Message, StringComparison.Ordinal);
        Assert.Contains("but lacks", Assert.Throws<ArgumentException>(() => row.PredictClass()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_probable_class_is_called_by_its_name()
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 3, 4, 3));
        Assert.Equal(model.OutputNames, model.Classes);
        Assert.Null(model.PositiveClass);
        Random random = new(1);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] row = [.. Enumerable.Range(0, 4).Select(_ => 8 * random.NextDouble() - 4)], p = new double[3];
            model.Predict(row, p);
            string expected = model.Classes![Array.IndexOf(p, p.Max())];
            Assert.Equal(expected, model.PredictClass(row));
            Assert.Equal(expected, model.OnLinkScale.PredictClass(row));
            Assert.Equal(expected, model.ClassOf(p));
        }

        Assert.Equal(model.Classes![1], model.ClassOf([0.2, 0.4, 0.4]));
        Assert.Contains("'probabilities' (NaN)", Assert.Throws<ArgumentException>(() => model.ClassOf([0, double.NaN, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("'probabilities' (length 2) must have one for each of the 3 classes", Assert.Throws<ArgumentException>(() => model.ClassOf([0.5, 0.5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ClassOf([0.5, 1.5, 0]));
        Assert.Contains("a probability for each of its 3 classes", Assert.Throws<NotSupportedException>(() => model.ClassOf(0.5)).Message, StringComparison.Ordinal);
        Assert.Contains("'threshold' (0.4) must not be given to a model of 3 classes", Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictClass([1.0, 2, 3, 4], 0.4)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 2, 1], model.Labels([model.Classes[0], model.Classes[2], model.Classes[1]]).Values.ToArray());
        Assert.Contains("but row 0 (counted from 0) is 'x'", Refused(() => model.Labels(["x"]).Length), StringComparison.Ordinal);
        using ElasticNetModel two = new(FamilyPredictTests.Content(Family.Binomial, 3, 3, hasOffset: false));
        Assert.Contains("one number for a row", Assert.Throws<NotSupportedException>(() => two.ClassOf([0.5, 0.5])).Message, StringComparison.Ordinal);
        using ElasticNetModel responses = new(SampleOutputs.Content(Family.MultiGaussian, 3, 4, 3));
        Assert.Null(responses.Classes);
        Assert.Throws<NotSupportedException>(() => responses.PredictClass([1.0, 2, 3, 4]));
    }

    [Fact]
    public void One_number_for_a_row_is_refused_and_sizes_are_checked()
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 3, 4, 3)), offset = new(SampleOutputs.Content(Family.MultiGaussian, 3, 4, 3, offset: true));
        double[] row = [1, 2, 3, 4];
        int[] descending = [2, 1];
        string message = Assert.Throws<NotSupportedException>(() => model.Predict(row)).Message;
        Assert.StartsWith("The model predicts 3 numbers of a row, one for each class ('class 0 ß', 'class 1 ß' and 'class 2 ß'): give Predict a span for them, or ask PredictClass", message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => model.Predict([1f, 2, 3, 4]));
        Assert.Throws<NotSupportedException>(() => model.Predict(descending, [2.0, 1]));
        Assert.Throws<NotSupportedException>(() => offset.Predict(row, 1.0));
        Assert.Contains("an intercept for each of 3 classes: Intercepts", Assert.Throws<NotSupportedException>(() => model.Intercept).Message, StringComparison.Ordinal);
        Refuses("'predictions' (length 2) must hold one value for each of the 3 classes of the model", () => model.Predict(row, new double[2]));
        Refuses("'offset' (length 3) must be empty", () => model.Predict(row, new double[3], new double[3]));
        Refuses("'offset' (length 0) must hold one value for each of the 3 responses", () => offset.Predict(row, new double[3]));
        Refuses("'row' (length 3) must hold the 4 features", () => model.Predict(new double[3], new double[3]));
        Refuses("'predictions' (length 3) must hold one value for each of 2 rows × 3 classes", () => model.Predict(new double[2, 4], new double[3]));
        Refuses("'offset' (length 2) must hold one value for each of 2 rows × 3 responses", () => offset.Predict(new double[2, 4], new double[6], new double[2]));
        Refuses("'indices' must ascend", () => model.Predict(descending, [1.0, 2], new double[3]));
        Assert.StartsWith("elastic net: λ", model.ToString(), StringComparison.Ordinal);
        Assert.Contains("3 classes, ", model.ToString(), StringComparison.Ordinal);

        static void Refuses(string expected, Action action) => Assert.Contains(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static string Refused(Func<int> action) => Assert.Throws<ArgumentException>(() => action()).Message;

    /// <summary>From FORMAT.md alone: eight lanes for each output, then softmax.</summary>
    private static double[] Plain(ModelContent content, double[,] rows, double[] offset, bool isLink)
    {
        int outputs = content.Outputs, n = rows.GetLength(0);
        double[] predictions = new double[n * outputs];
        for (int i = 0; i < n; i++)
        {
            double[] eta = new double[outputs];
            for (int k = 0; k < outputs; k++)
            {
                double[] lane = new double[8];
                for (int at = 0; at < content.Indices.Length; at++)
                    lane[at % 8] += content.Values.Span[at * outputs + k] * rows[i, content.Indices.Span[at]];
                double sum = ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
                eta[k] = content.Intercepts.Span[k] + sum;
                if (offset.Length > 0)
                    eta[k] += offset[i * outputs + k];
            }

            double largest = eta.Max();
            double[] odds = isLink || eta.Any(double.IsNaN) ? eta : [.. eta.Select(one => Fast.Numerics.Exponential.Exp(one - largest))];
            double total = 0;
            foreach (double one in odds)
                total += one;
            for (int k = 0; k < outputs; k++)
                predictions[i * outputs + k] = eta.Any(double.IsNaN) ? double.NaN : isLink ? odds[k] : odds[k] / total;
        }

        return predictions;
    }

    private static void Same(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
            Assert.Equal(BitConverter.DoubleToUInt64Bits(expected[k]), BitConverter.DoubleToUInt64Bits(actual[k]));
    }
}
