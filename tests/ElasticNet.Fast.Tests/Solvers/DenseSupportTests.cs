using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Solvers;
using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>The factor of an earlier λ solves at a later one, through members that come and go, as the factor of that λ would.</summary>
public unsafe class DenseSupportTests
{
    [Theory]
    [InlineData(40, 0.9)]
    [InlineData(40, 0.5)]
    [InlineData(90, 0.1)]
    [InlineData(90, 3)]
    public void A_dated_factor_solves_as_a_fresh_one(int count, double change)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            using RestrictedProblem problem = Create(random, count);
            int[] positions = [.. Enumerable.Range(0, count).OrderBy(_ => random.Next())];
            double[] b = [.. Enumerable.Range(0, count).Select(_ => ProblemFactory.Normal(random))];
            using DenseSupport dated = new(), fresh = new();
            dated.Clear();
            fresh.Clear();
            fixed (int* support = positions)
            {
                problem.SetStrength(0.1, 0.1);
                Assert.Equal(-1, dated.Refactor(problem, support, count - 2, restart: true));
                problem.SetStrength(0.1, 0.1 * change);
                Assert.True(dated.IsDated(problem));
                Assert.True(dated.TryAppend(problem, support, support[count - 2]));
                Assert.True(dated.TryAppend(problem, support, support[count - 1]));
                dated.Remove(3);
                for (int k = 3; k < count - 1; k++)
                    support[k] = support[k + 1];
                Assert.Equal(-1, fresh.Refactor(problem, support, count - 1, restart: true));

                double[] expected = [.. b], actual = [.. b];
                fixed (double* e = expected, a = actual)
                {
                    fresh.Solve(problem, support, e, 0);
                    dated.Solve(problem, support, a, 1e-14);
                }

                for (int k = 0; k < count - 1; k++)
                    Assert.Equal(expected[k], actual[k], 1e-11);
                Assert.InRange(dated.ConjugateSteps, 1, 60);
                Assert.Equal(0, fresh.ConjugateSteps);
            }
        }
    }

    /// <summary>A factor serves until going on costs more than a new one, and never across the end of the ridge term.</summary>
    [Fact]
    public void A_factor_is_renewed_when_it_has_served_its_time()
    {
        Random random = new(1);
        using RestrictedProblem problem = Create(random, 100);
        int[] positions = [.. Enumerable.Range(0, 100)];
        double[] b = new double[100];
        using DenseSupport factor = new();
        factor.Clear();
        fixed (int* support = positions)
        fixed (double* target = b)
        {
            double ridge = 0.5;
            problem.SetStrength(0.1, ridge);
            factor.Refactor(problem, support, 100, restart: true);
            Assert.False(factor.ShouldRenew(problem));
            int served = 0;
            for (bool renew = false; !renew && served < 100; served++)
            {
                problem.SetStrength(0.1, ridge *= 0.98);
                renew = factor.ShouldRenew(problem);
                for (int k = 0; k < 100; k++)
                    target[k] = ProblemFactory.Normal(random);
                factor.Solve(problem, support, target, 1e-13);
            }

            Assert.InRange(served, 2, 60);
            problem.SetStrength(0.1, 0);
            Assert.True(factor.ShouldRenew(problem));
        }
    }

    private static RestrictedProblem Create(Random random, int count)
    {
        double[][] columns = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 2 * count).Select(_ => ProblemFactory.Normal(random)).ToArray())];
        RestrictedProblem problem = new();
        problem.Clear(count);
        for (int i = 0; i < count; i++)
            problem.Add(i, 1, 0.5 + i % 2, double.NegativeInfinity, double.PositiveInfinity);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
                problem.GramRow(i)[j] = columns[i].Zip(columns[j], (p, q) => p * q).Sum() / (2 * count);
        }

        return problem;
    }
}
