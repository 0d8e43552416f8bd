using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Explanation;

/// <summary>The parts of the deviance of several classes; the intercept of each follows.</summary>
internal sealed unsafe class ClassDevianceParts : DevianceParts, IDisposable
{
    private const int MostSteps = 200;
    private const int MostHalvings = 60;

    private readonly int _classes, _count;
    private readonly bool _hasIntercepts;
    private readonly int[] _class;
    private readonly double[] _offset, _fitted, _weights, _intercepts, _left, _step, _before;
    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<double> _memory = new();

    /// <param name="rows">The rows that count.</param>
    /// <param name="classes">K.</param>
    /// <param name="codes">The class of each row, all rows.</param>
    /// <param name="offsets">The offset of each class and row, all rows, class after class; or empty.</param>
    /// <param name="fitted">√w·Σβ(x − mean) of the rows that count, class after class.</param>
    /// <param name="hasIntercepts">Whether the model has intercepts.</param>
    public ClassDevianceParts(CountedRows rows, int classes, ReadOnlySpan<double> codes, ReadOnlySpan<double> offsets, double[] fitted, bool hasIntercepts)
        : base(rows, classes)
    {
        (_classes, _count, _hasIntercepts) = (classes, rows.Count, hasIntercepts);
        (_class, _offset, _fitted, _weights) = (new int[_count], new double[fitted.Length], new double[fitted.Length], new double[_count]);
        (_intercepts, _left, _step, _before) = (new double[classes], new double[classes], new double[classes], new double[classes]);
        for (int r = 0; r < _count; r++)
        {
            int i = rows.Places[r];
            (_class[r], _weights[r]) = ((int)codes[i], rows.Roots[r] * rows.Roots[r]);
            for (int k = 0; k < classes; k++)
                (_offset[k * _count + r], _fitted[k * _count + r]) = (offsets.IsEmpty ? 0 : offsets[k * codes.Length + i], fitted[k * _count + r] / rows.Roots[r]);
        }
    }

    public void Dispose()
    {
        _factor.Dispose();
        _memory.Dispose();
    }

    /// <inheritdoc/>
    protected override double At(double share)
    {
        double value = Evaluate(share);
        for (int step = 0; step < MostSteps && _hasIntercepts; step++)
        {
            double longest = Newton();
            if (!(longest > 1e-14))
                break;
            _intercepts.CopyTo(_before, 0);
            double reach = Math.Min(1, 2 / longest), next = 0;
            for (int halving = 0; halving < MostHalvings; halving++, reach *= 0.5)
            {
                for (int k = 0; k < _classes; k++)
                    _intercepts[k] = _before[k] + reach * _step[k];
                next = Evaluate(share);
                if (next <= value)
                    break;
            }

            bool isSettled = next >= value;
            value = next;
            if (isSettled)
                break;
        }

        return value;
    }

    /// <summary>Half the deviance at the intercepts as they are, its slopes, and the slopes of the intercepts.</summary>
    private double Evaluate(double share)
    {
        double sum = 0;
        Array.Clear(_left);
        for (int r = 0; r < _count; r++)
        {
            double top = double.NegativeInfinity, rest = 0;
            int best = 0;
            for (int k = 0; k < _classes; k++)
            {
                double eta = Slope[k * _count + r] = _offset[k * _count + r] + _intercepts[k] + share * _fitted[k * _count + r];
                if (eta > top)
                    (top, best) = (eta, k);
            }

            for (int k = 0; k < _classes; k++)
                rest += k == best ? 0 : Math.Exp(Slope[k * _count + r] - top);
            double logarithm = Logarithm.OnePlus(rest);
            sum += _weights[r] * (logarithm + (top - Slope[_class[r] * _count + r]));
            for (int k = 0; k < _classes; k++)
            {
                double slope = Slope[k * _count + r] = Math.Exp(Slope[k * _count + r] - top - logarithm) - (k == _class[r] ? 1 : 0);
                _left[k] -= _weights[r] * slope;
            }
        }

        return sum;
    }

    /// <summary>The Newton step of the intercepts, that of the first class 0; how long it is.</summary>
    private double Newton()
    {
        double* row = _memory.Require(2 * (nint)_classes), right = row + _classes;
        _factor.Clear();
        List<int> kept = [];
        for (int k = 1; k < _classes; k++)
        {
            for (int at = 0; at < kept.Count; at++)
                row[at] = Curvature(k, kept[at]);
            if (!_factor.TryAppend(row, Curvature(k, k)))
                continue;
            right[kept.Count] = _left[k];
            kept.Add(k);
        }

        Array.Clear(_step);
        _factor.Solve(right);
        double longest = 0;
        for (int at = 0; at < kept.Count; at++)
        {
            _step[kept[at]] = right[at];
            longest = Math.Max(longest, Math.Abs(right[at]));
        }

        return longest;
    }

    private double Curvature(int k, int other)
    {
        double sum = 0;
        for (int r = 0; r < _count; r++)
        {
            double p = Slope[k * _count + r] + (k == _class[r] ? 1 : 0), q = Slope[other * _count + r] + (other == _class[r] ? 1 : 0);
            sum += _weights[r] * (k == other ? p * (1 - p) : -p * q);
        }

        return sum;
    }
}
