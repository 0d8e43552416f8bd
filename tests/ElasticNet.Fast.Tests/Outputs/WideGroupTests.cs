namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>Groups of outputs on problems so large that their systems are solved with the factor of an earlier one; and the end of a path at λ = 0.</summary>
public class WideGroupTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 0.7)]
    [InlineData(true, 1)]
    public void Many_features_are_solved_exactly(bool hasClasses, double l1Ratio)
    {
        OutputProblem problem = OutputProblem.Wide(hasClasses, hasClasses ? 90 : 150, hasClasses ? 500 : 700, l1Ratio);
        RegularizationPath path = ElasticNetEstimator.Path(problem.X, problem.Target, l1Ratio, problem.Options);
        Assert.Contains(path, point => point.Trace.ConjugateSteps > 0);
        Assert.InRange(path[^1].Coefficients.Indices.Length, 80, 700);
        foreach (PathPoint point in path)
        {
            Assert.InRange(point.RelativeGap, 0, 1e-11);
            Assert.InRange(problem.Violation(point), 0, 1e-11);
        }
    }

    /// <summary>A fit at one λ, which nothing warms up, is the point of the path.</summary>
    [Fact]
    public void A_cold_fit_is_a_point_of_the_path()
    {
        OutputProblem problem = OutputProblem.Wide(hasClasses: false, 150, 700, 1);
        RegularizationPath path = ElasticNetEstimator.Path(problem.X, problem.Target, 1, problem.Options);
        PathPoint last = path[^1];
        PathPoint cold = ElasticNetEstimator.Path(problem.X, problem.Target, 1, problem.Options with { Lambdas = new[] { last.Lambda } })[0];
        Assert.Equal(last.Coefficients.Indices.ToArray(), cold.Coefficients.Indices.ToArray());
        double[] warm = last.Coefficients.Values.ToArray(), own = cold.Coefficients.Values.ToArray();
        for (int k = 0; k < warm.Length; k++)
            Assert.Equal(warm[k], own[k], 1e-10);
    }

    /// <summary>At λ = 0 nothing is left of the groups: every response is solved for itself, copies of columns share what one would have.</summary>
    [Theory]
    [InlineData(30, 6, 3)]
    [InlineData(30, 40, 10)]
    [InlineData(200, 8, 4)]
    public void A_path_of_groups_ends_at_least_squares(int rows, int columns, int copies)
    {
        Random random = new(rows + columns);
        double[,] x = new double[rows, columns + copies], y = new double[rows, 3];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns + copies; j++)
                x[i, j] = j < columns ? random.NextDouble() - 0.5 : x[i, j - columns];
            for (int k = 0; k < 3; k++)
                y[i, k] = x[i, 0] * (k + 1) - x[i, 2] + 0.2 * random.NextDouble();
        }

        double[] lambdas = [0.1, 0.01, 0];
        ElasticNetOptions options = new() { Family = Family.MultiGaussian, GroupOutputs = true, Lambdas = lambdas };
        RegularizationPath path = ElasticNetEstimator.Path(x, Target.Columns(y), 1, options);
        Assert.Equal(lambdas, path.Select(point => point.Lambda));
        Assert.All(path, point => Assert.InRange(point.RelativeGap, 0, 1e-11));
        PathPoint alone = ElasticNetEstimator.Path(x, Target.Columns(y), 1, options with { GroupOutputs = false, Lambdas = new double[] { 0 } })[0];
        Assert.Equal(alone.Coefficients.Values.ToArray(), path[2].Coefficients.Values.ToArray());
        Assert.Equal(alone.Intercepts.ToArray(), path[2].Intercepts.ToArray());
        for (int j = 0; j < copies; j++)
            Assert.Equal(path[2].Coefficients[j, 1], path[2].Coefficients[columns + j, 1], 1e-12);
    }
}
