using ElasticNet.Fast.Data;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>The rows of outer folds whose linear predictors come from models of their own: of several outputs, whose rows follow each other output by output, or of survival.</summary>
internal sealed unsafe class OuterRows
{
    private readonly HeldOutRows[] _heldOut;
    private readonly double[] _weights, _nullErrors, _offset;
    private readonly bool _isIdentity;
    private readonly int _rows;

    /// <param name="y">The target, those of several responses one after another.</param>
    /// <param name="options">What is asked for; their weights are those of all rows.</param>
    /// <param name="layout">The outer folds.</param>
    public OuterRows(ReadOnlySpan<double> y, ElasticNetOptions options, FoldLayout layout)
    {
        ReadOnlySpan<double> given = options.Weights.Span;
        OutputRows? several = OutputRows.Of(y, options, given);
        Outputs = several?.Outputs ?? 1;
        (_isIdentity, _rows, _offset) = (options.Family.Link.IsIdentity, layout.HeldOutIn.Length, several is null ? options.Offset.ToArray() : several.Offset ?? []);
        HeldOutMeasure measure = HeldOutMeasure.Of(options.MeasureUsed, options.Family, Outputs);
        Measure = measure.Measure;
        FoldLayout all = layout.Repeat(Outputs);
        int folds = layout.Folds.Length;
        (_weights, _nullErrors) = (new double[folds], new double[folds]);
        double[] response = several is null ? y.ToArray() : several.Response, weights = several is null ? given.ToArray() : several.Weights ?? [];
        fixed (double* target = response, w = weights, offset = _offset)
        {
            TrainingRows rows = new(target, w, offset, response.Length, options.Times) { Outputs = Outputs };
            _heldOut = HeldOutRows.Collect(rows, all, measure);
            for (int fold = 0; fold < folds; fold++)
                _nullErrors[fold] = several is null ? _heldOut[fold].Error(0) : _heldOut[fold].Error(FoldMoments.NullIntercepts(options.Family, options.Intercept, rows, all, fold));
        }

        for (int i = 0; i < response.Length; i++)
        {
            if (all.HeldOutIn[i] is >= 0 and var fold)
                _weights[fold] += measure.WeightOf(response[i], weights.Length == 0 ? 1 : weights[i]);
        }
    }

    /// <summary>K.</summary>
    public int Outputs { get; }

    /// <summary>What the errors measure.</summary>
    public Measure Measure { get; }

    /// <summary>The offsets as predictions take them, those of a row side by side; empty without.</summary>
    public double[] OffsetByRow
    {
        get
        {
            double[] byRow = new double[_offset.Length];
            for (int at = 0; at < byRow.Length; at++)
                byRow[at % _rows * Outputs + at / _rows] = _offset[at];
            return byRow;
        }
    }

    /// <summary>How much the rows of a fold count together.</summary>
    public double Weight(int fold) => _weights[fold];

    /// <summary>The mean error of a fold's rows without features.</summary>
    public double NullError(int fold) => _nullErrors[fold];

    /// <summary>The mean error of a fold's rows.</summary>
    /// <param name="fold">Which.</param>
    /// <param name="fitted">The linear predictors of all rows, offsets included, those of a row side by side.</param>
    public double Error(int fold, ReadOnlySpan<double> fitted)
    {
        double[] eta = new double[fitted.Length];
        for (int i = 0; i < _rows; i++)
        {
            // Under the identity link an offset is the same as another response.
            for (int k = 0; k < Outputs; k++)
                eta[k * _rows + i] = fitted[i * Outputs + k] - (_isIdentity && _offset.Length > 0 ? _offset[k * _rows + i] : 0);
        }

        return _heldOut[fold].ErrorOf(eta);
    }
}
