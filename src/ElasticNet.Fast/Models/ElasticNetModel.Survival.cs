using System.Buffers;
using ElasticNet.Fast.Models;

namespace ElasticNet.Fast;

/// <content>Cox models: from a relative hazard to a curve.</content>
public sealed partial class ElasticNetModel
{
    /// <summary>Of a model of <see cref="Family.Cox"/> the hazard of the mean training row, by which <see cref="PredictSurvival(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, int)"/> makes curves; null for other families and where a file does not hold it.</summary>
    public BaselineHazard? Baseline => _content.Baseline;

    /// <summary>The chance of one row of being without the event at some times. Allocates nothing.</summary>
    /// <param name="row">The raw columns of <see cref="Preparation"/>, else the p features; exactly <see cref="InputCount"/>.</param>
    /// <param name="times">When.</param>
    /// <param name="survival">Filled with one chance for each time; exactly as long.</param>
    /// <param name="stratum">The place of the row's stratum in the <see cref="Baseline"/>.</param>
    /// <exception cref="ArgumentException">A length does not agree, there is no such stratum, a time is not a number, or the model was fitted with an offset and needs one.</exception>
    /// <exception cref="NotSupportedException">The model has no baseline.</exception>
    public void PredictSurvival(ReadOnlySpan<double> row, ReadOnlySpan<double> times, Span<double> survival, int stratum = 0)
    {
        DemandNoOffset();
        Curve(BatchPredictor.Finish(Intercept, Dot(row)), times, survival, stratum);
    }

    /// <summary>The same of a model fitted with an offset.</summary>
    /// <param name="row">The raw columns of <see cref="Preparation"/>, else the p features; exactly <see cref="InputCount"/>.</param>
    /// <param name="offset">The known part of the row's linear predictor.</param>
    /// <param name="times">When.</param>
    /// <param name="survival">Filled with one chance for each time; exactly as long.</param>
    /// <param name="stratum">The place of the row's stratum in the <see cref="Baseline"/>.</param>
    /// <exception cref="ArgumentException">A length does not agree, there is no such stratum, a time is not a number, or the model was fitted without an offset.</exception>
    /// <exception cref="NotSupportedException">The model has no baseline.</exception>
    public void PredictSurvival(ReadOnlySpan<double> row, double offset, ReadOnlySpan<double> times, Span<double> survival, int stratum = 0)
    {
        DemandOffset(offset);
        Curve(BatchPredictor.Finish(Intercept, Dot(row), offset), times, survival, stratum);
    }

    /// <summary>The chances of many rows, the times of one row after another.</summary>
    /// <param name="rows">A table in any storage, as for <see cref="Predict(Features, Span{double}, ReadOnlySpan{double}, Preprocessing.InputTally?)"/>.</param>
    /// <param name="times">When.</param>
    /// <param name="survival">Filled with a chance for each row and time; exactly as long.</param>
    /// <param name="strata">The place of each row's stratum in the <see cref="Baseline"/>; empty where there is but one.</param>
    /// <param name="offset">One per row for a model fitted with an offset, empty for a model fitted without.</param>
    /// <exception cref="ArgumentException">A length does not agree, there is no such stratum, a time is not a number, or what <see cref="Predict(Features, Span{double}, ReadOnlySpan{double}, Preprocessing.InputTally?)"/> refuses.</exception>
    /// <exception cref="NotSupportedException">The model has no baseline.</exception>
    public void PredictSurvival(Features rows, ReadOnlySpan<double> times, Span<double> survival, ReadOnlySpan<int> strata = default, ReadOnlySpan<double> offset = default)
    {
        BaselineHazard baseline = DemandBaseline();
        int n = rows.Rows;
        if (survival.Length != (long)n * times.Length)
            Throw.Length(nameof(survival), survival.Length, $"have a value for each of {n} rows × {times.Length} times");
        if (!strata.IsEmpty && strata.Length != n)
            Throw.Length(nameof(strata), strata.Length, $"be empty or have one value for each of the {n} rows");
        if (strata.IsEmpty && baseline.Strata.Count > 1)
            Throw.Length(nameof(strata), 0, $"have one value for each of the {n} rows: the model has {baseline.Strata.Count} strata");
        double[] eta = ArrayPool<double>.Shared.Rent(n);
        OnLinkScale.Predict(rows, eta.AsSpan(0, n), offset);
        for (int i = 0; i < n; i++)
            Curve(eta[i], times, survival.Slice(i * times.Length, times.Length), strata.IsEmpty ? 0 : strata[i]);
        ArrayPool<double>.Shared.Return(eta);
    }

    /// <summary>The features with a coefficient, column by column, of a table as predictions take it; NaN where nothing fills a gap.</summary>
    internal double[][] SelectedColumns(Features x)
    {
        Features dense = x.Dense();
        if (x.Table is { } table)
            dense = Matched(table, null).View;
        else
            DemandKnownLevels();
        if (dense.Columns != InputCount)
            Throw.Length(nameof(x), dense.Columns, $"have the {InputCount} {InputNoun} of the model as columns");
        double[] row = new double[InputCount], features = new double[FeatureCount];
        int n = x.Rows;
        double[][] columns = Array.ConvertAll(Indices.ToArray(), _ => new double[n]);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = dense.HasSingles ? dense.Singles[i, j] : dense.Doubles[i, j];
            if (Preparation is { } preparation)
                preparation.Transform(row, features);
            for (int k = 0; k < columns.Length; k++)
                columns[k][i] = Preparation is null ? row[Indices[k]] : features[Indices[k]];
        }

        return columns;
    }

    private void Curve(double eta, ReadOnlySpan<double> times, Span<double> survival, int stratum)
    {
        BaselineHazard baseline = DemandBaseline();
        if (survival.Length != times.Length)
            Throw.Length(nameof(survival), survival.Length, $"have one value for each of the {times.Length} times");
        for (int k = 0; k < times.Length; k++)
            survival[k] = baseline.Survival(eta, times[k], stratum);
    }

    private BaselineHazard DemandBaseline() => Baseline ?? throw new NotSupportedException(
        Family.IsSurvival ? "The model has no baseline hazard, so that there are no curves; Predict gives relative hazards." : $"The model is of the family {Family.Title}, which has no survival curves; Predict gives its mean response.");
}
