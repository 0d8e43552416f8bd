namespace ElasticNet.Fast.Compare.Problems;

/// <summary>One generated problem: X, y, and the loss that is minimised.</summary>
internal sealed class Problem
{
    /// <summary>Name in the catalog.</summary>
    public required string Name { get; init; }

    /// <summary>Columns centred, 1/n mean square 1; no more than a shape where X is <see cref="Sparse"/>.</summary>
    public required DesignMatrix<double> X { get; init; }

    /// <summary>X where it is sparse, else null.</summary>
    public SparseMatrix<double>? Sparse { get; init; }

    /// <summary>Which loss.</summary>
    public Family Family { get; init; } = Family.Gaussian;

    /// <summary>Whether the coefficients of a feature for all outputs are 0 together.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>Classes or responses; 1 of other losses.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Whether there is an intercept.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>Whether it is dense least squares, which every peer solves.</summary>
    public bool IsDenseGaussian => Family == Family.Gaussian && Sparse is null;

    /// <summary>What the library is given.</summary>
    public Features Features => Sparse is null ? X.View : Sparse;

    /// <summary>Of least squares centred, mean square 1, so that a peer's own scaling of y changes nothing.</summary>
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

    /// <summary>xⱼᵀv.</summary>
    public double Dot(int column, double[] v)
    {
        double dot = 0;
        if (Sparse is null)
        {
            ReadOnlySpan<double> x = X.Column(column);
            for (int i = 0; i < x.Length; i++)
                dot += x[i] * v[i];
        }
        else
        {
            ReadOnlySpan<int> rows = Sparse.RowsOf(column);
            ReadOnlySpan<double> values = Sparse.ValuesOf(column);
            for (int i = 0; i < rows.Length; i++)
                dot += values[i] * v[rows[i]];
        }
        return dot;
    }

    /// <summary>v += β xⱼ.</summary>
    public void Add(int column, double beta, double[] v)
    {
        if (Sparse is null)
        {
            ReadOnlySpan<double> x = X.Column(column);
            for (int i = 0; i < x.Length; i++)
                v[i] += beta * x[i];
        }
        else
        {
            ReadOnlySpan<int> rows = Sparse.RowsOf(column);
            ReadOnlySpan<double> values = Sparse.ValuesOf(column);
            for (int i = 0; i < rows.Length; i++)
                v[rows[i]] += beta * values[i];
        }
    }

    /// <summary>100 values, geometric, from the λ_max that zeroes every coefficient to λ_max × <see cref="LambdaRatio"/>.</summary>
    public double[] LambdaGrid(double l1Ratio, int count = 100)
    {
        double nullMean = Intercept ? Y.Average() : Family == Family.Binomial ? 0.5 : 0, largest = 0;
        double[] residual = Array.ConvertAll(Y, value => value - nullMean);
        for (int j = 0; j < Columns; j++)
            largest = Math.Max(largest, Math.Abs(Dot(j, residual)) / Rows);
        double lambdaMax = largest / Math.Max(l1Ratio, 1e-3);
        double[] grid = new double[count];
        for (int k = 0; k < count; k++)
            grid[k] = lambdaMax * Math.Pow(LambdaRatio, (double)k / (count - 1));
        return grid;
    }
}
