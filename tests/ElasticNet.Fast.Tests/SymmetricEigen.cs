namespace ElasticNet.Fast.Tests;

/// <summary>Eigenvalues and -vectors of a small symmetric matrix by Jacobi's rotations: slow, plain and accurate.</summary>
internal sealed class SymmetricEigen
{
    public SymmetricEigen(double[,] matrix)
    {
        int p = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone();
        Vectors = new double[p, p];
        for (int j = 0; j < p; j++)
            Vectors[j, j] = 1;
        for (int sweep = 0; sweep < 60; sweep++)
        {
            double largest = 0;
            for (int i = 0; i < p; i++)
            {
                for (int j = 0; j < i; j++)
                    largest = Math.Max(largest, Rotate(a, i, j));
            }

            if (largest < 1e-17)
                break;
        }

        Values = [.. Enumerable.Range(0, p).Select(j => a[j, j])];
    }

    public double[] Values { get; }

    /// <summary>Column k belongs to value k.</summary>
    public double[,] Vectors { get; }

    /// <summary>Σₖ f(valueₖ) vₖ vₖᵀ b.</summary>
    public double[] Apply(Func<double, double> f, double[] b)
    {
        double[] result = new double[b.Length];
        for (int k = 0; k < b.Length; k++)
        {
            double along = 0;
            for (int j = 0; j < b.Length; j++)
                along += Vectors[j, k] * b[j];
            along *= f(Values[k]);
            for (int j = 0; j < b.Length; j++)
                result[j] += along * Vectors[j, k];
        }

        return result;
    }

    /// <summary>Zeroes a[i, j]; returns how large it was beside the diagonal.</summary>
    private double Rotate(double[,] a, int i, int j)
    {
        double off = a[i, j];
        double size = Math.Sqrt(Math.Abs(a[i, i] * a[j, j]));
        if (off == 0)
            return 0;
        double tau = (a[j, j] - a[i, i]) / (2 * off);
        double t = (tau < 0 ? -1 : 1) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
        double c = 1 / Math.Sqrt(1 + t * t);
        (double s, int p) = (t * c, a.GetLength(0));
        for (int k = 0; k < p; k++)
            (a[k, i], a[k, j]) = (c * a[k, i] - s * a[k, j], s * a[k, i] + c * a[k, j]);
        for (int k = 0; k < p; k++)
        {
            (a[i, k], a[j, k]) = (c * a[i, k] - s * a[j, k], s * a[i, k] + c * a[j, k]);
            (Vectors[k, i], Vectors[k, j]) = (c * Vectors[k, i] - s * Vectors[k, j], s * Vectors[k, i] + c * Vectors[k, j]);
        }

        return size == 0 ? 0 : Math.Abs(off) / size;
    }
}
