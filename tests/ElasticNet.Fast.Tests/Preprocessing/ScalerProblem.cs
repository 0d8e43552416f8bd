namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>A table to be scaled: gaps, constant columns, ties, huge means, sizes from 1e-6 to 1e6, and options for every method.</summary>
internal sealed class ScalerProblem
{
    public ScalerProblem(Random random)
    {
        Rows = random.Next(1, random.Next(2) == 0 ? 10 : 700);
        Columns = random.Next(1, 20);
        X = Empty();
        for (int j = 0; j < Columns; j++)
        {
            double size = Math.Pow(10, random.Next(-6, 7)), centre = random.Next(3) == 0 ? 1e3 * size : 0;
            int kind = random.Next(4);
            for (int i = 0; i < Rows; i++)
            {
                double z = kind switch { 0 => 1, 1 => random.Next(4), _ => random.NextDouble() };
                X[i, j] = random.Next(10) == 0 ? double.NaN : centre + size * z;
            }
        }

        Weights = random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, Rows).Select(_ => random.Next(5) == 0 ? 0 : random.NextDouble())];
        Options = new()
        {
            Method = (ScalingMethod)random.Next(Enum.GetValues<ScalingMethod>().Length),
            TargetMinimum = -random.Next(3),
            TargetMaximum = random.Next(1, 4),
            LowerQuantile = 0.3 * random.NextDouble(),
            UpperQuantile = 1 - 0.3 * random.NextDouble(),
        };
    }

    public int Rows { get; }
    public int Columns { get; }
    public double[,] X { get; }
    public double[] Weights { get; }
    public ScalerOptions Options { get; }

    public double[,] Empty() => new double[Rows, Columns];

    public void ForEach(Action<int, int> visit)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                visit(i, j);
        }
    }

    /// <summary>The rows that count in a column.</summary>
    public IEnumerable<int> Present(int column) =>
        Enumerable.Range(0, Rows).Where(i => !double.IsNaN(X[i, column]) && (Weights.Length == 0 || Weights[i] > 0));

    public double[,] Take(int[] rows)
    {
        double[,] taken = new double[rows.Length, Columns];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < Columns; j++)
                taken[i, j] = X[rows[i], j];
        }

        return taken;
    }
}
