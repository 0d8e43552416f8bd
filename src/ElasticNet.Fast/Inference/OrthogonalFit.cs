using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// Least squares by modified Gram–Schmidt with reorthogonalisation, A = QR: coefficients, residuals, and (AᵀA)⁻¹ = R⁻¹R⁻ᵀ.
/// </summary>
internal sealed class OrthogonalFit
{
    private readonly double[][] _basis, _inverse;

    private OrthogonalFit(double[] coefficients, double[] residuals, double[][] basis, double[][] inverse) =>
        (Coefficients, Residuals, _basis, _inverse) = (coefficients, residuals, basis, inverse);

    public double[] Coefficients { get; }

    public double[] Residuals { get; }

    /// <summary>Sum of squared residuals.</summary>
    public double ResidualSquare => Vectors.Dot(Residuals, Residuals);

    /// <summary>
    /// Fits; null where too little of a column is left beside all others, whatever their order. <paramref name="dependent"/> then holds the
    /// columns that depend on each other.
    /// </summary>
    /// <param name="columns">A, column by column.</param>
    /// <param name="target">The right-hand side.</param>
    /// <param name="dependent">Groups of columns; empty where there is a fit.</param>
    /// <param name="least">What must be left of a column, as a share of its norm.</param>
    public static OrthogonalFit? TryFit(double[][] columns, double[] target, out List<int[]> dependent, double least = RankRevealingBasis.Rounding)
    {
        OrthogonalFit? fit = Fit(columns, target, least);
        dependent = fit is null ? new RankRevealingBasis(columns).Groups(2 * least) : []; // 2: two factorisations round otherwise
        return fit;
    }

    private static OrthogonalFit? Fit(double[][] columns, double[] target, double least)
    {
        int m = columns.Length;
        double[] norms = new double[m];
        double[][] q = new double[m][], inverse = new double[m][];
        double[] rest = [.. target], along = new double[m];
        for (int k = 0; k < m; k++)
        {
            double[] column = [.. columns[k]];
            norms[k] = Math.Sqrt(Vectors.Dot(column, column));
            // column = Σ qᵢrᵢ + rest; R⁻¹ grows by the column (eₖ − R⁻¹r)/‖rest‖.
            double[] combination = new double[m];
            combination[k] = 1;
            for (int round = 0; round < 2; round++)
            {
                for (int i = 0; i < k; i++)
                {
                    double part = Vectors.Dot(q[i], column);
                    Vectors.Add(-part, q[i], column);
                    for (int l = 0; l <= i; l++)
                        combination[l] -= part * inverse[i][l];
                }
            }

            double left = Math.Sqrt(Vectors.Dot(column, column));
            if (!(left > least * norms[k]))
                return null;

            for (int i = 0; i < column.Length; i++)
                column[i] /= left;
            for (int l = 0; l <= k; l++)
                combination[l] /= left;
            (q[k], inverse[k]) = (column, combination);
            along[k] = Vectors.Dot(column, rest);
            Vectors.Add(-along[k], column, rest);
        }

        double[] coefficients = new double[m];
        for (int k = 0; k < m; k++)
        {
            double again = Vectors.Dot(q[k], rest);
            Vectors.Add(-again, q[k], rest);
            for (int l = 0; l <= k; l++)
                coefficients[l] += (along[k] + again) * inverse[k][l];
        }

        OrthogonalFit fit = new(coefficients, rest, q, inverse);
        // Beside those before it something was left of every column; it must be beside all.
        for (int k = 0; k < m; k++)
        {
            if (!(1 > least * norms[k] * Math.Sqrt(fit.Variance(k))))
                return null;
        }

        return fit;
    }

    /// <summary>The v with vᵀy the j-th coefficient: A(AᵀA)⁻¹eⱼ = QR⁻ᵀeⱼ.</summary>
    public double[] Contrast(int j)
    {
        double[] contrast = new double[Residuals.Length];
        for (int k = j; k < _basis.Length; k++)
            Vectors.Add(_inverse[k][j], _basis[k], contrast);
        return contrast;
    }

    /// <summary>(AᵀA)⁻¹c.</summary>
    public double[] Solve(ReadOnlySpan<double> c)
    {
        double[] solution = new double[_inverse.Length];
        for (int k = 0; k < _inverse.Length; k++)
        {
            double part = 0;
            for (int l = 0; l <= k; l++)
                part += _inverse[k][l] * c[l];
            for (int l = 0; l <= k; l++)
                solution[l] += part * _inverse[k][l];
        }

        return solution;
    }

    /// <summary>cᵀ(AᵀA)⁻¹c.</summary>
    public double Variance(ReadOnlySpan<double> c)
    {
        double sum = 0;
        for (int k = 0; k < c.Length; k++)
        {
            double part = 0;
            for (int l = 0; l <= k; l++)
                part += _inverse[k][l] * c[l];
            sum += part * part;
        }

        return sum;
    }

    /// <summary>The j-th element of the diagonal of (AᵀA)⁻¹.</summary>
    public double Variance(int j)
    {
        double sum = 0;
        for (int k = j; k < _inverse.Length; k++)
            sum += _inverse[k][j] * _inverse[k][j];
        return sum;
    }
}
