using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Explanation;

/// <summary>
/// What each feature takes from the deviance as all coefficients grow together from 0 to what they are, the intercept following: the integral of
/// the deviance's derivative by each, which is the formula of squared error where the loss is that (Aumann and Shapley 1974). The parts add up
/// to what the model takes.
/// </summary>
internal sealed class DevianceParts
{
    /// <summary>The interval is cut into so many pieces of eight nodes.</summary>
    private const int Pieces = 4;

    private const int MostSteps = 200;

    // Gauss and Legendre, on [−1, 1]; symmetric.
    private static readonly (double Node, double Weight)[] s_rule =
    [
        (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
    ];

    private readonly RowLoss _loss;
    private readonly CountedRows _rows;
    private readonly bool _hasIntercept;
    private readonly double[] _response, _offset, _fitted, _weights, _eta, _half, _slope, _curvature;
    private double _intercept;

    /// <param name="loss">The loss.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="y">The target, all rows.</param>
    /// <param name="offset">The offset, all rows, or empty.</param>
    /// <param name="fitted">√w·Σβ(x − mean) of the rows that count.</param>
    /// <param name="hasIntercept">Whether the model has an intercept.</param>
    public DevianceParts(RowLoss loss, CountedRows rows, ReadOnlySpan<double> y, ReadOnlySpan<double> offset, double[] fitted, bool hasIntercept)
    {
        (_loss, _rows, _hasIntercept) = (loss, rows, hasIntercept);
        int n = rows.Count;
        (_response, _offset, _fitted, _weights) = (new double[n], new double[n], new double[n], new double[n]);
        (_eta, _half, _slope, _curvature) = (new double[n], new double[n], new double[n], new double[n]);
        for (int k = 0; k < n; k++)
        {
            int i = rows.Places[k];
            (_response[k], _offset[k]) = (y[i], offset.IsEmpty ? 0 : offset[i]);
            (_fitted[k], _weights[k]) = (fitted[k] / rows.Roots[k], rows.Roots[k] * rows.Roots[k]);
        }
    }

    /// <summary>The share of the null deviance that each feature takes.</summary>
    /// <param name="centred">√w·(x − mean) of each.</param>
    /// <param name="values">β of each.</param>
    public double[] Of(double[][] centred, double[] values)
    {
        double[] parts = new double[values.Length];
        double nullDeviance = 2 * At(0);
        if (!(nullDeviance > 0))
            return parts;
        for (int piece = 0; piece < Pieces; piece++)
        {
            foreach ((double node, double weight) in s_rule)
            {
                Add(piece, -node, weight);
                Add(piece, node, weight);
            }
        }

        return parts;

        void Add(int piece, double node, double weight)
        {
            At((piece + 0.5 * (1 + node)) / Pieces);
            for (int i = 0; i < _slope.Length; i++)
                _slope[i] *= _rows.Roots[i];
            for (int k = 0; k < parts.Length; k++)
                parts[k] -= weight / (2 * Pieces) * 2 * values[k] * Vectors.Dot(_slope, centred[k]) / nullDeviance;
        }
    }

    /// <summary>Half the deviance at a share of the coefficients, with its slopes.</summary>
    private double At(double share)
    {
        double least = double.NegativeInfinity, most = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            for (int i = 0; i < _eta.Length; i++)
                _eta[i] = _offset[i] + _intercept + share * _fitted[i];
            _loss.Evaluate(_response, _eta, _half, _slope, _curvature);
            double slope = Vectors.Dot(_slope, _weights), change = -slope / Vectors.Dot(_curvature, _weights);
            if (!_hasIntercept || step == MostSteps || !(Math.Abs(change) > 1e-14 * (1 + Math.Abs(_intercept))))
                return Vectors.Dot(_half, _weights);
            (least, most) = slope < 0 ? (_intercept, most) : (least, _intercept);
            _intercept += Math.Clamp(change, -2, 2);
            if (_intercept <= least || _intercept >= most)
                _intercept = 0.5 * (least + most);
        }
    }
}
