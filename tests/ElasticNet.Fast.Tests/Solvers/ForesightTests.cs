using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>What it costs to follow the support down a path: counted, because time would not tell in a test.</summary>
public class ForesightTests
{
    /// <summary>Who enters next is let in beforehand: without that, these paths take 159 and 146 solves (240 and 235 at ρ = 0.5); with it 110 and 102 (193, 192).</summary>
    [Theory]
    [InlineData(400, 150, 1, 130)]
    [InlineData(1000, 100, 1, 120)]
    [InlineData(400, 150, 0.5, 215)]
    [InlineData(1000, 100, 0.5, 210)]
    public void A_solve_a_lambda_is_nearly_enough(int rows, int columns, double l1Ratio, int most) =>
        Assert.InRange(Traces(rows, columns, l1Ratio, [.. Enumerable.Range(0, 100).Select(k => k / 99.0)]).Sum(trace => trace.Solves), 100, most);

    /// <summary>
    /// Large and uneven steps where the support is nearly as large as it can be: many are let in who should not be. When they took the others with
    /// them, these paths ended in 97, 138 and 92 steps of the monotone method; when nobody was foreseen, in 23, none and 132.
    /// </summary>
    [Theory]
    [InlineData(60, 400, 60)]
    [InlineData(40, 1000, 12)]
    [InlineData(100, 100, 12)]
    public void Newcomers_do_not_lead_the_others_astray(int rows, int columns, int lambdas)
    {
        double[] even = [.. Enumerable.Range(0, lambdas).Select(k => k / (lambdas - 1.0))];
        double[] pairs = [.. Enumerable.Range(0, lambdas).Select(k => (k / 2 * 2 + k % 2 * 0.01) / lambdas)];
        Assert.Equal(0, Traces(rows, columns, 1, lambdas == 60 ? pairs : even).Sum(trace => trace.MonotoneSteps));
    }

    /// <summary>The path at λ_max/1000^<paramref name="exponents"/>, each solution of it held to its gap.</summary>
    private static SolveTrace[] Traces(int rows, int columns, double l1Ratio, double[] exponents)
    {
        Problem problem = Sample.Good(rows, columns);
        double largest = problem.Path(l1Ratio).LambdaMax;
        RegularizationPath path = problem.Path(l1Ratio, [.. exponents.Select(exponent => largest * Math.Pow(1e-3, exponent))]);
        Assert.All(path, point => Assert.InRange(point.RelativeGap, 0, 1e-12));
        return [.. path.Select(point => point.Trace)];
    }
}
