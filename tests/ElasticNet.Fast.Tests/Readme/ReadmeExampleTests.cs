// The page shows from here
using ElasticNet.Fast;
// to here.

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's example runs.</summary>
public class ReadmeExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts()
    {
        // The page shows from here
        double[,] x = { { 3, 1 }, { 5, 0 }, { 2, 2 }, { 8, 1 }, { 6, 3 }, { 7, 0 }, { 4, 1 }, { 9, 2 } };
        double[] y = [160, 250, 110, 390, 280, 340, 200, 430];
        var options = new ElasticNetOptions { L1Ratios = [0.1, 0.5, 0.9, 1], Folds = 4, Seed = 1 };

        var cv = ElasticNetEstimator.CrossValidate(x, y, options);   // chooses λ and ρ
        Console.WriteLine($"λ = {cv.LambdaMin}, ρ = {cv.L1Ratio}, gap = {cv.Model.Fit.RelativeGap}");
        cv.Model.Save("house.enet");                                 // fitted to all rows

        using var model = ElasticNetModel.Load("house.enet");
        Console.WriteLine(model.Predict([6.5, 1]));                  // allocates nothing
        // to here.

        File.Delete("house.enet");
        double price = model.Predict([6.5, 1]);
        Assert.Equal(cv.Model.Predict([6.5, 1]), price);
        Assert.InRange(cv.Model.Fit.RelativeGap, 0, 1e-12);
        Assert.InRange(price, 250, 380);
    }

    [Theory]
    [InlineData("dotnet run -c Release --project src/ElasticNet.Fast.Cli -- fit tests/data/diabetes.csv --target progression")]
    [InlineData("dotnet test -c Release")]
    public void The_README_shows_the_commands_that_ci_runs(string command)
    {
        Assert.Contains(command, Pages.Blocks("README.md", "").First().Split('\n'));
        Assert.Contains(command, File.ReadAllText(Path.Combine(SourceTree.Root, ".ci", "run")), StringComparison.Ordinal);
    }
}
