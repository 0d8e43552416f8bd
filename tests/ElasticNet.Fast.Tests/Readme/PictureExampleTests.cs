using System.Globalization;
using System.Text.RegularExpressions;
using ElasticNet.Fast.Plots;
using ElasticNet.Fast.Tests.Cli;
using ElasticNet.Fast.Tests.Plots;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The example of pictures runs, and the README's picture is what the commands beside it draw.</summary>
[Collection(nameof(CommandLineTests))]
public partial class PictureExampleTests
{
    [NeedsFact(Tool.Font)]
    public void The_example_runs()
    {
        (double[,] x, double[] y) = ExampleData.Diabetes();
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(x, y);
        // The page shows from here
        Pictures.CrossValidation(cv).Save("cv.svg");
        Pictures.CoefficientPaths(cv.Best.Path, chosenLambda: cv.LambdaMin)
            .Save("path.png", new() { Width = 1200, Theme = PictureTheme.Dark });
        // to here.

        Assert.True(new FileInfo("cv.svg").Length > 1000 && new FileInfo("path.png").Length > 1000);
        File.Delete("cv.svg");
        File.Delete("path.png");
    }

    [NeedsFact(Tool.Font)]
    public void The_picture_of_the_README_is_what_the_commands_draw()
    {
        using var directory = new TemporaryDirectory();
        string[] commands = Pages.Blocks("src/ElasticNet.Fast.Plots/PICTURES.md", "sh").First().Split('\n');
        Assert.All(commands, command => Assert.Equal(0, PageCommands.Run(command, directory).ExitCode));
        foreach (string name in new[] { "path-light.svg", "path-dark.svg" })
        {
            string drawn = File.ReadAllText(directory.File(name)), kept = Pages.Read("src/ElasticNet.Fast.Plots/" + name);
            Assert.Equal(SvgWords.Of(drawn).Select(word => word.Text), SvgWords.Of(kept).Select(word => word.Text));
            Assert.Equal(Colours().Matches(drawn).Select(colour => colour.Value), Colours().Matches(kept).Select(colour => colour.Value));

            // Where curves run depends on the width of words, and so on the font; and a last digit on the machine's vectors.
            if (Lettering.Family == "DejaVu Sans")
                Assert.All(Places(drawn).Zip(Places(kept), (a, b) => Math.Abs(a - b)), difference => Assert.InRange(difference, 0, 0.01));
        }
    }

    private static double[] Places(string svg) =>
        [.. Curve().Matches(svg).SelectMany(curve => Number().Matches(curve.Groups[1].Value)).Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex("stroke=\"#[0-9A-F]{6}\"")]
    private static partial Regex Colours();

    [GeneratedRegex(" d=\"([^\"]*)\"")]
    private static partial Regex Curve();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
