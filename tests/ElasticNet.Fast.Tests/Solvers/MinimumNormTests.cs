using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>λ = 0 where columns depend on each other and their scales lie far apart: least squares comes before the smallest norm.</summary>
public class MinimumNormTests
{
    [Theory]
    [InlineData(20, 30)]
    [InlineData(70, 69)]
    [InlineData(60, 25)]
    public void Least_squares_on_scales_far_apart(int rows, int columns)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            double[,] x = new double[rows, columns];
            double[] y = [.. Enumerable.Range(0, rows).Select(_ => ProblemFactory.Normal(random))];
            double[] common = [.. Enumerable.Range(0, rows).Select(_ => ProblemFactory.Normal(random))];
            for (int j = 0; j < columns; j++)
            {
                double scale = Math.Pow(10, random.Next(-6, 7));
                int copied = j > 0 && random.Next(4) == 0 ? random.Next(j) : j;
                for (int i = 0; i < rows; i++)
                    x[i, j] = copied < j ? x[i, copied] : scale * (common[i] + 0.01 * ProblemFactory.Normal(random));
            }

            Problem problem = new(x, y, new ElasticNetOptions { Standardize = false, MaxDegreeOfParallelism = 1 });
            Assert.InRange(problem.Fit(0, 1).Check().KktResidual, 0, 1e-8);
        }
    }
}
