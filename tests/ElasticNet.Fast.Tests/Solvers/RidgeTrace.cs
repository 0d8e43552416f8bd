namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>tr[(A + D)⁻¹A] by Gaussian elimination, straight from the definition of the problem: what the free columns of a support take.</summary>
internal static class RidgeTrace
{
    public static double Of(Problem problem, double lambda, double l1Ratio, double[] coefficients)
    {
        ScaledProblem scaled = new(problem.X, problem.Y, problem.Options, lambda, l1Ratio);
        List<int> support = [];
        for (int j = 0; j < coefficients.Length; j++)
        {
            double beta = Math.ScaleB(coefficients[j], scaled.Exponent[j]);
            if (beta != 0 && beta != scaled.Lower[j] && beta != scaled.Upper[j])
                support.Add(j);
        }

        int size = support.Count;
        double[][] columns = [.. support.Select(j => scaled.Intercept ? scaled.Centered(scaled.Columns[j]) : scaled.Columns[j])];
        double[,] system = new double[size, 2 * size];
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b < size; b++)
                system[a, b] = system[a, size + b] = scaled.Dot(columns[a], columns[b]);
            system[a, a] += scaled.L2[support[a]];
        }

        Eliminate(system, size);
        return Enumerable.Range(0, size).Sum(a => system[a, size + a]);
    }

    /// <summary>Turns [M | A] into [I | M⁻¹A]; M is positive definite, so that no pivot needs to be looked for.</summary>
    private static void Eliminate(double[,] system, int size)
    {
        for (int k = 0; k < size; k++)
        {
            double pivot = system[k, k];
            for (int c = 0; c < 2 * size; c++)
                system[k, c] /= pivot;
            for (int r = 0; r < size; r++)
            {
                double factor = system[r, k];
                for (int c = 0; c < 2 * size && r != k; c++)
                    system[r, c] -= factor * system[k, c];
            }
        }
    }
}
