namespace ElasticNet.Fast.Tests.Properties;

/// <summary>What "the same solution" means in the property tests.</summary>
internal static class Agreement
{
    /// <summary>The solution is optimal by the plain checker and says so itself.</summary>
    public static void Certified(Solution solution)
    {
        Optimality check = solution.Check();
        Assert.True(check.KktResidual <= 1e-9, $"violates the optimality conditions by {check.KktResidual:e2}");
        double least = Math.Max(1e-12, GapOfRounding(solution));
        Assert.True(check.RelativeGap <= least, $"has a gap of {check.RelativeGap:e2}");
        Assert.True(solution.Fit.RelativeGap >= 0 && solution.Fit.RelativeGap <= least, $"reports a gap of {solution.Fit.RelativeGap:e2}");
        Assert.Equal(solution.Coefficients.Count(value => value != 0), solution.Fit.NonZeroCount);
    }

    /// <summary>
    /// What rounding alone makes of the gap where columns nearly cancel: gradients of unit columns carry an error of
    /// a few ε(1 + Σ|β|), which the gap multiplies with Σ|β| once more. Beyond 1e-12 only where Σ|β| exceeds 22.
    /// </summary>
    private static double GapOfRounding(Solution solution)
    {
        ScaledProblem scaled = new(solution.Problem.X, solution.Problem.Y, solution.Problem.Options, 0, 1);
        double size = 0;
        for (int j = 0; j < solution.Coefficients.Length; j++)
            size += Math.Abs(Math.ScaleB(solution.Coefficients[j], scaled.Exponent[j])) * scaled.Norm[j] / scaled.NullNorm;
        return double.IsFinite(size) ? 8 * 2.2e-16 * (1 + size) * (1 + size) : 0;
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
