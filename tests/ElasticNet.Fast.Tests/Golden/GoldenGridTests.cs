namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Our automatic grid is glmnet's.</summary>
public class GoldenGridTests
{
    public static TheoryData<string> Glmnet => GoldenTheory.Glmnet;

    [Theory]
    [MemberData(nameof(Glmnet))]
    public void Automatic_grid_agrees(string name)
    {
        GoldenCase golden = GoldenSolutions.Of(name).Case;
        double[] theirs = golden.File.AutoLambda!;
        // At α = 0 both compute λ_max as if the mixing were 1e-3, hence in the same units.
        double scale = golden.File.Alpha == 0 ? 1 : golden.Scale;
        Problem problem = golden.Problem with { Options = golden.Problem.Options with { LambdaCount = theirs.Length } };
        RegularizationPath ours = problem.Path(golden.L1Ratio);
        Assert.Equal(theirs.Length, ours.Count);
        Assert.Equal(ours[0].Lambda, ours.LambdaMax);
        for (int k = 0; k < theirs.Length; k++)
        {
            double relative = ours[k].Lambda / (theirs[k] * scale) - 1;
            Assert.True(Math.Abs(relative) <= 1e-9, $"λ #{k}: {ours[k].Lambda:r}, glmnet {theirs[k] * scale:r} ({relative:e2}).");
        }
    }
}
