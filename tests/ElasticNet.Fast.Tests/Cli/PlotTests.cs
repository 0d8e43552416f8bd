using System.Text.Json;
using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Tests.Plots;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class PlotTests
{
    private static readonly string Diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [NeedsTheory(Tool.Font)]
    [InlineData("path", "Effects along the path")]
    [InlineData("norm", "Effects along the path")]
    [InlineData("cv", "Cross-validated error")]
    [InlineData("coefficients", "Effects of the selected features")]
    [InlineData("residuals", "Residuals")]
    public void Draws_what_the_model_keeps(string kind, string title)
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory, "--keep-path"), picture = directory.File("picture.svg");
        EnetRun run = EnetRun.Of([.. new[] { "plot", model, "--kind", kind, "--out", picture, "--width", "900" }, .. kind == "residuals" ? new[] { "--data", Diabetes } : []]);
        Assert.Equal((0, $"picture        {picture}\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Contains(SvgWords.Of(File.ReadAllText(picture)), word => word.Text == title);
        Assert.Contains("viewBox=\"0 0 900 500\"", File.ReadAllText(picture), StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Font)]
    public void The_theme_and_the_names_asked_for_arrive()
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory, "--keep-path"), picture = directory.File("picture.svg");
        Assert.Equal(0, EnetRun.Of("plot", model, "--kind", "path", "--out", picture, "--theme", "dark", "--names", "2", "--height", "400").ExitCode);
        string svg = File.ReadAllText(picture);
        Assert.Contains("#15171C", svg, StringComparison.Ordinal);
        Assert.Contains(SvgWords.Of(svg), word => word.Text.Contains("the 2 strongest of 10 are named", StringComparison.Ordinal));
    }

    [NeedsFact(Tool.Font)]
    public void Residuals_are_those_of_predict()
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory), rows = directory.File("rows.csv"), picture = directory.File("picture.svg");
        File.WriteAllText(rows, string.Join('\n', File.ReadLines(Diabetes).Take(3)) + "\n");
        double[] predicted = [.. EnetRun.Of("predict", model, rows).Output.Split('\n')[1..3].Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
        string[] head = File.ReadLines(rows).First().Split(',');
        double[] target = [.. File.ReadLines(rows).Skip(1).Select(line => double.Parse(line.Split(',')[Array.IndexOf(head, "progression")], System.Globalization.CultureInfo.InvariantCulture))];
        double expected = Math.Sqrt(predicted.Zip(target, (p, y) => (y - p) * (y - p)).Average());
        Assert.Equal(0, EnetRun.Of("plot", model, "--kind", "residuals", "--data", rows, "--out", picture).ExitCode);
        Assert.Contains(SvgWords.Of(File.ReadAllText(picture)), word => word.Text.Contains(FormattableString.Invariant($"2 rows; dashed: ± 2 root mean squares ({expected:g4})"), StringComparison.Ordinal));
    }

    [NeedsFact(Tool.Font)]
    public void Commands_that_look_at_data_draw_too()
    {
        using var directory = new TemporaryDirectory();
        string gaps = directory.File("gaps.csv");
        File.WriteAllText(gaps, "a,b\n1,\n,2\n3,4\n");
        foreach ((string[] command, string title) in ((string[], string)[])[
            (["infer", Diabetes, "--target", "progression", "--method", "post-selection", "--lambda", "5"], "Estimates with 95 % intervals"),
            (["stability", Diabetes, "--target", "progression", "--pairs", "5"], "Stability paths"),
            (["describe", gaps], "Missing values")])
        {
            string picture = directory.File("picture.svg");
            Assert.Equal(0, EnetRun.Of([.. command, "--plot", picture]).ExitCode);
            Assert.Contains(SvgWords.Of(File.ReadAllText(picture)), word => word.Text == title);
            File.Delete(picture);
        }
    }

    [Theory]
    [InlineData("--kind pie --out p.svg", 2, "--kind (pie) must be path, norm, cv, coefficients or residuals")]
    [InlineData("--kind cv --out p.jpg", 2, "--out (p.jpg) must end in .svg or .png")]
    [InlineData("--kind cv --out p.svg --width 10", 2, "--width (10) must be a whole number from 240 to 8000")]
    [InlineData("--kind cv --out p.svg --theme sepia", 2, "--theme (sepia) must be light or dark")]
    [InlineData("--kind cv --out p.svg --data d.csv", 2, "--data is for --kind residuals")]
    [InlineData("--kind cv --out p.svg --target y", 2, "--target is for --kind residuals")]
    [InlineData("--kind residuals --out p.svg", 2, "--kind residuals needs rows to predict")]
    [InlineData("--kind cv --out nowhere/at/all/p.svg", 1, "--out (nowhere/at/all/p.svg) must lie in a directory that exists")]
    [InlineData("--kind path --out p.svg", 1, "the model keeps no path to draw; fit it with --keep-path")]
    public void Refuses(string arguments, int exitCode, string message)
    {
        using var directory = new TemporaryDirectory();
        EnetRun.Of(["plot", Fit(directory), .. arguments.Split(' ')]).AssertRefused(exitCode, message);
    }

    [NeedsFact(Tool.Font)]
    public void Without_cross_validation_there_is_no_curve()
    {
        using var directory = new TemporaryDirectory();
        string model = Fit(directory, "--lambda", "2", "--keep-path");
        EnetRun.Of("plot", model, "--kind", "cv", "--out", directory.File("p.svg")).AssertRefused(1, "must come from a cross-validation");
        Assert.Equal(0, EnetRun.Of("plot", model, "--kind", "path", "--out", directory.File("p.svg")).ExitCode);
    }

    [Theory]
    [InlineData("--keep-path", "--keep-path keeps the path in the model file; --out names one")]
    [InlineData("--report m.enet --out m.enet", "--report and --out must not name the same file")]
    public void Fit_refuses(string arguments, string message) =>
        EnetRun.Of(["fit", Diabetes, "--target", "progression", .. arguments.Split(' ')]).AssertRefused(2, message);

    [Fact]
    public void Inspect_shows_a_path_that_is_kept()
    {
        using var directory = new TemporaryDirectory();
        using JsonDocument kept = JsonDocument.Parse(EnetRun.Of("inspect", Fit(directory, "--keep-path"), "--json").Output);
        JsonElement[] path = [.. kept.RootElement.GetProperty("path").EnumerateArray()];
        Assert.Equal(100, path.Length);
        Assert.Equal(path[50].GetProperty("nonZeroCount").GetInt32(), path[50].GetProperty("coefficients").EnumerateObject().Count());
        Assert.Contains("path           100 λ", EnetRun.Of("inspect", Fit(directory, "--keep-path")).Output, StringComparison.Ordinal);
        using JsonDocument not = JsonDocument.Parse(EnetRun.Of("inspect", Fit(directory), "--json").Output);
        Assert.Equal(JsonValueKind.Null, not.RootElement.GetProperty("path").ValueKind);
    }

    [Fact]
    public void Verbose_says_what_the_solver_did_at_each_lambda()
    {
        EnetRun all = EnetRun.Of("fit", Diabetes, "--target", "progression", "--verbose"), one = EnetRun.Of("fit", Diabetes, "--target", "progression", "--lambda", "2", "--verbose");
        string[] lines = all.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(100, lines.Length);
        Assert.All(lines, line => Assert.Matches("^λ [0-9.e+-]+: [0-9]+ features, relative gap [^;]+; .*(solve|nothing penalised)", line));
        Assert.StartsWith("λ 2: ", one.Error, StringComparison.Ordinal);
        Assert.Equal(1, one.Error.Count(c => c == '\n'));
    }

    [Fact]
    public void A_long_file_is_shown_as_it_is_read()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.File("long.csv");
        using (var writer = new StreamWriter(data))
        {
            writer.Write("a,b\n");
            string line = "1.25," + new string('0', 16_000) + "2.5\n";
            for (int i = 0; i < 2_200; i++)
                writer.Write(line);
        }

        EnetRun watched = EnetRun.Run("", ["describe", data], showsProgress: true, CancellationToken.None), silent = EnetRun.Of("describe", data);
        Assert.Equal((0, 0, ""), (watched.ExitCode, silent.ExitCode, silent.Error));
        Assert.Equal(silent.Output, watched.Output);
        // Nothing is left of the line; before the first tenth of a second is over there is none.
        if (watched.Error.Length > 0)
            Assert.Matches(@"^(\r\[[#.]{20}\] [0-9]+ of 33 MB[^\r]*)+\r +\r$", watched.Error);
    }

    [Fact]
    public void Progress_tells_the_time_that_is_left_once_the_pace_is_known()
    {
        Assert.Equal("[#####...............] 25 of 100", ProgressLine.Text(new(25, 100), TimeSpan.FromSeconds(1.9)));
        // The bar gives way, so that the line fits a window of 40 columns.
        Assert.Equal("[##........] 25 of 100, about 12 s left", ProgressLine.Text(new(25, 100), TimeSpan.FromSeconds(4)));
        Assert.Equal("[#####......] 1 of 2, about 10 min left", ProgressLine.Text(new(1, 2), TimeSpan.FromMinutes(10)));
        Assert.Equal("[##############] 2 of 2, about 0 s left", ProgressLine.Text(new(2, 2), TimeSpan.FromMinutes(10)));
        Assert.Equal("[##.......] 10 of 40 MB, about 9 s left", ProgressLine.Text(new(10, 40), TimeSpan.FromSeconds(3), " MB"));
        Assert.Equal("[....................] 0 of 0", ProgressLine.Text(new(0, 0), TimeSpan.FromMinutes(10)));
    }

    private static string Fit(TemporaryDirectory directory, params string[] more)
    {
        string model = directory.File("model.enet");
        Assert.Equal(0, EnetRun.Of(["fit", Diabetes, "--target", "progression", "--out", model, .. more]).ExitCode);
        return model;
    }
}
