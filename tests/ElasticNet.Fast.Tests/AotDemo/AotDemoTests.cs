using System.Globalization;
using System.Text;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.AotDemo;

[Trait("Category", "AotDemo")]
public partial class AotDemoTests(PublishedPredictor predictor) : IClassFixture<PublishedPredictor>
{
    private const long MostBytes = 3_000_000;

    [NeedsFact(Tool.Linker)]
    public void Is_one_small_file()
    {
        Assert.Equal([predictor.Program], Directory.GetFiles(Path.GetDirectoryName(predictor.Program)!));
        Assert.InRange(new FileInfo(predictor.Program).Length, 1, MostBytes);
    }

    // 30 features leave remainders for every vector width; the rows span many orders of magnitude, so that any other
    // order of additions, or a fused one, would show in the last digit.
    [NeedsTheory(Tool.Linker)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Predicts_the_bytes_that_the_library_does(bool hasOffset)
    {
        using var directory = new TemporaryDirectory();
        using ElasticNetModel model = RandomModel(hasOffset);
        string modelPath = directory.File("model.enet");
        model.Save(modelPath);
        string rows = directory.Write("rows.csv", RandomRows(model.FeatureNames!, count: 3000));
        string[] offset = hasOffset ? ["--offset", "o"] : [];

        using var expected = new MemoryStream();
        PredictionWriter.Write(model, CsvText.Open(rows), expected, new() { OffsetColumn = hasOffset ? "o" : null });
        ProgramRun file = await ProgramRun.Of(predictor.Program, [modelPath, rows, .. offset]);
        ProgramRun pipe = await ProgramRun.Of(predictor.Program, [.. offset, modelPath, "-"], rows);

        Assert.Equal((0, ""), (file.ExitCode, file.Error));
        Assert.Equal(expected.ToArray(), file.Output);
        Assert.Equal((0, ""), (pipe.ExitCode, pipe.Error));
        Assert.Equal(expected.ToArray(), pipe.Output);
    }

    [NeedsFact(Tool.Linker)]
    public async Task Pipes_are_answered_and_a_closed_one_ends_it()
    {
        using var directory = new TemporaryDirectory();
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], ["a", "b"]);
        string modelPath = directory.File("model.enet");
        model.Save(modelPath);
        using (System.Diagnostics.Process asked = ProgramRun.Start(predictor.Program, modelPath, "-"))
            await PipedPredictor.AnswersWhatItWasAsked(asked, "\n", "\r\n");
        using System.Diagnostics.Process left = ProgramRun.Start(predictor.Program, modelPath, "-");
        await PipedPredictor.EndsWhenNobodyReads(left);
    }

    [NeedsTheory(Tool.Linker)]
    [InlineData("a,b,id\n1,2,\"x, y\"\n3,4,z\n", "--append")]
    [InlineData("a,b,id\n1,2,\"x, y\"\n3,4,z\n", "--id", "id,a")]
    [InlineData("{\"a\":1,\"b\":2,\"id\":\"größe\"}\n{\"id\":[1],\"b\":\"4\",\"a\":3}\n", "--json", "--append")]
    [InlineData("{\"a\":1,\"b\":2,\"id\":\"größe\"}\n{\"id\":[1],\"b\":\"4\",\"a\":3}\n", "--json", "--id", "id")]
    [InlineData("{\"a\":1,\"b\":2}\n{\"b\":\"4\"}\n", "--json")]
    [InlineData("a,b,prediction\n1,2,3\n", "--append")]
    public async Task Writes_what_enet_writes(string rows, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], ["a", "b"]);
        string modelPath = directory.File("model.enet"), rowsPath = directory.Write("rows.txt", rows), file = directory.File("out.txt");
        model.Save(modelPath);

        Cli.EnetRun expected = Cli.EnetRun.Of(["predict", modelPath, rowsPath, .. options]);
        ProgramRun native = await ProgramRun.Of(predictor.Program, [modelPath, rowsPath, .. options]);
        ProgramRun written = await ProgramRun.Of(predictor.Program, [modelPath, rowsPath, "--out", file, .. options]);

        Assert.Equal((expected.ExitCode, expected.Output), (native.ExitCode, native.Text));
        Assert.Equal(expected.Error.Replace("enet: ", "enet-predict: ", StringComparison.Ordinal), native.Error);
        Assert.Equal((native.ExitCode, "", native.Error), (written.ExitCode, written.Text, written.Error));
        Assert.Equal(native.ExitCode == 0 ? native.Text : null, File.Exists(file) ? await File.ReadAllTextAsync(file) : null);
    }

    [NeedsTheory(Tool.Linker)]
    [InlineData(0, "--type", "risk")]
    [InlineData(0, "--type", "survival", "--times", "12,24.5,36", "--strata", "hospital")]
    [InlineData(0, "--type", "survival", "--times", "0,60", "--strata", "hospital", "--id", "patient")]
    [InlineData(1, "--type", "survival", "--times", "12")]
    [InlineData(2, "--type", "survival", "--strata", "hospital")]
    [InlineData(2, "--times", "12")]
    [InlineData(2, "--type", "survival", "--times", "12,12")]
    [InlineData(2, "--type", "survival", "--times", "-1")]
    public async Task Serves_survival_as_enet_does(int exitCode, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        string data = Path.Combine(SourceTree.Root, "tests", "data", "trial.csv"), rows = Path.Combine(SourceTree.Root, "tests", "data", "trial-new.csv"), model = directory.File("trial.enet");
        Cli.EnetRun fit = Cli.EnetRun.Of("fit", data, "--family", "cox", "--time", "months", "--event", "died", "--start", "entered", "--strata", "hospital", "--impute", "median", "--lambda", "0.03", "--out", model);
        Assert.True(fit.ExitCode == 0, fit.Error);
        Cli.EnetRun expected = Cli.EnetRun.Of(["predict", model, rows, .. options]);
        ProgramRun native = await ProgramRun.Of(predictor.Program, [model, rows, .. options]);
        Assert.Equal((exitCode, exitCode), (expected.ExitCode, native.ExitCode));
        Assert.Equal(expected.Output, native.Text);
        using ElasticNetModel plain = SampleModel.Create(0.5, [0.25, -1.5], ["a", "b"]);
        string plainPath = directory.File("plain.enet");
        plain.Save(plainPath);
        ProgramRun refused = await ProgramRun.Of(predictor.Program, [plainPath, rows, .. options]);
        Assert.Equal(2, refused.ExitCode);
    }

    [NeedsFact(Tool.Linker)]
    public async Task Bench_prints_nanoseconds_per_row()
    {
        using var directory = new TemporaryDirectory();
        using ElasticNetModel model = RandomModel(hasOffset: false);
        string modelPath = directory.File("model.enet");
        model.Save(modelPath);

        ProgramRun run = await ProgramRun.Of(predictor.Program, ["--bench", modelPath, directory.Write("rows.csv", RandomRows(model.FeatureNames!, count: 100))]);

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith(" ns per row\n", run.Text, StringComparison.Ordinal);
        Assert.InRange(double.Parse(run.Text.Split(' ')[0], CultureInfo.InvariantCulture), double.Epsilon, double.MaxValue);
        Assert.StartsWith("100 rows of 30 features, 15 of them used", run.Error, StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.Linker)]
    [InlineData(1, "a,b\n1,x\n", "row 1, column 'b': 'x' is not a number")]
    [InlineData(1, "a,b\n1,NaN\n", "row 1, column 'b': 'NaN' is a missing value")]
    [InlineData(1, "a\n1\n", "lacks: 'b'")]
    [InlineData(1, "", "the CSV is empty")]
    public async Task Bad_rows_are_refused_in_the_same_words(int exitCode, string text, string message)
    {
        using var directory = new TemporaryDirectory();
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], ["a", "b"]);
        string modelPath = directory.File("model.enet");
        model.Save(modelPath);

        ProgramRun run = await ProgramRun.Of(predictor.Program, [modelPath, directory.Write("rows.csv", text)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [NeedsFact(Tool.Linker)]
    public async Task Files_that_are_missing_or_no_model_and_wrong_arguments_are_told_apart()
    {
        using var directory = new TemporaryDirectory();
        string rows = directory.Write("rows.csv", "a,b\n1,2\n");
        ProgramRun missing = await ProgramRun.Of(predictor.Program, ["no-such.enet", rows]);
        ProgramRun noModel = await ProgramRun.Of(predictor.Program, [rows, rows]);
        ProgramRun usage = await ProgramRun.Of(predictor.Program, [rows]);

        Assert.Equal((1, "enet-predict: there is no file 'no-such.enet'\n"), (missing.ExitCode, missing.Error));
        Assert.Equal(1, noModel.ExitCode);
        Assert.StartsWith("enet-predict: ", noModel.Error, StringComparison.Ordinal);
        Assert.Equal(2, usage.ExitCode);
    }

    private static ElasticNetModel RandomModel(bool hasOffset)
    {
        var random = new Random(7);
        double[] coefficients = [.. Enumerable.Range(0, 30).Select(j => j % 2 == 0 ? Math.ScaleB(random.NextDouble() - 0.5, random.Next(-20, 20)) : 0)];
        return SampleModel.Create(random.NextDouble(), coefficients, [.. Enumerable.Range(0, 30).Select(j => $"größe {j}")], hasOffset);
    }

    private static string RandomRows(IReadOnlyList<string> names, int count)
    {
        var random = new Random(8);
        var text = new StringBuilder().AppendJoin(',', names.Reverse()).Append(",o\n");
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < names.Count; j++)
                text.Append(CultureInfo.InvariantCulture, $"{Math.ScaleB(random.NextDouble() - 0.5, random.Next(-20, 20))},");
            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble()}\n");
        }
        return text.ToString();
    }
}
