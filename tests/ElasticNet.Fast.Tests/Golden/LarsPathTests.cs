namespace ElasticNet.Fast.Tests.Golden;

/// <summary>The exact lasso at the knots of its path, down to least squares at λ = 0.</summary>
public class LarsPathTests
{
    [Fact]
    public void Knots_agree()
    {
        GoldenSolutions solved = GoldenSolutions.Of("diabetes.sk.larspath");
        double[][] knots = solved.Case.File.CoefPerKnot!;
        Assert.Equal(knots.Length, solved.Double.Length);
        for (int k = 0; k < knots.Length; k++)
        {
            double difference = solved.Case.Difference(solved.Double[k].Coefficients, knots[k]);
            // At the first knot every coefficient is 0, or rounding away from it.
            double allowed = k == 0 ? 0 : 1e-9;
            Assert.True(k == 0 ? solved.Double[0].Coefficients.All(value => Math.Abs(value) < 1e-9) : difference <= allowed, $"knot {k}: coefficients differ by {difference:e2}.");
        }
    }

    /// <summary>Between knots the path is linear in λ.</summary>
    [Fact]
    public void Between_knots_the_path_is_linear()
    {
        GoldenCase golden = GoldenSolutions.Of("diabetes.sk.larspath").Case;
        double[] knots = golden.File.KnotsLambda!;
        double[] middles = [.. knots.Zip(knots[1..], (a, b) => (a + b) / 2)];
        RegularizationPath path = golden.Problem.Path(1, middles);
        for (int k = 0; k < middles.Length; k++)
        {
            double[] expected = [.. golden.File.CoefPerKnot![k].Zip(golden.File.CoefPerKnot![k + 1], (a, b) => (a + b) / 2)];
            Assert.InRange(golden.Difference(path[k].Coefficients.ToArray(), expected), 0, 1e-9);
        }
    }
}
