using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>The report is one file that needs nothing, runs nothing, and can be read on a phone.</summary>
[Collection(nameof(CommandLineTests))]
public partial class ReportTests
{
    [NeedsFact(Tool.Font)]
    public void It_shows_data_choice_features_pictures_assessment_certificate_and_provenance()
    {
        using var directory = new TemporaryDirectory();
        string html = Report(directory, 12, "--nested", "3");
        Assert.Equal(
            ["Data", "Choice of λ and ρ", "Features", "Assessment", "Certificate", "Provenance"],
            Heading().Matches(html).Select(match => match.Groups[1].Value));
        // Missing values, cross-validation, path, coefficients, residuals: four times each.
        Assert.Equal(5, Count(html, "<figure>"));
        Assert.Equal(20, Count(html, "data:image/svg+xml;base64,"));
        Assert.Contains("outer folds; the residuals below are of these predictions", html, StringComparison.Ordinal);
        Assert.Contains("missing numbers become the median of the training rows, with indicators", html, StringComparison.Ordinal);
        foreach (Match picture in Image().Matches(html))
            Assert.NotNull(XDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(picture.Groups[1].Value))).Root);
    }

    [NeedsFact(Tool.Font)]
    public void Nothing_in_it_is_run_or_fetched_whatever_names_hold()
    {
        using var directory = new TemporaryDirectory();
        string html = Report(directory, 12);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("=\"\"onload", html, StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Font)]
    public void The_same_fit_gives_the_same_report()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(Report(directory, 12), Report(directory, 12));
    }

    [NeedsFact(Tool.Font)]
    public void A_given_lambda_a_criterion_and_nothing_selected_are_said()
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains("were given, not chosen.", Report(directory, 12, "--lambda", "0.1"), StringComparison.Ordinal);
        Assert.Contains("BIC is least at", Report(directory, 12, "--criterion", "bic"), StringComparison.Ordinal);
        Assert.Contains("No feature is selected: the model predicts the same for every row.", Report(directory, 12, "--lambda", "1e9"), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.Font)]
    [InlineData("a,y\n", "{0},1\n", 12, false)]
    [InlineData("a,y\n", "1,{0}\n", 12, true)]
    [InlineData("a,b,y\n", ",{0},{0}\n", 3, true)]
    public void Tables_with_nothing_to_tell_have_a_report_too(string head, string row, int rows, bool isConstant)
    {
        using var directory = new TemporaryDirectory();
        string data = directory.File("data.csv"), file = directory.File("report.html");
        File.WriteAllText(data, head + string.Concat(Enumerable.Range(1, rows).Select(i => string.Format(CultureInfo.InvariantCulture, i == rows ? row.Replace(",{0},{0}", "5,6,7", StringComparison.Ordinal) : row, i))));
        EnetRun run = EnetRun.Of("fit", data, "--target", "y", "--impute", "mean", "--folds", "2", "--report", file, "--out", directory.File("model.enet"));
        Assert.Equal((isConstant ? EnetRun.ConstantNote("a") : "", 0), (run.Error, run.ExitCode));
        Assert.Contains("<h2>Provenance</h2>", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Font)]
    public void Several_imputations_have_a_report_without_explanation()
    {
        using var directory = new TemporaryDirectory();
        string data = Table(directory, 12), file = directory.File("report.html");
        EnetRun run = EnetRun.Of("fit", data, "--target", "y", "--impute", "multiple", "--imputations", "2", "--rounds", "2", "--report", file);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("per IQR", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [NeedsFact(Tool.Font)]
    public void With_out_the_model_keeps_its_path()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("model.enet");
        Report(directory, 12, "--out", model);
        Assert.Equal(100, ElasticNetModel.Load(model).Path!.Count);
    }

    [NeedsTheory(Tool.Browser | Tool.Font)]
    [InlineData(12)]
    [InlineData(100)]
    [InlineData(500)]
    [Trait("Category", "Browser")]
    public async Task A_browser_shows_it_on_a_phone_and_on_a_desk_light_and_dark(int features)
    {
        using var directory = new TemporaryDirectory();
        Report(directory, features);
        foreach (bool dark in (bool[])[false, true])
        {
            using JsonDocument seen = await Look(directory, dark);
            foreach (JsonElement page in seen.RootElement.EnumerateArray())
            {
                int width = page.GetProperty("width").GetInt32();
                Assert.Equal(width, page.GetProperty("client").GetInt32());
                Assert.True(page.GetProperty("scroll").GetInt32() <= width, $"{features} features, {width} pixels: the page is {page.GetProperty("scroll")} wide");
                JsonElement[] images = [.. page.GetProperty("images").EnumerateArray()];
                Assert.Equal(5, images.Length);
                foreach (JsonElement image in images)
                {
                    Assert.Equal(width < 600 ? 380 : 800, image.GetProperty("natural").GetInt32());
                    Assert.True(image.GetProperty("right").GetDouble() <= width);
                    string svg = Encoding.UTF8.GetString(Convert.FromBase64String(image.GetProperty("source").GetString()!.Split(',')[1]));
                    Assert.Equal(dark, svg.Contains("#15171C", StringComparison.Ordinal));
                }
            }
        }
    }

    // A page of this test holds the report in frames as wide as a phone and a desk, and writes down what a browser made of it.
    private static async Task<JsonDocument> Look(TemporaryDirectory directory, bool dark)
    {
        string browser = Tools.Browser!;
        string probe = directory.File("probe.html");
        File.WriteAllText(probe, """
            <!doctype html><meta charset="utf-8"><pre id="seen"></pre>
            <iframe src="report.html" width="360" height="800" style="border:0"></iframe>
            <iframe src="report.html" width="1200" height="800" style="border:0"></iframe>
            <script>
            addEventListener("load", () => {
              document.getElementById("seen").textContent = JSON.stringify([...document.querySelectorAll("iframe")].map(frame => {
                const page = frame.contentDocument;
                return { width: Number(frame.width), client: page.documentElement.clientWidth, scroll: page.documentElement.scrollWidth,
                  images: [...page.images].filter(image => image.getBoundingClientRect().width > 0).map(image => ({ natural: image.naturalWidth, right: image.getBoundingClientRect().right, source: image.currentSrc })) };
              }));
            });
            </script>
            """);
        string[] args =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", $"--user-data-dir={directory.File(dark ? "dark" : "light")}", "--allow-file-access-from-files", "--window-size=1400,900",
            $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", "--virtual-time-budget=20000", "--dump-dom", new Uri(probe).AbsoluteUri,
        ];
        ProgramRun run = await ProgramRun.Of(browser, args);
        Match seen = Seen().Match(run.Text);
        Assert.True(seen.Success, $"{browser} ended with {run.ExitCode}: {run.Error}");
        return JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(seen.Groups[1].Value));
    }

    private static string Report(TemporaryDirectory directory, int features, params string[] more)
    {
        string file = directory.File("report.html");
        EnetRun run = EnetRun.Of(["fit", Table(directory, features), "--target", "y", "--impute", "median", "--indicators", "--report", file, .. more]);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains($"report         {file}", run.Output, StringComparison.Ordinal);
        return File.ReadAllText(file);
    }

    // Gaps, a category, and names that are long, hostile, or not Latin.
    private static string Table(TemporaryDirectory directory, int features)
    {
        string path = directory.File("data.csv");
        var random = new Random(features);
        var text = new StringBuilder("y,where");
        for (int j = 0; j < features; j++)
            text.Append(CultureInfo.InvariantCulture, $",{(j % 5 == 1 ? $"\"<script>alert(1)</script> \"\"onload {j}\"" : j % 5 == 3 ? $"a rather long name of a column that does not end soon number {j}" : $"größe {j}")}");
        text.Append('\n');
        for (int i = 0; i < 150; i++)
        {
            double[] x = [.. Enumerable.Range(0, features).Select(_ => Math.Round(random.NextDouble(), 4))];
            double y = Math.Round(x.Take(9).Select((value, j) => (j % 2 == 0 ? 1 : -1) * (9 - j) * value).Sum() + random.NextDouble(), 4);
            text.Append(CultureInfo.InvariantCulture, $"{y},{(random.Next(2) == 0 ? "north" : "<b>south</b>")}");
            foreach (double value in x)
                text.Append(',').Append(random.Next(15) == 0 ? "" : value.ToString(CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("<h2>(.*?)</h2>")]
    private static partial Regex Heading();

    [GeneratedRegex("data:image/svg\\+xml;base64,([^\"]*)\"")]
    private static partial Regex Image();

    [GeneratedRegex("<pre id=\"seen\">(.+?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Seen();
}
