namespace ElasticNet.Fast.Tests.Properties;

/// <summary>What "the same solution" means in the property tests.</summary>
internal static class Agreement
{
    /// <summary>The solution is optimal by the plain checker and says so itself.</summary>
    public static void Certified(Solution solution)
    {
        Optimality check = solution.Check();
        Assert.True(check.KktResidual <= 1e-9, $"violates the optimality conditions by {check.KktResidual:e2}");
        Assert.True(check.RelativeGap <= 1e-12, $"has a gap of {check.RelativeGap:e2}");
        Assert.True(solution.Fit.RelativeGap is >= 0 and <= 1e-12, $"reports a gap of {solution.Fit.RelativeGap:e2}");
        Assert.Equal(solution.Coefficients.Count(value => value != 0), solution.Fit.NonZeroCount);
    }

    /// <summary>The solution of one problem, put into another that must be equivalent, is optimal there.</summary>
    public static void Solves(Problem other, Solution solution) => Certified(solution with { Problem = other });

    /// <summary>Same coefficients: differences, times the column's deviation, are at most 1e-9 of the largest.</summary>
    public static void Same(Solution expected, Solution actual, double tolerance = 1e-9)
    {
        ScaledProblem scaled = new(expected.Problem.X, expected.Problem.Y, expected.Problem.Options, 0, 1);
        double Effect(double coefficient, int j) => Math.Abs(Math.ScaleB(coefficient, scaled.Exponent[j])) * scaled.Norm[j];
        double largest = scaled.NullNorm;
        for (int j = 0; j < expected.Coefficients.Length; j++)
            largest = Math.Max(largest, Effect(expected.Coefficients[j], j));
        for (int j = 0; j < expected.Coefficients.Length; j++)
        {
            double difference = Effect(actual.Coefficients[j] - expected.Coefficients[j], j);
            Assert.True(difference <= tolerance * largest, $"β[{j}] = {actual.Coefficients[j]:r} instead of {expected.Coefficients[j]:r} ({difference / largest:e2})");
        }

        Assert.Equal(expected.Fit.Intercept, actual.Fit.Intercept, tolerance * Math.Max(largest, Math.Abs(expected.Fit.Intercept)));
    }
}
