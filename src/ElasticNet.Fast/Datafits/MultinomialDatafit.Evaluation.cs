using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>The loss and its gradient at fitted values, the intercepts being the best for them.</summary>
internal sealed unsafe partial class MultinomialDatafit
{
    /// <summary>Evaluates, with steps of the intercepts alone while they gain more than a share of the loss.</summary>
    private double EvaluateFrom(double* left, double* residual, double share)
    {
        double value = double.NaN, before = double.PositiveInfinity, reach = 1;
        for (int step = 0; step < MostSteps; step++)
        {
            value = EvaluateAt(left, residual);
            if (!HasIntercepts || !double.IsFinite(value))
                break;
            if (value > before && reach > 1e-6)
            {
                // Back half of the way.
                reach *= 0.5;
                for (int k = 0; k < _classCount; k++)
                    Current[k] -= (Step[k] *= 0.5);
                continue;
            }

            (before, reach) = (value, 1);
            Gather(Probability, 0);
            _moving.Factor(Total, _classCount, _reference);
            double gain = 0, longest = 0, size = 0;
            for (int k = 0; k < _classCount; k++)
                Step[k] = Left[k];
            _moving.Solve(Step);
            for (int k = 0; k < _classCount; k++)
            {
                gain += Left[k] * Step[k];
                longest = Math.Max(longest, Math.Abs(Step[k]));
                size = Math.Max(size, Math.Abs(Current[k]));
            }

            if (!(gain > share * value) || longest <= Settled * (1 / _coefficientScale + size))
                break;
            double shorter = Math.Min(1, LongestStep / _coefficientScale / longest);
            for (int k = 0; k < _classCount; k++)
                Current[k] += (Step[k] *= shorter);
        }

        Balance(residual);
        return value;
    }

    private double EvaluateAt(double* left, double* residual)
    {
        double value = 0, largest = 0, scale = Scale;
        Vec inverse = Vector512.Create(1 / _gradientScale);
        new Span<double>(Left, _classCount).Clear();
        for (int i = 0; i < _blockRows; i += Vec.Count)
        {
            int count = Math.Min(Vec.Count, _blockRows - i);
            Vec lever = Load(Lever + i, count), root = Load(Root + i, count), top = Vector512.Create(double.NegativeInfinity);
            for (int k = 0; k < _classCount; k++)
            {
                nint at = (nint)k * _blockRows + i;
                Vec eta = Load(Offset + at, count) + Vector512.Create(Current[k] * _coefficientScale) - lever * Load(left + at, count);
                top = Vector512.Max(top, eta);
                Store(eta, Logarithm + at, count);
            }

            // The largest is 1 and left out of the sum, which then has all digits where it is small.
            Vec rest = Vec.Zero, taken = Vec.Zero;
            for (int k = 0; k < _classCount; k++)
            {
                nint at = (nint)k * _blockRows + i;
                Vec below = Load(Logarithm + at, count) - top, mass = Vector512.Exp(below);
                Vec isTop = Vector512.AndNot(Vector512.Equals(below, Vec.Zero), taken);
                taken |= isTop;
                rest += Vector512.AndNot(mass, isTop);
                Store(below, Logarithm + at, count);
                Store(Vector512.ConditionalSelect(isTop, -mass, mass), Probability + at, count);
            }

            Vec sum = Vec.One + rest, logarithm = Entropy.LogOnePlus(rest), square = root * root, most = Vec.Zero, values = Vec.Zero;
            for (int k = 0; k < _classCount; k++)
            {
                nint at = (nint)k * _blockRows + i;
                Vec mass = Load(Probability + at, count), isTop = Vector512.LessThan(mass, Vec.Zero), share = Load(Share + at, count);
                Vec probability = Vector512.Abs(mass) / sum, log = Load(Logarithm + at, count) - logarithm;
                Vec others = Vector512.ConditionalSelect(isTop, rest / sum, Vec.One - probability);
                Vec difference = Vector512.ConditionalSelect(Vector512.Equals(share, Vec.One), others, share - probability);
                Store(probability, Probability + at, count);
                Store(log, Logarithm + at, count);
                Store(difference, Difference + at, count);
                Vec r = root * difference * inverse;
                Store(r, residual + at, count);
                Left[k] += Vector512.Sum(root * r);
                most = Vector512.Max(most, Vector512.Create(2.0) * probability * others);
                // The entropy of a share is part of the loss of fitted values that equal y; of whole ones it is 0.
                Vec own = share * (Load(LogarithmOfShare + at, count) - log);
                values += Vector512.ConditionalSelect(Vector512.GreaterThan(share, Vec.Zero), own, Vec.Zero);
            }

            value += Vector512.Sum(Vector512.ConditionalSelect(Vector512.GreaterThan(square, Vec.Zero), square * values, Vec.Zero));
            largest = Math.Max(largest, Largest(Vector512.ConditionalSelect(Vector512.GreaterThan(square, Vec.Zero), most, Vec.Zero)));
        }

        _largest = Math.Min(largest, 0.5) * scale;
        double balance = 0;
        for (int k = 0; k < _classCount; k++)
            balance += Left[k];
        // Not a number anywhere is not a number here.
        return (value + 0 * balance) / (_coefficientScale * _gradientScale);
    }

    /// <summary>Takes away what a Newton step of the intercepts would, with the curvature and its factor as of now.</summary>
    private void Balance(double* residual)
    {
        if (!HasIntercepts)
            return;
        double scale = Scale;
        for (int k = 0; k < _classCount; k++)
            Step[k] = Left[k];
        _moving.Solve(Step);
        for (int i = 0; i < _blockRows; i++)
        {
            double mean = 0;
            for (int k = 0; k < _classCount; k++)
                mean += Probability[(nint)k * _blockRows + i] * Step[k];
            for (int k = 0; k < _classCount; k++)
                residual[(nint)k * _blockRows + i] -= scale * Root[i] * Probability[(nint)k * _blockRows + i] * (Step[k] - mean);
        }
    }
}
