namespace ElasticNet.Fast.Compare.Problems;

/// <summary>One generated regression problem: standardised X and y.</summary>
internal sealed class Problem
{
    /// <summary>Name in the catalog.</summary>
    public required string Name { get; init; }

    /// <summary>Columns centred, 1/n mean square 1.</summary>
    public required DesignMatrix<double> X { get; init; }

    /// <summary>Centred, mean square 1, so that a peer's own scaling of y changes nothing.</summary>
    public required double[] Y { get; init; }

    /// <summary>Smallest over largest λ.</summary>
    public required double LambdaRatio { get; init; }

    /// <summary>How many λ of the grid are solved, from the largest.</summary>
    public required int PathLength { get; init; }

    /// <summary>Number of folds of the cross-validation.</summary>
    public const int FoldCount = 10;

    /// <summary>The fold of each row: 1 … 10 repeated, shuffled.</summary>
    public required int[] FoldIds { get; init; }

    /// <summary>n.</summary>
    public int Rows => X.Rows;

    /// <summary>p.</summary>
    public int Columns => X.Columns;

    /// <summary>100 values, geometric, from the λ_max that zeroes every coefficient to λ_max × <see cref="LambdaRatio"/>.</summary>
    public double[] LambdaGrid(double l1Ratio, int count = 100)
    {
        double largest = 0;
        for (int j = 0; j < Columns; j++)
        {
            double dot = 0;
            ReadOnlySpan<double> column = X.Column(j);
            for (int i = 0; i < column.Length; i++)
                dot += column[i] * Y[i];
            largest = Math.Max(largest, Math.Abs(dot) / Rows);
        }
        double lambdaMax = largest / Math.Max(l1Ratio, 1e-3);
        double[] grid = new double[count];
        for (int k = 0; k < count; k++)
            grid[k] = lambdaMax * Math.Pow(LambdaRatio, (double)k / (count - 1));
        return grid;
    }
}
