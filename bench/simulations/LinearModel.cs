using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Simulations;

/// <summary>
/// y = Xβ + ε with ε ~ N(0, 1), rows of X from N(0, Σ), Σⱼₖ = r^|j−k|, and coefficients of both signs and falling size, spread over
/// the columns.
/// </summary>
/// <param name="Rows">n.</param>
/// <param name="Columns">p.</param>
/// <param name="Correlation">r of neighbours.</param>
internal sealed record LinearModel(int Rows, int Columns, double Correlation)
{
    private static readonly double[] s_sizes = [1, -0.8, 0.6, -0.4, 0.3];

    /// <summary>The true coefficients.</summary>
    public double[] Beta { get; } = Coefficients(Columns);

    /// <summary>Draws a data set; one seed, one data set.</summary>
    public (double[,] X, double[] Mean, double[] Y) Draw(ulong seed, int replication)
    {
        NormalSource random = new(seed, (ulong)replication);
        double[,] x = new double[Rows, Columns];
        double[] mean = new double[Rows], y = new double[Rows];
        double fresh = Math.Sqrt(1 - Correlation * Correlation);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                x[i, j] = j == 0 ? random.NextNormal() : Correlation * x[i, j - 1] + fresh * random.NextNormal();
                mean[i] += x[i, j] * Beta[j];
            }

            y[i] = mean[i] + random.NextNormal();
        }

        return (x, mean, y);
    }

    private static double[] Coefficients(int columns)
    {
        double[] beta = new double[columns];
        for (int k = 0; k < s_sizes.Length; k++)
            beta[k * columns / s_sizes.Length] = s_sizes[k];
        return beta;
    }
}
