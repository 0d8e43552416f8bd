namespace ElasticNet.Fast.Compare.Problems;

/// <summary>
/// Sparse columns as words in texts: counts ∝ 1/(j + 50), at least 3, at most n/4, at random rows; values
/// lognormal(0, ½)·log(n/count), rows scaled to length 1.
/// </summary>
/// <param name="Density">Share of the elements that the counts come to before they are bounded.</param>
/// <param name="IsScaled">Whether columns are divided by their 1/n standard deviation and there is an intercept; else as they are, without one.</param>
internal sealed record SparseDesign(double Density, bool IsScaled) : DesignRecipe
{
    /// <summary>Makes all columns.</summary>
    public SparseMatrix<double> Make(int rows, int columns, NormalSource random)
    {
        double shares = Enumerable.Range(0, columns).Sum(j => 1.0 / (j + 50)), scale = Density * rows * columns / shares;
        long[] starts = new long[columns + 1];
        List<int> indices = [];
        List<double> values = [];
        int[] taken = new int[rows];
        double[] squares = new double[rows];
        for (int j = 0; j < columns; j++)
        {
            int count = Math.Clamp((int)Math.Round(scale / (j + 50)), 3, rows / 4);
            while (values.Count < starts[j] + count)
            {
                int row = random.NextInt32(rows);
                if (taken[row] == j + 1)
                    continue;
                taken[row] = j + 1;
                double value = Math.Exp(0.5 * random.NextNormal()) * Math.Log((double)rows / count);
                indices.Add(row);
                values.Add(value);
                squares[row] += value * value;
            }
            indices.Sort((int)starts[j], count, null);
            starts[j + 1] = values.Count;
        }

        double[] scaled = [.. values];
        for (int k = 0; k < scaled.Length; k++)
            scaled[k] /= Math.Sqrt(squares[indices[k]]);
        for (int j = 0; IsScaled && j < columns; j++)
            Scale(scaled.AsSpan((int)starts[j]..(int)starts[j + 1]), rows);
        return SparseMatrix.FromCsc<double>(rows, columns, starts, indices.ToArray(), scaled);
    }

    private static void Scale(Span<double> column, int rows)
    {
        double sum = 0, square = 0;
        foreach (double value in column)
            (sum, square) = (sum + value, square + value * value);
        double deviation = Math.Sqrt(square / rows - sum / rows * (sum / rows));
        foreach (ref double value in column)
            value /= deviation;
    }
}
