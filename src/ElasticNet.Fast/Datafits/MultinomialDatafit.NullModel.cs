using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Datafits;

/// <summary>What the target says, and the model that knows no more than the shares of the classes.</summary>
internal sealed unsafe partial class MultinomialDatafit
{
    protected override void TakeResponse(in TrainingRows rows)
    {
        _classCount = Outputs;
        _block = Length;
        _blockRows = Length / Outputs;
        _stride = (_blockRows + 7) & ~7;
        _rows.RequireZeroed(3 * _stride);
        _stacked.RequireZeroed(9 * _block);
        _classes.RequireZeroed(((nint)_classCount + 6) * _classCount);
        for (int i = 0; i < _blockRows; i++)
        {
            // Rows that do not count hold what no formula minds.
            bool counts = Weights[i] > 0;
            int from = counts ? i : FirstRow;
            Root[i] = RootWeights[i];
            double sum = 0;
            for (int k = 0; k < _classCount; k++)
            {
                nint at = (nint)k * _blockRows;
                double share = Share[at + i] = rows.Response[at + from];
                Offset[at + i] = rows.Offset == null ? 0 : rows.Offset[at + from];
                if (!(share >= 0))
                    Throw.Data("y", Throw.Invariant($"'y' ({share} for class {k} in row {i}, both counted from 0) must not be negative."));
                LogarithmOfShare[at + i] = share > 0 ? Math.Log(share) : 0;
                sum += share;
            }

            if (!(Math.Abs(sum - 1) <= Slack))
                Throw.Data("y", Throw.Invariant($"'y' must have shares that sum to 1 in each row, but those of row {i} (counted from 0) sum to {sum}."));
        }

        FindReference();
        Rounding = 0;
        UseScales(1, 1);
        double* none = Moved; // X̂β = 0
        Clear(none);
        for (int k = 0; k < _classCount; k++)
            Current[k] = HasIntercepts ? Math.Log(Left[k] / Left[_reference]) : 0;
        double half = EvaluateFrom(none, Response, 0), norm = Math.Sqrt(Kernel.Dot(Response, Response, Length));
        double total = 0;
        for (nint i = 0; i < _block; i++)
            total += Weights[i] * Probability[i] * (1 - Probability[i]);
        if (!double.IsFinite(half) || !(total > 1e-30 * norm))
            Throw.Data("y", "'y' and the offsets are too far apart for double: no intercepts fit them; rescale them.");
        if (norm <= RoundingOfNull())
        {
            _nullDeviance = 0;
            new Span<double>(Response, Length).Clear();
        }
        else
        {
            UseScales(norm / total, norm);
            _nullDeviance = 2 * half / (_coefficientScale * _gradientScale);
            for (int k = 0; k < _classCount; k++)
                Current[k] /= _coefficientScale;
            Clear(none);
            _ = EvaluateFrom(none, Response, WorthAStep);
        }

        Freeze();
        Clear(none);
        Accept(none);
    }

    /// <summary>The mean share of every class, all of which must be there; the largest is that of the reference.</summary>
    private void FindReference()
    {
        _reference = 0;
        for (int k = 0; k < _classCount; k++)
        {
            double mean = 0;
            for (int i = 0; i < _blockRows; i++)
                mean += Weights[i] * Share[(nint)k * _blockRows + i];
            Left[k] = mean;
            if (mean == 0)
                Throw.Data("y", Throw.Invariant($"'y' has no row of class {k} (counted from 0, of {_classCount}) among those that are trained on: its probability would be 0; leave the class out, or choose folds that have it."));
            if (mean > Left[_reference])
                _reference = k;
        }
    }

    private double RoundingOfNull()
    {
        double square = 0;
        for (nint i = 0; i < _block; i++)
        {
            double one = Probability[i] * (1 - Probability[i]) * (1 + Math.Abs(Offset[i]));
            square += Weights[i] * one * one;
        }

        return Nothing * Math.Sqrt(square);
    }

    private void UseScales(double coefficients, double gradients)
    {
        (_coefficientScale, _gradientScale) = (coefficients, gradients);
        for (int i = 0; i < _blockRows; i++)
            Lever[i] = Root[i] > 0 ? coefficients / Root[i] : 0;
    }
}
