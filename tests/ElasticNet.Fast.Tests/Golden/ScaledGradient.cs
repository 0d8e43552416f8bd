using ElasticNet.Fast.Cli.Verify;
namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Gradients of a solution, to see which coefficients are about to enter.</summary>
internal static class ScaledGradient
{
    /// <summary>Zero coefficients whose gradient is within <paramref name="margin"/> (relative) of the L1 strength.</summary>
    public static int CountNearThreshold(Solution solution, double margin)
    {
        Problem problem = solution.Problem;
        ScaledProblem scaled = new(problem.X, problem.Y, problem.Options, solution.Fit.Lambda, solution.Fit.L1Ratio);
        double[] residual = new double[problem.Rows];
        for (int i = 0; i < residual.Length; i++)
        {
            double eta = solution.Predict(i);
            residual[i] = problem.Options.Family == Family.Gaussian ? problem.Y[i] - eta : -PlainLoss.Of(problem.Options.Family).Slope(problem.Y[i], eta);
        }

        return Enumerable.Range(0, problem.Columns).Count(j =>
            solution.Coefficients[j] == 0 && !scaled.Held[j]
            && Math.Abs(scaled.Dot(scaled.Columns[j], residual)) >= scaled.L1[j] * (1 - margin));
    }
}
