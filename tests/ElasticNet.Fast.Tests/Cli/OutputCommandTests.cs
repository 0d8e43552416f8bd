using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Tests.Models;
using ElasticNet.Fast.Tests.Repository;
using TemporaryDirectory = ElasticNet.Fast.Tests.Repository.TemporaryDirectory;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Models of several classes and responses in the program: what predict writes, what inspect shows, and what is refused.</summary>
[Collection(nameof(CommandLineTests))]
public class OutputCommandTests
{
    private const string Rows = "a,b,id\n1,2,u\n-3,-2,v\n";

    [Fact]
    public void Predictions_have_a_column_for_each_class_by_its_name()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, Family.Multinomial), rows = directory.Write("rows.csv", Rows);
        string[] lines = Lines(EnetRun.Of("predict", model, rows));
        Assert.Equal("prediction_cat,\"prediction_dog, large\",prediction_ß", lines[0]);
        double[] expected = Predicted(model, 1, 2);
        Assert.Equal(expected, lines[1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        Assert.Equal(1, expected.Sum(), 1e-15);

        string[] link = Lines(EnetRun.Of("predict", model, rows, "--type", "link"));
        Assert.Equal([0.5 + 1 * 1, -0.5 - 2 * 2, 0.0 + 0.25 * 1 + 1 * 2], link[1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        Assert.Equal(["prediction", "ß", "\"dog, large\""], Lines(EnetRun.Of("predict", model, rows, "--type", "class")));
        Assert.Equal(["id,prediction", "u,ß", "v,\"dog, large\""], Lines(EnetRun.Of("predict", model, rows, "--type", "class", "--id", "id")));
        Assert.Equal("a,b,id,prediction_cat,\"prediction_dog, large\",prediction_ß", Lines(EnetRun.Of("predict", model, rows, "--append"))[0]);
    }

    [Fact]
    public void In_json_they_are_an_object()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, Family.Multinomial), rows = directory.Write("rows.json", "{\"a\":1,\"b\":2}\n{\"a\":-3,\"b\":-2}\n");
        string[] lines = Lines(EnetRun.Of("predict", model, rows, "--json"));
        using var json = JsonDocument.Parse(lines[0]);
        JsonElement prediction = json.RootElement.GetProperty("prediction");
        Assert.Equal(["cat", "dog, large", "ß"], prediction.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Predicted(model, 1, 2), prediction.EnumerateObject().Select(property => property.Value.GetDouble()));
        Assert.Equal(["{\"prediction\":\"ß\"}", "{\"prediction\":\"dog, large\"}"], Lines(EnetRun.Of("predict", model, rows, "--json", "--type", "class")));
    }

    [Fact]
    public void Responses_and_svmlight_files()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, Family.MultiGaussian), rows = directory.Write("rows.svm", "1:1 2:2\n2:0.5\n");
        string[] lines = Lines(EnetRun.Of("predict", model, rows));
        Assert.Equal(["prediction_cat,\"prediction_dog, large\",prediction_ß", "1.5,-4.5,2.25", "0.5,-1.5,0.5"], lines);
        EnetRun.Of("predict", model, rows, "--type", "class").AssertRefused(1, "multi-response Gaussian, which has no classes");
    }

    [Fact]
    public void Inspect_shows_each_output()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, Family.Multinomial);
        EnetRun run = EnetRun.Of("inspect", model);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("family         multinomial, softmax link: the probabilities of 'cat', 'dog, large' and 'ß'", run.Output, StringComparison.Ordinal);
        string[] lines = run.Output.Split('\n');
        int first = Array.FindIndex(lines, line => line.StartsWith("feature ", StringComparison.Ordinal));
        Assert.Equal(["feature", "class", "effect", "of", "1", "SD", "coefficient"], Words(lines[first]));
        Assert.Equal(["b", "dog,", "large", "-6", "-2"], Words(lines[first + 1]));
        Assert.Equal(["b", "ß", "3", "1"], Words(lines[first + 2]));
        Assert.Equal(["a", "cat", "1", "1"], Words(lines[first + 3]));
        Assert.Equal(["a", "ß", "0.25", "0.25"], Words(lines[first + 4]));
        Assert.Equal(["(intercept)", "cat", "0.5"], Words(lines[first + 5]));
        Assert.Equal(["(intercept)", "ß", "0"], Words(lines[first + 7]));

        using var json = JsonDocument.Parse(EnetRun.Of("inspect", model, "--json").Output);
        JsonElement[] outputs = [.. json.RootElement.GetProperty("outputs").EnumerateArray()];
        Assert.Equal(["cat", "dog, large", "ß"], outputs.Select(output => output.GetProperty("name").GetString()));
        Assert.Equal([0.5, -0.5, 0], outputs.Select(output => output.GetProperty("intercept").GetDouble()));
        Assert.Equal((0, -2), (outputs[1].GetProperty("coefficients").GetProperty("a").GetDouble(), outputs[1].GetProperty("coefficients").GetProperty("b").GetDouble()));
        Assert.False(json.RootElement.TryGetProperty("intercept", out _) || json.RootElement.TryGetProperty("coefficients", out _));
        Assert.Equal(("multinomial", "softmax", 2), (json.RootElement.GetProperty("family").GetString(), json.RootElement.GetProperty("link").GetString(), json.RootElement.GetProperty("nonZeroCount").GetInt32()));
    }

    [Fact]
    public void Assess_says_who_is_called_what()
    {
        using var directory = new TemporaryDirectory();
        string path = Save(directory, Family.Multinomial), rows = directory.Write("came.csv", "a,b,came\n1,2,ß\n-3,-2,\"dog, large\"\n4,0,cat\n4,1,ß\n2,,cat\n");
        EnetRun run = EnetRun.Of("assess", path, rows, "--target", "came");
        Assert.Equal((0, "enet: note: 1 of 5 rows has no prediction, because a feature is missing that the model does not fill, and is left out\n"), (run.ExitCode, run.Error));
        using ElasticNetModel model = ElasticNetModel.Load(path);
        double[,] x = { { 1, 2 }, { -3, -2 }, { 4, 0 }, { 4, 1 } };
        MulticlassAssessment expected = MulticlassAssessment.Of(model, x, model.Labels(["ß", "dog, large", "cat", "ß"]));
        Assert.EndsWith(expected.ToString(), run.Output, StringComparison.Ordinal);
        Assert.StartsWith("target         came, multinomial, softmax link", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(EnetRun.Of("assess", path, rows, "--target", "came", "--json").Output);
        Assert.Equal(expected.LogLoss, json.RootElement.GetProperty("logLoss").GetDouble());
        Assert.Equal((0.75, 1), (expected.Accuracy, json.RootElement.GetProperty("confusion")[2][0].GetDouble()));
        Assert.Equal(expected.Classes[2].Recall, json.RootElement.GetProperty("classes")[2].GetProperty("recall").GetDouble());
    }

    [Fact]
    public void A_path_that_is_kept_has_the_outputs_of_each_point()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("kept.enet");
        using (ElasticNetModel kept = new(SampleOutputs.Content(Family.Multinomial, 1, 4, 3, pathPoints: 2) with { FeatureNames = ["a", "b", "c", "d"] }))
            kept.Save(path);
        using var json = JsonDocument.Parse(EnetRun.Of("inspect", path, "--json").Output);
        JsonElement point = json.RootElement.GetProperty("path")[1];
        using ElasticNetModel model = ElasticNetModel.Load(path);
        Assert.Equal(model.Path![1].Intercepts.Span[2], point.GetProperty("outputs")[2].GetProperty("intercept").GetDouble());
        Assert.Equal(model.Path[1].Coefficients.Of(2).Count, point.GetProperty("outputs")[2].GetProperty("coefficients").EnumerateObject().Count());
        EnetRun paths = EnetRun.Of("plot", path, "--kind", "path", "--out", directory.File("p.svg"));
        Assert.True(paths.ExitCode == 0, paths.Error);
        Assert.Contains("root of the sum of squares over 3", File.ReadAllText(directory.File("p.svg")), StringComparison.Ordinal);
        Assert.Equal(0, EnetRun.Of("plot", path, "--kind", "norm", "--output", model.OutputNames![1], "--out", directory.File("n.svg")).ExitCode);
        EnetRun.Of("plot", path, "--kind", "path", "--output", "no such", "--out", directory.File("p.svg")).AssertRefused(2, "--output must be one of the classes of the model");
        EnetRun.Of("plot", path, "--kind", "cv", "--output", model.OutputNames[1], "--out", directory.File("p.svg")).AssertRefused(2, "--output is for --kind path, norm and coefficients");
        EnetRun picture = EnetRun.Of("plot", path, "--kind", "coefficients", "--out", directory.File("c.svg"));
        Assert.True(picture.ExitCode == 0, picture.Error);
        Assert.All(model.OutputNames, name => Assert.Contains(name, File.ReadAllText(directory.File("c.svg")), StringComparison.Ordinal));
        Assert.Equal(0, EnetRun.Of("plot", path, "--kind", "coefficients", "--output", model.OutputNames[0], "--out", directory.File("o.svg")).ExitCode);
        Assert.Contains($"Effects of the selected features on {model.OutputNames[0]}", File.ReadAllText(directory.File("o.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_form_is_refused()
    {
        using var directory = new TemporaryDirectory();
        string model = Save(directory, Family.Multinomial), rows = directory.Write("rows.csv", Rows + "1,,w\n");
        EnetRun.Of("predict", model, rows, "--type", "class", "--threshold", "0.5").AssertRefused(2, "--threshold is of models of two classes, and this one has 3");
        EnetRun.Of("predict", model, rows, "--type", "survival", "--times", "1").AssertRefused(2, "of Cox models");
        EnetRun gap = EnetRun.Of("predict", model, rows);
        Assert.Equal(1, gap.ExitCode);
        Assert.Contains("row 3", gap.Error, StringComparison.Ordinal);
        EnetRun.Of("assess", model, rows, "--target", "id", "--threshold", "0.3").AssertRefused(2, "--threshold is of models of two classes, and this one has 3: the most probable is called");
        EnetRun.Of("assess", model, rows, "--target", "id", "--trials", "a").AssertRefused(2, "--trials is of models of one event");
        EnetRun.Of("assess", model, rows, "--target", "id", "--out", directory.File("a.svg"), "--kind", "calibration").AssertRefused(2, "--kind calibration is not for models of several classes: roc");
        EnetRun.Of("assess", model, directory.Write("typed.csv", Rows), "--target", "id").AssertRefused(1, "'u' is none of the model's classes 'cat', 'dog, large' and 'ß'");
        string responses = Save(directory, Family.MultiGaussian);
        EnetRun.Of("assess", responses, rows, "--target", "id,b").AssertRefused(2, "--target names 2 columns, and the model has 3 responses");
        EnetRun.Of("assess", responses, directory.Write("three.csv", "a,b,u,v,w\n1,2,1,2,3\n2,1,0,1,1\n"), "--target", "u,v,w", "--out", directory.File("a.svg")).AssertRefused(2, "a picture of residuals is of one");
        model = Save(directory, Family.Multinomial);
        EnetRun.Of("verify", model, rows, "--target", "id", "--offset", "a").AssertRefused(2, "--offset and --exposure are for models of one output");
        EnetRun.Of("verify", model, rows, "--target", "id", "--class-weight", "balanced").AssertRefused(2, "--class-weight is for models of one probability");
        EnetRun.Of("verify", model, directory.Write("other.csv", Rows), "--target", "id").AssertRefused(1, "'u' is none of the model's classes");
        string offset = directory.File("offset.enet");
        using (ElasticNetModel fitted = new(SampleOutputs.Content(Family.Multinomial, 1, 2, 3, offset: true) with { FeatureNames = ["a", "b"] }))
            fitted.Save(offset);
        EnetRun.Of("predict", offset, rows, "--offset", "a").AssertRefused(1, "an offset for each of its 3 outputs");
    }

    private static string Save(TemporaryDirectory directory, Family family)
    {
        string path = directory.File("model.enet");
        double[] intercepts = [0.5, -0.5, 0];
        Fast.Models.ModelContent content = SampleOutputs.Content(family, 1, 2, 3, density: 1, offset: false);
        using ElasticNetModel model = new(content with
        {
            FeatureNames = ["a", "b"],
            OutputNames = ["cat", "dog, large", "ß"],
            Intercepts = intercepts,
            Values = new double[] { 1, 0, 0.25, 0, -2, 1 },
            StandardDeviations = new double[] { 1, 3 },
            Fit = content.Fit with { Intercepts = intercepts },
        });
        model.Save(path);
        return path;
    }

    private static double[] Predicted(string path, params double[] row)
    {
        using ElasticNetModel model = ElasticNetModel.Load(path);
        double[] predictions = new double[model.Outputs];
        model.Predict(row, predictions);
        return predictions;
    }

    private static string[] Lines(EnetRun run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
