namespace ElasticNet.Fast.Tests.Inference;

/// <summary>Correlated columns, a few of which matter.</summary>
internal static class RandomData
{
    public static (double[,] X, double[] Y) Linear(int rows, int columns, int seed, double noise = 1)
    {
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[,] x = new double[rows, columns];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double before = 0;
            for (int j = 0; j < columns; j++)
                x[i, j] = (1 + j % 3) * (before = 0.5 * before + Normal()) + j;
            y[i] = 3 + x[i, 0] - 0.7 * x[i, 1] + 0.4 * x[i, 2] + noise * Normal();
        }

        return (x, y);
    }

    /// <summary>All coefficients of a model.</summary>
    public static double[] ToDense(this ElasticNetModel model, int columns)
    {
        double[] dense = new double[columns];
        for (int k = 0; k < model.Indices.Length; k++)
            dense[model.Indices[k]] = model.Values[k];
        return dense;
    }
}
