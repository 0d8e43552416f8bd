using System.Numerics;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <content>Predictions of rows that store only what is not 0: the bits of the same rows with their zeros.</content>
public sealed partial class ElasticNetModel
{
    /// <summary>Predicts one row of which only some features are given; the others are 0. The bits are those of the row with its zeros.</summary>
    /// <param name="indices">The features given, counted from 0 and below <see cref="FeatureCount"/>, ascending, none twice.</param>
    /// <param name="values">The value of each.</param>
    /// <exception cref="ArgumentException">Lengths differ, an index is out of range or does not ascend, or the model was fitted with an offset and needs one.</exception>
    /// <exception cref="NotSupportedException">The model has a <see cref="Preparation"/>: a raw column that is not given would be missing, not 0.</exception>
    public double Predict(ReadOnlySpan<int> indices, ReadOnlySpan<double> values) => PredictSparseRow(indices, values);

    /// <summary>Predicts one row of a model fitted with an offset, of which only some features are given; the others are 0.</summary>
    /// <param name="indices">The features given, counted from 0 and below <see cref="FeatureCount"/>, ascending, none twice.</param>
    /// <param name="values">The value of each.</param>
    /// <param name="offset">The known part of the row's linear predictor.</param>
    /// <exception cref="ArgumentException">Lengths differ, an index is out of range or does not ascend, or the model was fitted without an offset.</exception>
    /// <exception cref="NotSupportedException">The model has a <see cref="Preparation"/>.</exception>
    public double Predict(ReadOnlySpan<int> indices, ReadOnlySpan<double> values, double offset) => PredictSparseRow(indices, values, offset);

    /// <inheritdoc cref="Predict(ReadOnlySpan{int}, ReadOnlySpan{double})"/>
    public double Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values) => PredictSparseRow(indices, values);

    /// <inheritdoc cref="Predict(ReadOnlySpan{int}, ReadOnlySpan{double}, double)"/>
    public double Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, double offset) => PredictSparseRow(indices, values, offset);

    private double PredictSparseRow<T>(ReadOnlySpan<int> indices, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DemandOneOutput();
        DemandNoOffset();
        return BatchPredictor.Mean(_link, BatchPredictor.Finish(Intercept, SparseDot(indices, values)));
    }

    private double PredictSparseRow<T>(ReadOnlySpan<int> indices, ReadOnlySpan<T> values, double offset)
        where T : unmanaged
    {
        DemandOneOutput();
        DemandOffset(offset);
        return BatchPredictor.Mean(_link, BatchPredictor.Finish(Intercept, SparseDot(indices, values), offset));
    }

    private double SparseDot<T>(ReadOnlySpan<int> indices, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DemandSparseRow(indices, values.Length);
        using CoefficientSpans coefficients = _store.Borrow();
        return SparseRowPredictor.Dot(indices, values, coefficients.Indices, coefficients.Values);
    }

    private void DemandSparseRow(ReadOnlySpan<int> indices, int values)
    {
        DemandFeatures();
        if (values != indices.Length)
            Throw.Length(nameof(values), values, $"hold one value for each of the {indices.Length} indices");
        int last = -1;
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)FeatureCount)
                Throw.OutOfRange(nameof(indices), index, Throw.Invariant($"be in [0, {FeatureCount}), the features of the model"));
            if (index <= last)
                Throw.Data(nameof(indices), Throw.Invariant($"'{nameof(indices)}' must ascend, none twice, but {index} follows {last}."));
            last = index;
        }
    }

    private void PredictSparseRows<T>(SparseMatrix<T> rows, Span<double> predictions, ReadOnlySpan<double> offset)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DemandFeatures();
        DemandBatch(rows.Rows, rows.Columns, predictions, offset);
        using CoefficientSpans coefficients = _store.Borrow();
        if (Outputs > 1)
        {
            SparseBatchPredictor.Dot(rows, coefficients.Indices, coefficients.Values, Outputs, predictions);
            BatchPredictor.FinishOutputs(_intercepts, _link, offset, predictions);
            return;
        }

        SparseBatchPredictor.Dot(rows, coefficients.Indices, coefficients.Values, predictions);
        BatchPredictor.Finish(Intercept, _link, offset, predictions);
    }

    private void DemandFeatures()
    {
        if (Preparation is not null)
            throw new NotSupportedException("The model prepares raw columns, and so takes whole rows: a raw column that a sparse row leaves out would be missing, not 0.");
    }
}
