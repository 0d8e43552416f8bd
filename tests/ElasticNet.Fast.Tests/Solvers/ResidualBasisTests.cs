using ElasticNet.Fast.Solvers;
using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>What the basis claims of a gradient holds for the gradient itself.</summary>
public unsafe class ResidualBasisTests
{
    /// <summary>
    /// Residuals that drift, by much or by next to nothing, and come back; columns apart from them and right among them;
    /// bases that fill the whole space, and that start anew.
    /// </summary>
    [Theory]
    [InlineData(5, 40, 60)]
    [InlineData(20, 50, 80)]
    [InlineData(150, 60, 200)]
    public void Gradients_are_within_the_slack(int rows, int columns, int steps)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            double[] residual = Unit(random, rows);
            double[][] x = new double[columns][];
            for (int j = 0; j < columns; j++)
                x[j] = j % 3 == 0 ? Unit(random, rows) : Mixed(residual, Unit(random, rows), Math.Pow(10, -random.Next(1, 17)));
            using ResidualBasis basis = new();
            basis.Clear(rows, columns);
            double[] predicted = new double[columns];
            for (int step = 0; step < steps; step++)
            {
                Check(basis, x, residual, predicted);
                double before = Norm(residual);
                if (random.Next(2) == 0)
                {
                    Extend(basis, x, residual);
                    Check(basis, x, residual, predicted);
                }

                // A step along a column, as a path makes them, and now and then a new scale.
                double[] direction = random.Next(3) == 0 ? Unit(random, rows) : x[random.Next(columns)];
                residual = Mixed(residual, direction, before * Math.Pow(10, -random.Next(0, 18)), random.Next(10) == 0 ? 0.01 : 0.99);
            }
        }
    }

    private static void Check(ResidualBasis basis, double[][] x, double[] residual, double[] predicted)
    {
        fixed (double* r = residual, g = predicted)
        {
            basis.Split(r, residual.Length);
            basis.Predict(g, predicted.Length);
        }

        for (int j = 0; j < x.Length; j++)
        {
            double exact = Dot(x[j], residual);
            Assert.True(Math.Abs(predicted[j] - exact) <= basis.Slack(j), $"Column {j}: {predicted[j]} is not within {basis.Slack(j)} of {exact}.");
        }
    }

    private static void Extend(ResidualBasis basis, double[][] x, double[] residual)
    {
        fixed (double* r = residual)
        {
            if (!basis.TryExtend(basis.Rest, residual.Length))
            {
                basis.Forget();
                Assert.True(basis.TryExtend(r, residual.Length));
            }

            // One more in the same pass, as the engine does with the direction that the path takes.
            fixed (double* extra = x[residual.Length % x.Length])
                _ = basis.TryExtend(extra, residual.Length);
            for (int k = 0; k < basis.Begun; k++)
            {
                double[] direction = new Span<double>(basis.NewDirections + k * basis.RowStride, residual.Length).ToArray();
                for (int j = 0; j < x.Length; j++)
                    basis.NewProducts[k * basis.ColumnStride + j] = Dot(x[j], direction);
            }
        }

        basis.Commit(x.Length);
    }

    private static double[] Unit(Random random, int rows)
    {
        double[] vector = [.. Enumerable.Range(0, rows).Select(_ => ProblemFactory.Normal(random))];
        return Mixed(vector, vector, 0, 1 / Norm(vector));
    }

    /// <summary>share·a + size·b, of norm 1 where <paramref name="share"/> is left out.</summary>
    private static double[] Mixed(double[] a, double[] b, double size, double? share = null)
    {
        double[] sum = [.. a.Zip(b, (u, v) => (share ?? 1) * u + size * v)];
        double norm = share is null ? Norm(sum) : 1;
        return [.. sum.Select(value => value / norm)];
    }

    private static double Norm(double[] vector) => Math.Sqrt(Dot(vector, vector));

    private static double Dot(double[] a, double[] b) =>
        CompensatedSum.Dot([.. a.Select(_ => 1.0)], a, b);
}
