using System.Numerics;
using ElasticNet.Fast.Tests.Properties;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>
/// Wide data where many coefficients lie at a bound, and ridge terms so small that equal columns are told apart by rounding alone:
/// every λ ends exact, and without a solve for each coefficient that comes or goes.
/// </summary>
[Reproducible]
public class WideBoundsTests
{
    /// <summary>Each of n indicator columns 50 times: with the least ridge term all copies have a coefficient, 50n of them.</summary>
    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    [InlineData(1e-8)]
    [InlineData(1e-10)]
    [InlineData(1e-12)]
    [InlineData(1e-15)]
    [InlineData(0)]
    public void Equal_indicators_are_solved_however_little_ridge_there_is(double off)
    {
        const int Rows = 12, Copies = 50;
        double[,] x = new double[Rows, Rows * Copies];
        for (int j = 0; j < Rows * Copies; j++)
            x[j % Rows, j] = 1;
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => Math.Sin(4 + 1.7 * i) * (i + 1))];
        Problem problem = new(x, y, new() { LambdaCount = 15 });
        RegularizationPath path = problem.Path(1 - off);
        AllExact(problem, path);
        Assert.InRange(path.Max(point => point.Trace.Solves), 0, 199); // the steps after which Newton's method on the dual gives up
    }

    /// <summary>Eight different columns of ±1, each 40 times, in a box that most coefficients fill.</summary>
    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    [InlineData(1e-7)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    [InlineData(0)]
    public void Equal_columns_in_a_box_are_solved_however_little_ridge_there_is(double off)
    {
        const int Rows = 8, Columns = 640;
        double[,] x = new double[Rows, Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = (BitOperations.PopCount((uint)(i & j)) & 1) == 0 ? 1 : -1;
        }

        double[] y = [.. Enumerable.Range(0, Rows).Select(i => (double)((i * i * 7 + i * 3) % 11))];
        Problem problem = new(x, y, new() { LambdaCount = 12, LambdaMinRatio = 1e-4, LowerBounds = new[] { -0.01 }, UpperBounds = new[] { 0.02 } });
        AllExact(problem, problem.Path(1 - off));
    }

    /// <summary>Most of the support lies at a bound, and most of it comes or goes from one λ to the next.</summary>
    [Theory]
    [InlineData(1, 0.99)]
    [InlineData(4, 0.99)]
    [InlineData(1, 1)]
    public void A_tight_box_takes_few_rounds(int copies, double l1Ratio)
    {
        Problem problem = Box(new(1), rows: 40, columns: 800, copies, lower: -0.01, upper: 0.02);
        problem = problem with { Options = problem.Options with { LambdaCount = 30, LambdaMinRatio = 1e-4 } };
        RegularizationPath path = problem.Path(l1Ratio);
        AllExact(problem, path);
        Assert.True(path[^1].Fit.NonZeroCount > 200);
        // One coefficient at a time, these took a thousand monotone steps and more.
        Assert.InRange(path.Sum(point => point.Trace.MonotoneSteps), 0, 400);
    }

    /// <summary>
    /// With few rows and many at a bound the members' Gram matrix is not kept. Every row 20 times is the same problem, but one whose
    /// columns are longer than a row of the Gram matrix: there it is.
    /// </summary>
    [Theory]
    [InlineData(0.99, -0.01, 0.02)]
    [InlineData(0.9, -0.01, 0.02)]
    [InlineData(0.9, 0, 0.01)]
    public void Rows_repeated_change_nothing(double l1Ratio, double lower, double upper)
    {
        const int Rows = 20, Columns = 300, Times = 20;
        Problem once = Box(new(7), Rows, Columns, copies: 1, lower, upper);
        double[,] x = new double[Rows * Times, Columns];
        double[] y = new double[Rows * Times];
        for (int i = 0; i < Rows * Times; i++)
        {
            y[i] = once.Y[i % Rows];
            for (int j = 0; j < Columns; j++)
                x[i, j] = once.X[i % Rows, j];
        }

        double largest = once.Path(l1Ratio)[0].Lambda;
        double[] lambda = [.. Enumerable.Range(0, 12).Select(k => largest * Math.Pow(0.6, k))];
        Problem repeated = new(x, y, once.Options);
        RegularizationPath few = once.Path(l1Ratio, lambda), many = repeated.Path(l1Ratio, lambda);
        AllExact(once, few);
        AllExact(repeated, many);
        Assert.True(few[^1].Fit.NonZeroCount > 3 * Rows);
        for (int k = 0; k < lambda.Length; k++)
        {
            for (int j = 0; j < Columns; j++)
                Assert.Equal(many[k].Coefficients[j], few[k].Coefficients[j], 1e-10);
        }
    }

    [Property(Arbitrary = [typeof(Boxes)], MaxTest = 200)]
    public void A_box_on_wide_data_is_solved(BoxSpec spec)
    {
        Problem problem = Box(new(spec.Seed), spec.Rows, spec.Columns, spec.Copies, spec.Lower, spec.Upper);
        double largest = problem.Path(spec.L1Ratio)[0].Lambda;
        AllExact(problem, problem.Path(spec.L1Ratio, [.. Enumerable.Range(0, 12).Select(k => largest * Math.Pow(0.5, k))]));
    }

    private static void AllExact(Problem problem, RegularizationPath path)
    {
        foreach (PathPoint point in path)
        {
            Assert.True(point.IsExact, point.Trace.ToString());
            Assert.Null(point.Trace.Shortfall);
            Agreement.Certified(Solution.Of(problem, point));
        }
    }

    private static Problem Box(Random random, int rows, int columns, int copies, double lower, double upper)
    {
        double[,] x = new double[rows, columns];
        double[] y = new double[rows];
        int different = columns / copies;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i, j] = j < different ? ProblemFactory.Normal(random) : x[i, j % different];
            y[i] = ProblemFactory.Normal(random) + x[i, 0] + x[i, 1] - x[i, 2];
        }

        return new(x, y, new() { LowerBounds = new[] { lower }, UpperBounds = new[] { upper } });
    }

    public sealed record BoxSpec(int Seed, int Rows, int Columns, int Copies, double Lower, double Upper, double L1Ratio);

    public static class Boxes
    {
        public static Arbitrary<BoxSpec> Any() => Arb.From(
            from seed in Gen.Choose(0, 1 << 30)
            from rows in Gen.Choose(5, 30)
            from columns in Gen.Choose(30, 200)
            from copies in Gen.Elements(1, 1, 2, 5)
            from lower in Gen.Elements(0, -0.003, -0.05, double.NegativeInfinity)
            from upper in Gen.Elements(0.002, 0.02, 0.1, double.PositiveInfinity)
            from ratio in Gen.Elements(1, 1 - 1e-9, 1 - 1e-6, 0.99, 0.5)
            select new BoxSpec(seed, rows, columns, copies, lower, upper, ratio));
    }
}
