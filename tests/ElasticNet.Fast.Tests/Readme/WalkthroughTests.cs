using System.Globalization;
using System.Text.RegularExpressions;
using ElasticNet.Fast.Tests.AotDemo;
using ElasticNet.Fast.Tests.Cli;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>Every command of the walk-throughs is run, and prints what the page shows.</summary>
[Collection(nameof(CommandLineTests))]
[Trait("Category", "AotDemo")]
public partial class WalkthroughTests(PublishedPredictor predictor) : IClassFixture<PublishedPredictor>
{
    [NeedsFact(Tool.Linker | Tool.Font)]
    public Task Every_command_prints_what_the_page_shows() => Walk(
        Pages.Walkthroughs[0], 16, 7, "1 of 3 rows has no 'bp'",
        ["missing.svg", "path.svg", "cv.png", "coefficients.svg", "residuals.svg", "stability.svg", "intervals.svg", "report.html", "patients.enet"]);

    [NeedsFact(Tool.Linker | Tool.Font)]
    public Task Every_command_of_the_page_of_classes_prints_what_it_shows() => Walk(
        Pages.Walkthroughs[1], 14, 8, "1 of 4 rows has no 'charge'", ["churn.html", "churn.enet", "assessment.html", "roc.svg", "calibration.svg", "path.svg"]);

    [NeedsFact(Tool.Linker | Tool.Font)]
    public Task Every_command_of_the_page_of_survival_prints_what_it_shows() => Walk(
        Pages.Walkthroughs[2], 19, 11, null, ["trial.enet", "path.svg", "curve.png", "groups.svg", "trial.html"]);

    [NeedsFact(Tool.Linker | Tool.Font)]
    public Task Every_command_of_the_page_of_many_classes_prints_what_it_shows() => Walk(
        Pages.Walkthroughs[3], 18, 8, null, ["trees.html", "trees.enet", "curve.png", "effects.svg", "path.svg", "elm.svg", "later.html", "called.svg", "roc.svg"]);

    private async Task Walk(string name, int expectedCommands, int expectedShown, string? filled, string[] pictures)
    {
        using var directory = new TemporaryDirectory();
        string page = Pages.Read(name);
        string output = "";
        int commands = 0, shown = 0;
        Dictionary<string, string> printedAs = [];
        foreach (Match block in Block().Matches(page))
        {
            if (block.Groups["language"].Value == "text")
            {
                // The digits of certificates and times are the machine's; the page leaves them out. So is the last one of a
                // number printed in full (a fit sums in the order of the machine's vectors), but equal lines are equal to the bit.
                foreach (string line in block.Groups["body"].Value.Split('\n'))
                {
                    string? printed = Array.Find(output.Split('\n'), candidate => Rounded(candidate) == Rounded(line));
                    Assert.True(printed is not null, $"'{line}' is not in:\n{output}");
                    Assert.Equal(printed, printedAs.TryAdd(line, printed) ? printed : printedAs[line]);
                }

                shown++;
                continue;
            }

            output = "";
            foreach (string line in block.Groups["body"].Value.Split('\n'))
            {
                output += await Run(line, directory, filled);
                commands++;
            }
        }

        Assert.Equal((expectedCommands, expectedShown), (commands, shown));
        Assert.All(pictures, picture => Assert.True(new FileInfo(directory.File(picture)).Length > 1000, picture));
    }

    private async Task<string> Run(string command, TemporaryDirectory directory, string? filled)
    {
        string[] words = command.Split(' ');
        if (words[0] == "enet")
        {
            EnetRun run = EnetRun.Of([.. words[1..].Select(Here)]);
            Assert.True(run.ExitCode == 0, $"{command}: {run.ExitCode}, {run.Error}");
            return run.Output;
        }

        // The program stands for itself here, its directory is there, and the predictor has been published by these very words.
        if (words[0] is "alias" or "mkdir" || command == "dotnet publish aot-demo -c Release -o walk/native")
            return "";
        ProgramRun other = words[0] == "walk/native/enet-predict"
            ? await ProgramRun.Of(predictor.Program, [.. words[1..].Select(Here)])
            : await ProgramRun.Of("sh", ["-c", string.Join(' ', words.Select(Here))]);
        // What the predictor did with the gap on its own account it says, as the page tells; nothing else may be said.
        string said = words[0] == "walk/native/enet-predict" && filled is not null ? $"enet-predict: note: {filled}, filled by " : "";
        Assert.StartsWith(said, other.Error, StringComparison.Ordinal);
        Assert.Equal((0, said.Length > 0 ? 1 : 0), (other.ExitCode, other.Error.Count(character => character == '\n')));
        return other.Text;

        string Here(string word) => word.StartsWith("walk/", StringComparison.Ordinal)
            ? directory.File(word[5..])
            : word.StartsWith("tests/", StringComparison.Ordinal) ? Path.Combine(SourceTree.Root, word) : word;
    }

    private static string Rounded(string line) => FullNumber().Replace(
        line, number => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("G12", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\d+\.\d{11,}")]
    private static partial Regex FullNumber();

    [GeneratedRegex("^```(?<language>sh|text)\n(?<body>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
