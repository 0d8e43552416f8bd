namespace ElasticNet.Fast.Inference;

/// <summary>The Cholesky factor of an information matrix of a few coefficients; columns that depend on those before them are left out.</summary>
internal sealed class InformationFactor
{
    /// <summary>Less than this share of a diagonal element beside the others is rounding.</summary>
    private const double Rounding = 1e-9;

    private readonly List<double[]> _rows = [];

    /// <summary>Factorises.</summary>
    /// <param name="matrix">p × p.</param>
    /// <param name="size">p.</param>
    public InformationFactor(double[] matrix, int size)
    {
        List<int> kept = [];
        for (int j = 0; j < size; j++)
        {
            double[] row = new double[kept.Count + 1];
            double pivot = matrix[j * size + j];
            for (int k = 0; k < kept.Count; k++)
            {
                row[k] = matrix[j * size + kept[k]];
                for (int l = 0; l < k; l++)
                    row[k] -= _rows[k][l] * row[l];
                row[k] /= _rows[k][k];
                pivot -= row[k] * row[k];
            }

            if (!(pivot > Rounding * matrix[j * size + j]))
                continue;
            row[^1] = Math.Sqrt(pivot);
            kept.Add(j);
            _rows.Add(row);
        }

        Kept = [.. kept];
    }

    /// <summary>The columns that are told apart, ascending.</summary>
    public int[] Kept { get; }

    /// <summary>The solution for a right side of as many numbers as columns are <see cref="Kept"/>.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        double[] solution = right.ToArray();
        for (int k = 0; k < solution.Length; k++)
        {
            for (int l = 0; l < k; l++)
                solution[k] -= _rows[k][l] * solution[l];
            solution[k] /= _rows[k][k];
        }

        for (int k = solution.Length - 1; k >= 0; k--)
        {
            solution[k] /= _rows[k][k];
            for (int l = 0; l < k; l++)
                solution[l] -= _rows[k][l] * solution[k];
        }

        return solution;
    }
}
