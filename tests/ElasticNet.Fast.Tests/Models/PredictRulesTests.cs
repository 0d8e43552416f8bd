using ElasticNet.Fast.Models;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Wrong sizes and offsets are refused with every size involved; a disposed model says that it is disposed.</summary>
public class PredictRulesTests
{
    [Fact]
    public void A_row_has_exactly_the_features_of_the_model()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3, offset: false);
        foreach (int length in new[] { 0, 2, 4 })
        {
            string expected = $"'row' (length {length}) must hold the 3 features of the model.";
            Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => model.Predict(new double[length])).Message);
            Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => model.Predict(new float[length])).Message);
        }
    }

    [Fact]
    public void A_batch_has_the_columns_of_the_model_and_room_for_each_row()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3, offset: false);
        Assert.StartsWith("'rows' (length 4) must have the 3 features of the model as columns.",
            Assert.Throws<ArgumentException>(() => model.Predict(new double[2, 4], new double[2])).Message);
        Assert.StartsWith("'predictions' (length 3) must hold one value for each of the 2 rows.",
            Assert.Throws<ArgumentException>(() => model.Predict(new double[2, 3], new double[3])).Message);
        Assert.StartsWith("'predictions' (length 1) must hold one value for each of the 2 rows.",
            Assert.Throws<ArgumentException>(() => model.Predict(new float[2, 3], new double[1])).Message);
    }

    [Fact]
    public void A_model_fitted_with_an_offset_needs_one()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3, offset: true);
        const string Missing = "'offset' must be given: the model was fitted with one.";
        Assert.StartsWith(Missing, Assert.Throws<ArgumentException>(() => model.Predict(new double[3])).Message);
        Assert.StartsWith(Missing, Assert.Throws<ArgumentException>(() => model.Predict(new float[3])).Message);
        Assert.StartsWith("'offset' (length 0) must hold one value for each of the 2 rows: the model was fitted with an offset.",
            Assert.Throws<ArgumentException>(() => model.Predict(new double[2, 3], new double[2])).Message);
        Assert.StartsWith("'offset' (length 1) must hold one value for each of the 2 rows",
            Assert.Throws<ArgumentException>(() => model.Predict(new float[2, 3], new double[2], new double[1])).Message);
        model.Predict(new double[0, 3], []);
    }

    [Fact]
    public void A_model_fitted_without_an_offset_takes_none()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3, offset: false);
        const string Unwanted = "'offset' (0) must not be given: the model was fitted without one.";
        Assert.StartsWith(Unwanted, Assert.Throws<ArgumentException>(() => model.Predict(new double[3], 0)).Message);
        Assert.StartsWith(Unwanted, Assert.Throws<ArgumentException>(() => model.Predict(new float[3], 0)).Message);
        Assert.StartsWith("'offset' (length 2) must be empty: the model was fitted without an offset.",
            Assert.Throws<ArgumentException>(() => model.Predict(new double[2, 3], new double[2], new double[2])).Message);
    }

    [Fact]
    public void Predictions_do_not_overwrite_the_offset()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3, offset: true);
        double[] both = new double[2];
        Assert.Contains("must not overlap", Assert.Throws<ArgumentException>(() => model.Predict(new double[2, 3], both, both)).Message);
    }

    [Fact]
    public void A_batch_of_no_rows_and_a_model_of_no_features_are_fine()
    {
        using ElasticNetModel model = SampleModels.Model(1, 3, offset: false);
        model.Predict(new double[0, 3], []);
        model.Predict(MatrixView.ColumnMajor<double>([], 0, 3), []);
        using ElasticNetModel constant = SampleModels.Model(1, 0, offset: false);
        double[] predictions = new double[2];
        constant.Predict(MatrixView.ColumnMajor<double>([], 2, 0), predictions);
        Assert.Equal([constant.Intercept, constant.Intercept], predictions);
        constant.Predict(new double[2, 0], predictions);
        Assert.Equal([constant.Intercept, constant.Intercept], predictions);
        Assert.Equal(constant.Intercept, constant.Predict(ReadOnlySpan<double>.Empty));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_disposed_model_says_so_but_still_describes_itself(bool mapped)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        ModelContent content = SampleModels.Content(1, 3, density: 1, offset: false);
        new ElasticNetModel(content).Save(path);
        ElasticNetModel model = mapped ? ElasticNetModel.OpenMapped(path, largestCopy: 0) : ElasticNetModel.Load(path);
        model.Predict(new double[3]);
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new double[3]));
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new float[3]));
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new double[2, 3], new double[2]));
        Assert.Throws<ObjectDisposedException>(() => model.Values.Length);
        Assert.Throws<ObjectDisposedException>(() => model.Indices.Length);
        Assert.Throws<ObjectDisposedException>(() => model.StandardDeviations.Length);
        Assert.Throws<ObjectDisposedException>(() => model.Coefficients);
        Assert.Throws<ObjectDisposedException>(() => model.Save(new MemoryStream()));
        Assert.Equal(3, model.FeatureCount);
        Assert.Equal(content.Fit, model.Fit);
        Assert.StartsWith("elastic net: ", model.ToString());
    }

    [Fact]
    public void Spans_taken_from_a_mapped_model_outlive_it()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        ModelContent content = SampleModels.Content(1, 300, density: 1);
        new ElasticNetModel(content).Save(path);
        ElasticNetModel model = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        ReadOnlySpan<double> values = model.Values;
        model.Dispose();
        Assert.Equal(content.Values.Span, values);
    }

    [Fact]
    public async Task Disposing_a_mapped_model_under_running_predictions_ends_in_answers_or_exceptions()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        using ElasticNetModel whole = SampleModels.Model(1, 2000, density: 1, offset: false);
        whole.Save(path);
        double[] row = new double[2000];
        row.AsSpan().Fill(0.5);
        double expected = whole.Predict(row);
        for (int round = 0; round < 20; round++)
        {
            ElasticNetModel model = ElasticNetModel.OpenMapped(path, largestCopy: 0);
            using Barrier start = new(3);
            Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () => ReadUntilDisposed(model, row, expected, start), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            start.SignalAndWait();
            model.Dispose();
            await Task.WhenAll(readers);
        }
    }

    private static void ReadUntilDisposed(ElasticNetModel model, double[] row, double expected, Barrier start)
    {
        start.SignalAndWait();
        try
        {
            while (true)
                Assert.Equal(expected, model.Predict(row));
        }
        catch (ObjectDisposedException)
        {
            // What Dispose on the other thread brings about; any other end fails the test.
        }
    }
}
