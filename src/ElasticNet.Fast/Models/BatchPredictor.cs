using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>Predicts the rows of a table, in either layout, to the same bits as one by one.</summary>
internal static class BatchPredictor
{
    /// <summary>Predicts; all sizes were checked.</summary>
    public static void Predict<T>(
        MatrixView<T> rows, Preparation? preparation, double intercept, Link? link, in CoefficientSpans coefficients, ReadOnlySpan<double> offset, Span<double> predictions)
        where T : unmanaged
    {
        if (preparation is not null)
            PreparedPredictor.Dot(rows, preparation, coefficients, predictions);
        else if (rows.IsColumnMajor)
            ColumnPredictor.Dot(rows, coefficients.Indices, coefficients.Values, predictions);
        else
            Dot(rows, coefficients, predictions);
        Finish(intercept, link, offset, predictions);
    }

    /// <summary>Predicts every output of every row, row after row; all sizes were checked.</summary>
    public static void PredictOutputs<T>(
        MatrixView<T> rows, Preparation? preparation, ReadOnlySpan<double> intercepts, Link? link, in CoefficientSpans coefficients, ReadOnlySpan<double> offset, Span<double> predictions)
        where T : unmanaged
    {
        int outputs = intercepts.Length;
        if (preparation is not null)
        {
            PreparedPredictor.Dot(rows, preparation, coefficients, outputs, predictions);
        }
        else
        {
            for (int i = 0; i < rows.Rows; i++)
            {
                Span<double> sums = predictions.Slice(i * outputs, outputs);
                if (rows.IsColumnMajor)
                    OutputPredictor.Sum(new TableRow<T>(rows, i, coefficients.Indices), coefficients.Values, sums);
                else
                    OutputPredictor.Sum(new SparseRow<T>(rows.AdjacentRow(i), coefficients.Indices), coefficients.Values, sums);
            }
        }

        FinishOutputs(intercepts, link, offset, predictions);
    }

    /// <summary>Makes predictions of sums xᵀβ of several outputs, row after row.</summary>
    /// <param name="intercepts">One for each output.</param>
    /// <param name="link">From linear predictors to predictions; null where they are the same.</param>
    /// <param name="offset">One for each prediction, or none.</param>
    /// <param name="predictions">The sums, replaced.</param>
    public static void FinishOutputs(ReadOnlySpan<double> intercepts, Link? link, ReadOnlySpan<double> offset, Span<double> predictions)
    {
        int outputs = intercepts.Length;
        for (int first = 0; first < predictions.Length; first += outputs)
        {
            Span<double> row = predictions.Slice(first, outputs);
            for (int k = 0; k < outputs; k++)
                row[k] = offset.IsEmpty ? Finish(intercepts[k], row[k]) : Finish(intercepts[k], row[k], offset[first + k]);
            if (link is null)
                continue;
            link.Inverse(row, row);
            foreach (ref double prediction in row)
                prediction = OneNaN(prediction);
        }
    }

    /// <summary>Makes predictions of sums xᵀβ: adds intercept and, where there is one, offset, and maps the sum to the mean response.</summary>
    /// <param name="intercept">b.</param>
    /// <param name="link">From linear predictor to prediction; null where they are the same.</param>
    /// <param name="offset">One per row, or none.</param>
    /// <param name="predictions">The sums, replaced.</param>
    public static void Finish(double intercept, Link? link, ReadOnlySpan<double> offset, Span<double> predictions)
    {
        if (offset.IsEmpty)
        {
            foreach (ref double prediction in predictions)
                prediction = Finish(intercept, prediction);
        }
        else
        {
            for (int i = 0; i < predictions.Length; i++)
                predictions[i] = Finish(intercept, predictions[i], offset[i]);
        }

        if (link is null)
            return;
        link.Inverse(predictions, predictions);
        foreach (ref double prediction in predictions)
            prediction = OneNaN(prediction);
    }

    /// <summary>The mean response of a linear predictor.</summary>
    /// <param name="link">Null where they are the same.</param>
    /// <param name="eta">The linear predictor.</param>
    public static double Mean(Link? link, double eta) => link is null ? eta : OneNaN(link.Inverse(eta));

    /// <summary>b + xᵀβ.</summary>
    public static double Finish(double intercept, double sum) => OneNaN(intercept + sum);

    /// <summary>(b + xᵀβ) + offset.</summary>
    public static double Finish(double intercept, double sum, double offset) => OneNaN(intercept + sum + offset);

    private static void Dot<T>(MatrixView<T> rows, in CoefficientSpans coefficients, Span<double> sums)
        where T : unmanaged
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] = RowPredictor.Dot(rows.AdjacentRow(i), coefficients.Indices, coefficients.Values);
    }

    /// <summary>Which of two NaN an addition passes on, and the sign of a new one, differ between CPUs. Here there is only one.</summary>
    private static double OneNaN(double value) => double.IsNaN(value) ? double.NaN : value;
}
