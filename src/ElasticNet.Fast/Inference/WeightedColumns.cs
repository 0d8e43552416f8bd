using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// XᵀWX of columns and an intercept, by orthogonal factors of √W(X − means): with the means taken off, the intercept is a problem of its
/// own, and a column that hardly varies about a large mean keeps its digits.
/// </summary>
internal sealed class WeightedColumns
{
    private readonly double[][] _columns;
    private readonly double[] _weights;
    private readonly OrthogonalFit _factors;
    private readonly double _sum;
    private readonly bool _intercept;

    private WeightedColumns(double[][] columns, double[] weights, bool intercept, double[] means, double sum, OrthogonalFit factors) =>
        (_columns, _weights, _intercept, Means, _sum, _factors) = (columns, weights, intercept, means, sum, factors);

    /// <summary>Weighted mean of each column, 0 without an intercept.</summary>
    public double[] Means { get; }

    /// <summary>Factorises; null where columns depend on each other, in groups.</summary>
    /// <param name="columns">As they are.</param>
    /// <param name="weights">Of the rows, not negative.</param>
    /// <param name="intercept">Whether there is one.</param>
    /// <param name="dependent">Groups of columns; empty where it went well.</param>
    public static WeightedColumns? TryOf(double[][] columns, double[] weights, bool intercept, out List<int[]> dependent)
    {
        double sum = weights.Sum();
        double[] roots = Array.ConvertAll(weights, Math.Sqrt), means = new double[columns.Length];
        double[][] centred = new double[columns.Length][];
        for (int k = 0; k < columns.Length; k++)
        {
            means[k] = intercept ? Mean(columns[k], weights, sum) : 0;
            centred[k] = new double[weights.Length];
            for (int i = 0; i < weights.Length; i++)
                centred[k][i] = roots[i] * (columns[k][i] - means[k]);
        }

        return OrthogonalFit.TryFit(centred, new double[weights.Length], out dependent) is { } factors ? new(columns, weights, intercept, means, sum, factors) : null;
    }

    /// <summary>(XᵀWX)⁻¹ times a gradient.</summary>
    /// <param name="ofIntercept">Σsᵢ, s the derivatives by η; of no meaning without an intercept.</param>
    /// <param name="centred">Σsᵢ(xᵢₖ − mean) of each column.</param>
    /// <returns>The step, and its square length in the norm of XᵀWX: how far it moves the fit.</returns>
    public (double Intercept, double[] Coefficients, double Moved) Solve(double ofIntercept, ReadOnlySpan<double> centred)
    {
        double[] steps = _factors.Solve(centred);
        double intercept = _intercept ? ofIntercept / _sum : 0, moved = intercept * ofIntercept;
        for (int k = 0; k < steps.Length; k++)
        {
            moved += steps[k] * centred[k];
            intercept -= Means[k] * steps[k];
        }

        return (intercept, steps, moved);
    }

    /// <summary>An element of the diagonal of (XᵀWX)⁻¹; of the intercept for −1.</summary>
    public double Variance(int k) => k < 0 ? 1 / _sum + _factors.Variance(Means) : _factors.Variance(k);

    /// <summary>What each row's score does to a coefficient, (XᵀWX)⁻¹xᵢ; to the intercept for −1.</summary>
    public double[] Influence(int k)
    {
        double[] c = new double[_columns.Length];
        if (k < 0)
            Array.ConvertAll(Means, mean => -mean).CopyTo(c, 0);
        else
            c[k] = 1;
        double[] solved = _factors.Solve(c), influence = new double[_weights.Length];
        for (int i = 0; i < influence.Length; i++)
        {
            influence[i] = k < 0 ? 1 / _sum : 0;
            for (int l = 0; l < solved.Length; l++)
                influence[i] += solved[l] * (_columns[l][i] - Means[l]);
        }

        return influence;
    }

    /// <summary>The diagonal of the hat matrix.</summary>
    public double[] Leverages()
    {
        double[] leverages = new double[_weights.Length], row = new double[_columns.Length];
        for (int i = 0; i < leverages.Length; i++)
        {
            for (int k = 0; k < row.Length; k++)
                row[k] = _columns[k][i] - Means[k];
            leverages[i] = _weights[i] * ((_intercept ? 1 / _sum : 0) + _factors.Variance(row));
        }

        return leverages;
    }

    /// <summary>From the first value on, and once more from there.</summary>
    private static double Mean(double[] values, double[] weights, double sum)
    {
        double mean = values[0];
        for (int round = 0; round < 3; round++)
        {
            double excess = 0;
            for (int i = 0; i < values.Length; i++)
                excess += weights[i] * (values[i] - mean);
            mean += excess / sum;
        }

        return mean;
    }
}
