using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Explanation;

/// <summary>The parts of a deviance that is a sum over rows; the intercept follows.</summary>
internal sealed class RowDevianceParts : DevianceParts
{
    private const int MostSteps = 200;

    private readonly RowLoss _loss;
    private readonly bool _hasIntercept;
    private readonly double[] _response, _offset, _fitted, _weights, _eta, _half, _curvature;
    private double _intercept;

    /// <param name="loss">The loss.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="y">The target, all rows.</param>
    /// <param name="offset">The offset, all rows, or empty.</param>
    /// <param name="fitted">√w·Σβ(x − mean) of the rows that count.</param>
    /// <param name="hasIntercept">Whether the model has an intercept.</param>
    public RowDevianceParts(RowLoss loss, CountedRows rows, ReadOnlySpan<double> y, ReadOnlySpan<double> offset, double[] fitted, bool hasIntercept)
        : base(rows)
    {
        (_loss, _hasIntercept) = (loss, hasIntercept);
        int n = rows.Count;
        (_response, _offset, _fitted, _weights) = (new double[n], new double[n], new double[n], new double[n]);
        (_eta, _half, _curvature) = (new double[n], new double[n], new double[n]);
        for (int k = 0; k < n; k++)
        {
            int i = rows.Places[k];
            (_response[k], _offset[k]) = (y[i], offset.IsEmpty ? 0 : offset[i]);
            (_fitted[k], _weights[k]) = (fitted[k] / rows.Roots[k], rows.Roots[k] * rows.Roots[k]);
        }
    }

    /// <inheritdoc/>
    protected override double At(double share)
    {
        double least = double.NegativeInfinity, most = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            for (int i = 0; i < _eta.Length; i++)
                _eta[i] = _offset[i] + _intercept + share * _fitted[i];
            _loss.Evaluate(_response, _eta, _half, Slope, _curvature);
            double slope = Vectors.Dot(Slope, _weights), change = -slope / Vectors.Dot(_curvature, _weights);
            if (!_hasIntercept || step == MostSteps || !(Math.Abs(change) > 1e-14 * (1 + Math.Abs(_intercept))))
                return Vectors.Dot(_half, _weights);
            (least, most) = slope < 0 ? (_intercept, most) : (least, _intercept);
            _intercept += Math.Clamp(change, -2, 2);
            if (_intercept <= least || _intercept >= most)
                _intercept = 0.5 * (least + most);
        }
    }
}
