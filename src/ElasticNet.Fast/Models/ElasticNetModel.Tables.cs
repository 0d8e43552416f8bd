using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <content>Predictions of tables in any storage.</content>
public sealed partial class ElasticNetModel
{
    private IReadOnlyList<InputColumn>? _inputs;

    /// <summary>Predicts many rows.</summary>
    /// <param name="rows">
    /// A table in any storage. Of a <see cref="FeatureTable"/> columns are found by name and levels by what they are called, in whatever
    /// order and however coded; columns that predictions do not read (<see cref="UsedInputs"/>) may be absent, others are ignored. Without
    /// names columns go by position, and there are <see cref="InputCount"/> of them.
    /// </param>
    /// <param name="predictions">Filled with one prediction per row; exactly as long as there are rows. Of several outputs (<see cref="Outputs"/>) one for each, those of a row side by side. Must not overlap what is read.</param>
    /// <param name="offset">One per prediction for a model fitted with an offset, empty for a model fitted without.</param>
    /// <param name="tally">Counts what was missing or unknown in a <see cref="FeatureTable"/>; null counts nothing.</param>
    /// <exception cref="ArgumentException">
    /// Sizes do not agree, a column is lacking, twice, or of the other kind, the model takes categories and the table has codes without the
    /// names of their levels, an offset is missing or given to a model fitted without, or spans overlap.
    /// </exception>
    /// <exception cref="NotSupportedException">The table is sparse and the model has a <see cref="Preparation"/>: a raw column that is not given would be missing, not 0.</exception>
    public void Predict(Features rows, Span<double> predictions, ReadOnlySpan<double> offset = default, InputTally? tally = null)
    {
        FeatureTable? table = rows.Table;
        if (table is null)
        {
            if (!rows.IsSparse)
                DemandKnownLevels();
            PredictCoded(rows, predictions, offset);
            return;
        }

        if (Preparation is not null)
            tally?.Begin(Preparation, UsedInputs);
        table = Matched(table, tally);
        PredictCoded(table.View, predictions, offset);
        if (Preparation is not null && tally is not null)
            Count(table, tally);
    }

    /// <summary>Predicts many rows, into a new array.</summary>
    /// <param name="rows">A table in any storage; see <see cref="Predict(Features, Span{double}, ReadOnlySpan{double}, InputTally?)"/>.</param>
    /// <param name="tally">Counts what was missing or unknown in a <see cref="FeatureTable"/>; null counts nothing.</param>
    /// <param name="offset">One per row for a model fitted with an offset, empty for a model fitted without.</param>
    /// <returns>One prediction per row; of several outputs those of a row side by side.</returns>
    /// <inheritdoc cref="Predict(Features, Span{double}, ReadOnlySpan{double}, InputTally?)"/>
    public double[] Predict(Features rows, InputTally? tally = null, ReadOnlySpan<double> offset = default)
    {
        if (offset.IsEmpty)
            DemandNoOffset();
        double[] predictions = new double[(long)rows.Rows * Outputs];
        Predict(rows, predictions, offset, tally);
        return predictions;
    }

    /// <summary>A row whose values are given by name: <c>row["Area"] = 100; row["Region"] = "North"; row.Predict()</c>. Everything is missing at first.</summary>
    /// <exception cref="ArgumentException">The model has no names, or two inputs of one name.</exception>
    public ModelRow CreateRow()
    {
        if (Preparation is { } preparation)
            return new(this, preparation.Inputs);
        if (FeatureNames is null)
            Throw.Data("model", Throw.Invariant($"'model' must know the names of its {FeatureCount} features: fit it with {nameof(ElasticNetOptions.FeatureNames)}."));
        return new(this, _inputs ??= [.. FeatureName.All(FeatureNames, FeatureCount).Select(InputColumn.Number)]);
    }

    /// <summary>Predicts rows whose columns are the model's, in its order, and whose codes are those of its levels.</summary>
    internal void PredictCoded(in Features rows, Span<double> predictions, ReadOnlySpan<double> offset)
    {
        if (rows.SparseDoubles is { } doubles)
            PredictSparseRows(doubles, predictions, offset);
        else if (rows.SparseSingles is { } singles)
            PredictSparseRows(singles, predictions, offset);
        else if (rows.HasSingles)
            PredictRows(rows.Singles, predictions, offset);
        else
            PredictRows(rows.Doubles, predictions, offset);
    }

    private FeatureTable Matched(FeatureTable table, InputTally? tally)
    {
        if (Preparation is { } preparation)
            return MatchedColumns.Of("rows", table, preparation.Inputs, UsedInputs, tally);
        if (FeatureNames is { } names)
            return MatchedColumns.Of("rows", table, _inputs ??= [.. names.Select(InputColumn.Number)], UsedInputs);
        foreach (InputColumn column in table.Columns)
        {
            if (column.Kind == InputKind.Category)
                Throw.Data("rows", $"'rows' must have numbers for this model, which has no names to match columns by, but '{column.Name}' is a category.");
        }

        return table;
    }

    private void Count(FeatureTable table, InputTally tally)
    {
        ReadOnlySpan<int> used = UsedInputs;
        tally.AddRows(table.Rows);
        for (int k = 0; k < used.Length; k++)
        {
            foreach (double value in table.Column(used[k]))
                tally.Add(k, value);
        }
    }

    private void DemandKnownLevels()
    {
        if (Preparation is not { } preparation)
            return;
        foreach (int input in UsedInputs)
        {
            if (preparation.Inputs[input].Kind == InputKind.Category)
                Throw.Data("rows", $"'rows' must say what its codes stand for, because '{preparation.Inputs[input].Name}' is a category: give the FeatureTable itself and not its View, or new FeatureTable(model.Preparation.Inputs, values, rows) for values coded by the model's own levels.");
        }
    }

    private void PredictRows<T>(MatrixView<T> rows, Span<double> predictions, ReadOnlySpan<double> offset)
        where T : unmanaged
    {
        DemandBatch(rows.Rows, rows.Columns, predictions, offset);
        using CoefficientSpans coefficients = _store.Borrow();
        if (Outputs > 1)
            BatchPredictor.PredictOutputs(rows, Preparation, _intercepts, _link, coefficients, offset, predictions);
        else
            BatchPredictor.Predict(rows, Preparation, Intercept, _link, coefficients, offset, predictions);
    }

    private void DemandBatch(int rows, int columns, ReadOnlySpan<double> predictions, ReadOnlySpan<double> offset)
    {
        if (columns != InputCount)
            Throw.Length(nameof(rows), columns, $"have the {InputCount} {InputNoun} of the model as columns");
        long count = (long)rows * Outputs;
        if (predictions.Length != count)
            Throw.Length(nameof(predictions), predictions.Length, $"hold one value for {Each()}");
        if (Provenance.HasOffset && offset.Length != count)
            Throw.Length(nameof(offset), offset.Length, $"hold one value for {Each()}: the model was fitted with an offset");
        if (!Provenance.HasOffset && !offset.IsEmpty)
            Throw.Length(nameof(offset), offset.Length, "be empty: the model was fitted without an offset");
        if (offset.Overlaps(predictions))
            Throw.Data(nameof(offset), "'offset' must not overlap 'predictions'.");

        string Each() => Outputs == 1 ? Throw.Invariant($"each of the {rows} rows") : Throw.Invariant($"each of {rows} rows × {Outputs} {Family.OutputsNoun}");
    }
}
