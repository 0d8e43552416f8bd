using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class FitTests
{
    private static readonly string Diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Fact]
    public void Cross_validates_and_reports_what_the_library_says()
    {
        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(
            table.Features, table.Column("progression").Span, new ElasticNetOptions { FeatureNames = table.FeatureNames });

        using JsonDocument json = Json("fit", Diabetes, "--target", "progression", "--json");
        JsonElement root = json.RootElement;

        Assert.Equal(expected.LambdaMin, root.GetProperty("lambda").GetDouble());
        Assert.Equal(1, root.GetProperty("l1Ratio").GetDouble());
        Assert.Equal(expected.Model.Intercept, root.GetProperty("intercept").GetDouble());
        Assert.Equal(442, root.GetProperty("rows").GetInt32());
        Assert.Equal(10, root.GetProperty("features").GetInt32());
        Assert.InRange(root.GetProperty("relativeGap").GetDouble(), 0, 1e-12);
        Assert.Equal(table.FeatureNames, root.GetProperty("coefficients").EnumerateObject().Select(property => property.Name));
        double[] coefficients = [.. root.GetProperty("coefficients").EnumerateObject().Select(property => property.Value.GetDouble())];
        Assert.Equal(Dense(expected.Model), coefficients);

        JsonElement cv = root.GetProperty("crossValidation");
        Assert.Equal(expected.LambdaMin, cv.GetProperty("lambdaMin").GetDouble());
        Assert.Equal(expected.Lambda1Se, cv.GetProperty("lambda1Se").GetDouble());
        JsonElement[] points = [.. cv.GetProperty("points").EnumerateArray()];
        Assert.Equal(100, points.Length);
        for (int k = 0; k < points.Length; k++)
        {
            Assert.Equal(1, points[k].GetProperty("l1Ratio").GetDouble());
            Assert.Equal(expected.Best.Points[k].Lambda, points[k].GetProperty("lambda").GetDouble());
            Assert.Equal(expected.Best.Points[k].Mean, points[k].GetProperty("mean").GetDouble());
            Assert.Equal(expected.Best.Points[k].StandardError, points[k].GetProperty("standardError").GetDouble());
        }
    }

    [Fact]
    public void The_grid_reaches_as_far_as_asked()
    {
        using JsonDocument json = Json("fit", Diabetes, "--target", "progression", "--lambda-ratio", "0.5", "--json");
        double[] lambdas = [.. json.RootElement.GetProperty("crossValidation").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("lambda").GetDouble())];
        Assert.Equal(0.5, lambdas[^1] / lambdas[0], 1e-12);
        EnetRun.Of("fit", Diabetes, "--target", "progression", "--lambda-ratio", "1").AssertRefused(2, "--lambda-ratio (1) must be a number in (0, 1)");
        EnetRun.Of("fit", Diabetes, "--target", "progression", "--lambda-ratio", "0.1", "--lambda", "1").AssertRefused(2, "exclude each other");
    }

    [Fact]
    public void A_nested_error_is_the_librarys()
    {
        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        NestedCrossValidationResult expected = ElasticNetEstimator.NestedCrossValidate(
            table.Features, table.Column("progression").Span, 3, new ElasticNetOptions { Folds = 4, FeatureNames = table.FeatureNames });
        string[] line = ["fit", Diabetes, "--target", "progression", "--folds", "4", "--nested", "3"];
        using JsonDocument json = Json([.. line, "--json"]);
        Assert.Equal(expected.Mean, json.RootElement.GetProperty("nested").GetProperty("mean").GetDouble());
        Assert.Equal(expected.Folds.Select(fold => fold.Lambda), json.RootElement.GetProperty("nested").GetProperty("folds").EnumerateArray().Select(fold => fold.GetProperty("lambda").GetDouble()));
        Assert.Contains("\nnested         mean squared error", EnetRun.Of(line).Output, StringComparison.Ordinal);
        EnetRun.Of([.. line[..4], "--nested", "3", "--lambda", "1"]).AssertRefused(2, "--nested cross-validates a choice");
    }

    [Fact]
    public void What_cannot_be_explained_is_refused_before_the_fit() =>
        EnetRun.Of("fit", "no-such-file.csv", "--target", "y", "--impute", "multiple", "--explain").AssertRefused(2, "--explain and --impute multiple exclude each other");

    [Fact]
    public void Explains_what_the_library_explains()
    {
        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        ElasticNetOptions options = new() { FeatureNames = table.FeatureNames };
        double[] y = table.Column("progression").ToArray();
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Features, y, 2.5, 1, options);
        ModelExplanation expected = ModelExplanation.Of(model, table.Features, y, options);
        string[] line = ["fit", Diabetes, "--target", "progression", "--lambda", "2.5", "--explain"];
        Assert.Contains(expected.ToString(), EnetRun.Of(line).Output, StringComparison.Ordinal);
        using JsonDocument json = Json([.. line, "--json"]);
        Assert.Equal(expected.Features.Select(f => f.Name), json.RootElement.GetProperty("explanation").GetProperty("features").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void A_given_lambda_is_fitted_without_cross_validation(string culture)
    {
        using var scope = new CultureScope(culture);
        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        using ElasticNetModel expected = ElasticNetEstimator.Fit(table.Features, table.Column("progression").Span, 2.5, 0.25);

        using JsonDocument json = Json("fit", Diabetes, "--target", "progression", "--lambda", "2.5", "--l1-ratio", "0.25", "--json");

        Assert.Equal(2.5, json.RootElement.GetProperty("lambda").GetDouble());
        Assert.Equal(0.25, json.RootElement.GetProperty("l1Ratio").GetDouble());
        Assert.Equal(expected.Intercept, json.RootElement.GetProperty("intercept").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("crossValidation").ValueKind);
    }

    /// <summary>Folds, groups and times of a column are those of the plan that the library has for them; the column is no feature.</summary>
    [Theory]
    [InlineData("--fold-column")]
    [InlineData("--group-column")]
    [InlineData("--time-column")]
    [InlineData("--time-window")]
    public void A_column_says_which_rows_are_held_out_together(string option)
    {
        using var directory = new TemporaryDirectory();
        Random random = new(5);
        const int rows = 90;
        double[,] x = new double[rows, 2];
        double[] y = new double[rows], days = new double[rows];
        int[] shops = new int[rows];
        DateTime[] times = new DateTime[rows];
        StringBuilder text = new("a,when,b,shop,y\n");
        for (int i = 0; i < rows; i++)
        {
            (x[i, 0], x[i, 1], days[i], shops[i]) = (random.NextDouble(), random.NextDouble(), i == 0 ? 0 : random.Next(30), random.Next(7));
            y[i] = x[i, 0] + 0.01 * days[i] + 0.1 * random.NextDouble();
            // Whole days apart at a time of day, which the first row has not: where the gap ends there are rows.
            times[i] = new DateTime(2024, 2, 20).AddDays(days[i]).AddHours(i == 0 ? 0 : 8);
            string when = times[i].ToString(option == "--time-window" ? "yyyy-MM-ddTHH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{x[i, 0]:r},{when},{x[i, 1]:r},shop {"ABCDEFG"[shops[i]]},{y[i]:r}\n");
        }

        string data = directory.Write("data.csv", text.ToString());
        (string column, string[] others, FoldPlan plan) = option switch
        {
            "--fold-column" => ("shop", Array.Empty<string>(), FoldPlan.Given(shops)),
            "--group-column" => ("shop", ["--folds", "4", "--repeats", "2", "--seed", "9"], FoldPlan.Groups(shops, 4, 2, 9)),
            "--time-window" => ("when", ["--folds", "4", "--time-gap", "2", "--time-window", "20"], FoldPlan.Forward(times, 4, TimeSpan.FromDays(2), TimeSpan.FromDays(20))),
            _ => ("when", ["--folds", "4"], FoldPlan.Forward(days, 4)),
        };
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(x, new Target(y) { Folds = plan });
        string[] arguments = [data, "--target", "y", option == "--time-window" ? "--time-column" : option, column, "--exclude", column == "shop" ? "when" : "shop", "--json", .. others];
        using JsonDocument json = Json(["fit", .. arguments]);
        Assert.Equal(expected.LambdaMin, json.RootElement.GetProperty("lambda").GetDouble());
        Assert.Equal(2, json.RootElement.GetProperty("features").GetInt32());
        Assert.Equal(
            [expected.Best.Points.Min(point => point.Mean)],
            json.RootElement.GetProperty("crossValidation").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("mean").GetDouble()).Order().Take(1));
        using JsonDocument selected = Json(["select", .. arguments]);
        Assert.Equal(expected.LambdaMin, selected.RootElement.GetProperty("sets").GetProperty("min").GetProperty("lambda").GetDouble());
        // Given folds have no others within; and a gap would leave nothing before the earliest of the inner folds.
        if (option is "--fold-column" or "--time-window")
            return;
        using JsonDocument nested = Json(["fit", .. arguments, "--nested", "3"]);
        Assert.Equal(
            ElasticNetEstimator.NestedCrossValidate(x, new Target(y) { Folds = plan }, 3).Mean,
            nested.RootElement.GetProperty("nested").GetProperty("mean").GetDouble());
    }

    [Fact]
    public void Every_option_reaches_the_library()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("data.csv", Sample(out double[] x, out double[] y, out double[] w, out double[] o, out int[] folds));
        var options = new ElasticNetOptions
        {
            Intercept = false,
            Standardize = false,
            Weights = w,
            Offset = o,
            FoldPlan = FoldPlan.Given(folds),
            L1Ratios = new[] { 0.2, 0.9 },
            Selection = LambdaSelection.OneStandardError,
        };
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, y.Length, 2), y, options);

        using JsonDocument json = Json(
            "fit", data, "--target", "y", "--weights", "w", "--offset", "o", "--fold-column", "f", "--exclude", "id,noise",
            "--l1-ratio", "0.2,0.9", "--select", "1se", "--no-standardize", "--no-intercept", "--json");

        Assert.Equal(expected.Model.Fit.Lambda, json.RootElement.GetProperty("lambda").GetDouble());
        Assert.Equal(expected.L1Ratio, json.RootElement.GetProperty("l1Ratio").GetDouble());
        Assert.Equal(expected.Lambda1Se, json.RootElement.GetProperty("crossValidation").GetProperty("lambda1Se").GetDouble());
        Assert.Equal(["größe", "x2"], json.RootElement.GetProperty("coefficients").EnumerateObject().Select(property => property.Name));
        Assert.Equal(0, json.RootElement.GetProperty("intercept").GetDouble());
        Assert.Equal(200, json.RootElement.GetProperty("crossValidation").GetProperty("points").GetArrayLength());
    }

    [Fact]
    public void Seed_and_number_of_folds_decide_the_folds()
    {
        string Curve(params string[] more)
        {
            using JsonDocument json = Json(["fit", Diabetes, "--target", "progression", "--json", .. more]);
            return json.RootElement.GetProperty("crossValidation").GetProperty("points").GetRawText();
        }
        string standard = Curve();
        Assert.Equal(standard, Curve("--seed", "1", "--folds", "10", "--select", "min", "--l1-ratio", "1"));
        Assert.NotEqual(standard, Curve("--seed", "2"));
        Assert.NotEqual(standard, Curve("--folds", "5"));
    }

    [Fact]
    public void The_measure_chooses_and_is_named_in_text_JSON_and_file()
    {
        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(
            table.Features, table.Column("progression").Span, new ElasticNetOptions { Measure = Measure.MeanAbsoluteError });
        using var directory = new TemporaryDirectory();
        string model = Path.Combine(directory.Path, "model.enet");
        string text = EnetRun.Of("fit", Diabetes, "--target", "progression", "--measure", "mae", "--out", model).Output;
        CrossValidationPoint point = expected.Best.Points.MinBy(one => one.Mean);
        Assert.Contains(FormattableString.Invariant($"mean absolute error {point.Mean:g6} ± {point.StandardError:g3}, explained {point.RSquared:0.0000}"), text, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("inspect", model, "--json").Output);
        JsonElement curve = json.RootElement.GetProperty("crossValidation");
        Assert.Equal("meanAbsoluteError", curve.GetProperty("measure").GetString());
        Assert.Equal(expected.LambdaMin, curve.GetProperty("lambdaMin").GetDouble());
        using ElasticNetModel loaded = ElasticNetModel.Load(model);
        Assert.Same(Measure.MeanAbsoluteError, loaded.Provenance.Measure);
        Assert.Same(Family.Gaussian, loaded.Family);
        string selected = EnetRun.Of("select", Diabetes, "--target", "progression", "--measure", "mae", "--json").Output;
        Assert.Contains(JsonSerializer.Serialize(expected.LambdaMin), selected, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeats_are_averaged_and_recorded()
    {
        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(
            table.Features, table.Column("progression").Span, new ElasticNetOptions { Folds = 5, Repeats = 3 });
        using var directory = new TemporaryDirectory();
        string model = Path.Combine(directory.Path, "model.enet");
        string[] fit = ["fit", Diabetes, "--target", "progression", "--folds", "5", "--repeats", "3"];

        using JsonDocument json = Json([.. fit, "--json"]);
        JsonElement cv = json.RootElement.GetProperty("crossValidation");
        Assert.Equal((5, 3), (cv.GetProperty("folds").GetInt32(), cv.GetProperty("repeats").GetInt32()));
        Assert.Equal(
            expected.Best.Points.Select(point => point.Mean),
            cv.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("mean").GetDouble()));

        Assert.Contains("(5 folds × 3, seed 1)", EnetRun.Of([.. fit, "--out", model]).Output, StringComparison.Ordinal);
        Assert.Contains("(5 folds × 3, seed 1)", EnetRun.Of("inspect", model).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_report_names_choice_error_certificate_and_features_by_effect(string culture)
    {
        using var scope = new CultureScope(culture);
        EnetRun run = EnetRun.Of("fit", Diabetes, "--target", "progression");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        foreach (string part in new[] { "442 rows, 10 features", "λ = ", "ρ = 1", "λ.min = ", "λ.1se = ", "mean squared error", " ± ", "R² 0.", "relative duality gap", "10 folds, seed 1", "time" })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);

        string[] lines = run.Output.Split('\n');
        int first = Array.FindIndex(lines, line => line.StartsWith("feature ", StringComparison.Ordinal)) + 1;
        int last = Array.FindIndex(lines, line => line.StartsWith("(intercept)", StringComparison.Ordinal));
        double[] effects = [.. lines[first..last].Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))];
        Assert.InRange(effects.Length, 3, 10);
        Assert.Equal(effects.OrderByDescending(Math.Abs), effects);
        Assert.StartsWith("bmi ", lines[first], StringComparison.Ordinal);
    }

    // All but the certificate, whose digits are rounding, and the time.
    [Fact]
    public void The_page_of_commands_shows_this_output()
    {
        string page = File.ReadAllText(Path.Combine(SourceTree.Root, "src", "ElasticNet.Fast.Cli", "COMMANDS.md")).ReplaceLineEndings("\n");
        string[] output = EnetRun.Of("fit", Diabetes, "--target", "progression").Output.TrimEnd('\n').Split('\n');
        string[] shown = Regex.Match(page, "```text\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value.Split('\n');

        Assert.Equal(output.Length, shown.Length);
        for (int i = 0; i < shown.Length; i++)
        {
            string label = output[i].Split(' ')[0];
            if (label is "certificate" or "time")
                Assert.StartsWith(label + " ", shown[i], StringComparison.Ordinal);
            else
                Assert.Equal(output[i], shown[i]);
        }
    }

    [Fact]
    public void No_file_is_written_unless_asked_for_and_the_model_predicts_what_the_library_does()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("diabetes.enet");
        Assert.Equal(0, EnetRun.Of("fit", Diabetes, "--target", "progression").ExitCode);
        Assert.Empty(Directory.GetFiles(directory.Path));

        EnetRun fit = EnetRun.Of("fit", Diabetes, "--target", "progression", "--out", model);
        Assert.Equal(0, fit.ExitCode);
        Assert.Contains(model, fit.Output, StringComparison.Ordinal);
        Assert.Equal([model], Directory.GetFiles(directory.Path));

        CsvTable table = CsvTable.Read(Diabetes, new() { Apart = ["progression"] });
        using ElasticNetModel loaded = ElasticNetModel.Load(model);
        double[] expected = new double[table.Rows];
        loaded.Predict(table.Features, expected);
        EnetRun predict = EnetRun.Of("predict", model, Diabetes);
        Assert.Equal(
            "prediction\n" + string.Concat(expected.Select(value => value.ToString(CultureInfo.InvariantCulture) + "\n")), predict.Output);
    }

    [Fact]
    public void Data_may_come_from_standard_input()
    {
        EnetRun file = EnetRun.Of("fit", Diabetes, "--target", "progression", "--lambda", "1", "--json");
        EnetRun pipe = EnetRun.WithInput(File.ReadAllText(Diabetes), "fit", "-", "--target", "progression", "--lambda", "1", "--json");
        Assert.Equal(file, pipe);
        Assert.Equal(0, file.ExitCode);
    }

    [Fact]
    public void Cancelling_gives_130_and_one_line()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        EnetRun run = EnetRun.Run("", ["fit", Diabetes, "--target", "progression"], showsProgress: false, source.Token);
        run.AssertRefused(130, "cancelled");
    }

    private static JsonDocument Json(params string[] args)
    {
        EnetRun run = EnetRun.Of(args);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output);
    }

    private static double[] Dense(ElasticNetModel model) => model.Coefficients.ToArray();

    private static string Sample(out double[] x, out double[] y, out double[] w, out double[] o, out int[] folds)
    {
        const int Rows = 40;
        var random = new Random(11);
        x = new double[2 * Rows];
        y = new double[Rows];
        w = new double[Rows];
        o = new double[Rows];
        folds = new int[Rows];
        var text = new System.Text.StringBuilder("id,größe,y,noise,w,o,x2,f\n");
        for (int i = 0; i < Rows; i++)
        {
            x[i] = random.NextDouble() * 3;
            x[Rows + i] = random.NextDouble();
            w[i] = 0.5 + random.NextDouble();
            o[i] = random.NextDouble();
            y[i] = (2 * x[i]) - x[Rows + i] + o[i] + (0.3 * random.NextDouble());
            folds[i] = i % 4;
            text.Append(CultureInfo.InvariantCulture, $"row {i},{x[i]},{y[i]},{random.NextDouble()},{w[i]},{o[i]},{x[Rows + i]},{folds[i]}\n");
        }
        return text.ToString();
    }
}
