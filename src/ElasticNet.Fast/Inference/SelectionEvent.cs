using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// "The elastic net selects these features with these signs": linear inequalities in y (Lee, Sun, Sun and Taylor 2016). With
/// l1 = nλρ, l2 = nλ(1−ρ), A = X_EᵀX_E + l2·diag(v) and s the signs, β_E = A⁻¹(X_Eᵀy − l1·v∘s) must have the signs s, and
/// |xⱼᵀ(y − X_Eβ_E)| ≤ l1·vⱼ outside E.
/// </summary>
internal sealed class SelectionEvent
{
    /// <summary>Inner products are off by at most this times the product of norms.</summary>
    private const double Rounding = 256 * 2.220446049250313e-16;

    private readonly InferenceSample _sample;
    private readonly double[][] _columns;
    private readonly int[] _support, _signs;
    private readonly double[] _strength1;
    private readonly double[][] _inverse;
    private readonly double[] _beta, _residuals, _norms, _betaReach;
    private readonly double _reach;
    private readonly Func<int, double> _l1;

    /// <param name="sample">The data.</param>
    /// <param name="support">E.</param>
    /// <param name="signs">s.</param>
    /// <param name="l1">Strength of |βⱼ| per feature, for sums over n rows.</param>
    /// <param name="l2">Strength of ½βⱼ² per feature, likewise.</param>
    public SelectionEvent(InferenceSample sample, int[] support, int[] signs, Func<int, double> l1, Func<int, double> l2)
    {
        (_sample, _support, _signs, _l1) = (sample, support, signs, l1);
        int m = support.Length;
        _columns = new double[m][];
        for (int k = 0; k < m; k++)
            sample.Fill(support[k], _columns[k] = new double[sample.Rows]);
        _strength1 = Array.ConvertAll(support, j => l1(j));
        _inverse = Inverse(Array.ConvertAll(support, j => l2(j)));
        double[] right = new double[m];
        for (int k = 0; k < m; k++)
            right[k] = Vectors.Dot(_columns[k], sample.Target) - _strength1[k] * signs[k];
        _beta = Multiply(right);
        _norms = Array.ConvertAll(_columns, Norm);
        _betaReach = Array.ConvertAll(_inverse, row => row.Select((value, k) => Math.Abs(value) * (_norms[k] * Norm(sample.Target) + _strength1[k])).Sum());
        _residuals = [.. sample.Target];
        _reach = Norm(sample.Target);
        for (int k = 0; k < m; k++)
        {
            Vectors.Add(-_beta[k], _columns[k], _residuals);
            _reach += Math.Abs(_beta[k]) * _norms[k];
        }
    }

    /// <summary>
    /// How far y may move along each of some directions before the event ends: the limits of t in y + t·direction. A condition that changes
    /// by no more than rounding along a direction, as that of a column which the selected ones span does along their contrasts, holds
    /// wherever it held, and bounds nothing.
    /// </summary>
    /// <returns>The limits; and the features at whose condition y itself lies, up to rounding, so that a limit of 0 is any small number, −1 where it lies inside.</returns>
    public (double Low, double High, int Touched)[] Limits(double[][] directions)
    {
        (double Low, double High, int Touched)[] limits = new (double, double, int)[directions.Length];
        double[][] moved = new double[directions.Length][];
        double[] reach = new double[directions.Length];
        for (int d = 0; d < directions.Length; d++)
        {
            limits[d] = (double.NegativeInfinity, double.PositiveInfinity, -1);
            double[] slope = Multiply(Array.ConvertAll(_columns, own => Vectors.Dot(own, directions[d])));
            moved[d] = [.. directions[d]];
            reach[d] = Norm(directions[d]);
            for (int k = 0; k < slope.Length; k++)
            {
                Vectors.Add(-slope[k], _columns[k], moved[d]);
                reach[d] += Math.Abs(slope[k]) * _norms[k];
                if (_strength1[k] > 0)
                    Bound(ref limits[d], _support[k], _signs[k] * _beta[k], _signs[k] * slope[k], Rounding * _betaReach[k], 0);
            }
        }

        double[] column = new double[_sample.Rows];
        HashSet<int> inside = [.. _support];
        for (int j = 0; j < _sample.Columns; j++)
        {
            double limit = _l1(j);
            if (inside.Contains(j) || double.IsPositiveInfinity(limit))
                continue;
            _sample.Fill(j, column);
            double gradient = Vectors.Dot(column, _residuals), norm = Norm(column), blur = Rounding * (limit + norm * _reach);
            for (int d = 0; d < directions.Length; d++)
            {
                double change = Vectors.Dot(column, moved[d]);
                Bound(ref limits[d], j, limit - gradient, -change, blur, Rounding * norm * reach[d]);
                Bound(ref limits[d], j, limit + gradient, change, blur, Rounding * norm * reach[d]);
            }
        }

        return limits;
    }

    /// <summary>Narrows the limits to room + t·change ≥ 0, each known up to some rounding.</summary>
    private static void Bound(ref (double Low, double High, int Touched) limits, int feature, double room, double change, double roomBlur, double changeBlur)
    {
        if (Math.Abs(change) <= changeBlur)
            return;
        if (room <= roomBlur)
            limits.Touched = feature;
        double at = Math.Max(room, 0) / Math.Abs(change);
        if (change < 0)
            limits.High = Math.Min(limits.High, at);
        else if (change > 0)
            limits.Low = Math.Max(limits.Low, -at);
    }

    private static double Norm(double[] vector) => Math.Sqrt(Vectors.Dot(vector, vector));

    private unsafe double[][] Inverse(double[] ridge)
    {
        int m = _columns.Length;
        using CholeskyFactor factor = new();
        using AlignedBuffer<double> buffer = new();
        double* row = buffer.Require(Math.Max(m, 1));
        for (int k = 0; k < m; k++)
        {
            for (int l = 0; l < k; l++)
                row[l] = Vectors.Dot(_columns[k], _columns[l]);
            if (!factor.TryAppend(row, Vectors.Dot(_columns[k], _columns[k]) + ridge[k]))
                Throw.Data("x", Throw.Invariant($"the selected features must be linearly independent, but '{_sample.Names[_support[k]]}' depends on {k} others of the {m} selected; leave it out, or use the debiased fit."));
        }

        double[][] inverse = new double[m][];
        for (int k = 0; k < m; k++)
        {
            new Span<double>(row, m).Clear();
            row[k] = 1;
            factor.Solve(row);
            inverse[k] = new Span<double>(row, m).ToArray();
        }

        return inverse;
    }

    private double[] Multiply(double[] right) => Array.ConvertAll(_inverse, row => Vectors.Dot(row, right));
}
