using ElasticNet.Fast.Models;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>A typed row predicts the bits that its raw row does.</summary>
public class PredictTests
{
    private static readonly string[] s_names = ["A", "B", "C"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_row_and_many(bool offset)
    {
        using ElasticNetModel model = Model(s_names, offset);
        Random random = new(1);
        double[] offsets = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
        Point[] rows = [.. offsets.Select(_ => new Point { A = random.NextDouble(), B = random.NextDouble(), C = random.NextDouble(), Label = "x" })];
        PointStruct[] structs = [.. rows.Select(row => new PointStruct(row.C, row.A, null, row.B))];
        double[] expected = [.. rows.Select((row, i) => offset ? model.Predict([row.A, row.B, row.C], offsets[i]) : model.Predict([row.A, row.B, row.C]))];

        Check(new TypedPredictor<Point>(model), rows);
        Check(new TypedPredictor<PointStruct>(model), structs);

        void Check<TRow>(TypedPredictor<TRow> predictor, TRow[] typed)
            where TRow : IElasticNetFeatures<TRow>
        {
            Assert.Same(model, predictor.Model);
            Assert.Equal(expected, typed.Select((row, i) => offset ? predictor.Predict(in row, offsets[i]) : predictor.Predict(in row)));
            foreach (int count in new[] { 0, 1, 170, 171, 1000 }) // Blocks of 170 rows of three.
            {
                var predictions = new double[count];
                predictor.Predict(typed.AsSpan(0, count), predictions, offset ? offsets.AsSpan(0, count) : default);
                Assert.Equal(expected[..count], predictions);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_outputs(bool offset)
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 4, 3, 5, density: 1, offset: offset) with { FeatureNames = s_names });
        TypedPredictor<PointStruct> predictor = new(model);
        Random random = new(1);
        PointStruct[] rows = [.. Enumerable.Range(0, 400).Select(_ => new PointStruct(random.NextDouble(), random.NextDouble(), null, random.NextDouble()))];
        double[] all = new double[2000], one = new double[5], expected = new double[5], offsets = offset ? [.. all.Select(_ => random.NextDouble())] : [];
        predictor.Predict(rows, all, offsets);
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> own = offset ? offsets.AsSpan(5 * i, 5) : [];
            double[] raw = [rows[i].A, rows[i].B, rows[i].C];
            model.Predict(raw, expected, own);
            predictor.Predict(in rows[i], one, own);
            Assert.Equal(expected, one);
            Assert.Equal(expected, all[(5 * i)..(5 * i + 5)]);
            if (!offset)
                Assert.Equal(model.PredictClass(raw), predictor.PredictClass(in rows[i]));
        }

        if (!offset)
            Assert.Equal(all, predictor.Predict(rows));
        Assert.Contains("'predictions' (length 7) must hold one value for each of 2 rows × 5 outputs", Assert.Throws<ArgumentException>(() => predictor.Predict(rows.AsSpan(0, 2), new double[7])).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => predictor.Predict(in rows[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(WideRow.Width)]
    public void Any_width(int width)
    {
        using ElasticNetModel model = Model([.. Enumerable.Range(0, width).Select(j => $"x{j}").Reverse()], offset: false);
        Random random = new(width);
        double[][] values = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, WideRow.Width).Select(_ => random.NextDouble()).ToArray())];
        double[] expected = [.. values.Select(row => model.Predict([.. row[..width].Reverse()]))];
        TypedPredictor<WideRow> predictor = new(model);
        var predictions = new double[20];
        predictor.Predict(Array.ConvertAll(values, row => new WideRow(row)), predictions);
        Assert.Equal(expected, predictions);
        Assert.Equal(expected, values.Select(row => predictor.Predict(new WideRow(row))));
    }

    [Fact]
    public void A_missing_number_predicts_what_NaN_does()
    {
        using ElasticNetModel model = Model(["area", "rooms"], offset: false);
        TypedPredictor<House> predictor = new(model);
        House house = new() { Area = 70, Rooms = 3 };
        Assert.Equal(model.Predict([70, 3.0]), predictor.Predict(house));
        Assert.Equal(double.NaN, predictor.Predict(house with { Rooms = null }));
        Assert.Equal(double.NaN, predictor.Predict(house with { Area = float.NaN }));
    }

    [Fact]
    public void Threads_share_a_predictor()
    {
        using ElasticNetModel model = Model(s_names, offset: false);
        TypedPredictor<PointStruct> predictor = new(model);
        PointStruct[] rows = [.. Enumerable.Range(0, 10_000).Select(i => new PointStruct(i, 1.0 / (i + 1), null, -i))];
        var predictions = new double[rows.Length];
        Parallel.For(0, rows.Length, i => predictions[i] = predictor.Predict(in rows[i]));
        Assert.Equal(rows.Select(row => model.Predict([row.A, row.B, row.C])), predictions);
    }

    /// <summary>From objects to a model and back to objects.</summary>
    [Fact]
    public void A_model_learnt_from_typed_rows_predicts_them()
    {
        Random random = new(3);
        PointStruct[] rows = [.. Enumerable.Range(0, 60).Select(_ => new PointStruct(random.NextDouble(), random.NextDouble(), null, random.NextDouble()))];
        FeatureTable table = FeatureTable.From<PointStruct>(rows);
        int[] numbers = [.. Enumerable.Range(0, table.Columns.Count).Where(column => table.Columns[column].Kind == InputKind.Number)];
        double[] x = [.. numbers.SelectMany(column => table.Column(column).ToArray())];
        double[] y = [.. rows.Select(row => 3 + row.A - 2 * row.B + 0.5 * row.C)];
        ElasticNetOptions options = new() { FeatureNames = [.. numbers.Select(column => table.Columns[column].Name)] };
        using ElasticNetModel model = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, rows.Length, numbers.Length), y, options).Model;
        TypedPredictor<PointStruct> predictor = new(model);
        Assert.All(rows, row => Assert.InRange(predictor.Predict(row) - (3 + row.A - 2 * row.B + 0.5 * row.C), -0.1, 0.1));
    }

    [Fact]
    public void A_model_without_names_is_refused()
    {
        using ElasticNetModel model = new(SampleModels.Content(1, 3, names: false));
        var exception = Assert.Throws<ArgumentException>(() => new TypedPredictor<Point>(model));
        Assert.StartsWith("'model' must know the names of its 3 features to find them among members: fit it with FeatureNames.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_other_inputs_is_refused()
    {
        using ElasticNetModel model = Model(["A", "D"], offset: false);
        var exception = Assert.Throws<ArgumentException>(() => new TypedPredictor<Point>(model));
        Assert.StartsWith("Point must have all 2 inputs of the model, but lacks 'D' (number); it has ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_and_offsets_are_checked()
    {
        using ElasticNetModel plain = Model(s_names, offset: false);
        using ElasticNetModel offset = Model(s_names, offset: true);
        var rows = new PointStruct[3];
        var numbers = new double[5];
        Refused("predictions", () => new TypedPredictor<PointStruct>(plain).Predict(rows, numbers));
        Refused("offset", () => new TypedPredictor<PointStruct>(offset).Predict(rows, new double[3]));
        Refused("offset", () => new TypedPredictor<PointStruct>(offset).Predict(rows, new double[3], new double[2]));
        Refused("offset", () => new TypedPredictor<PointStruct>(offset).Predict(rows, numbers.AsSpan(0, 3), numbers.AsSpan(2)));
        Refused("offset", () => new TypedPredictor<PointStruct>(plain).Predict(rows, new double[3], new double[3]));
        Refused("offset", () => new TypedPredictor<PointStruct>(plain).Predict(in rows[0], 1));
        Refused("offset", () => new TypedPredictor<PointStruct>(offset).Predict(in rows[0]));

        static void Refused(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentException>(call).ParamName);
    }

    private static ElasticNetModel Model(string[] names, bool offset)
    {
        ModelContent content = SampleModels.Content(7, names.Length, density: 1, offset: offset, names: false) with { FeatureNames = names };
        return new(content);
    }
}
