using System.Buffers;
using System.Runtime.CompilerServices;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.TypedRows;

/// <summary>
/// Predicts rows that are objects of a type of yours. Finds the inputs of a model among the members once, by name; then
/// a prediction allocates nothing and is the same bits as that of the model for the same raw row. Members that the
/// model does not know are not used. Immutable and thread-safe; the model is not owned, and must not be disposed before.
/// </summary>
/// <typeparam name="TRow">A type with <see cref="ElasticNetFeaturesAttribute"/>; a struct is quickest.</typeparam>
/// <remarks>
/// A missing value, an unknown level of a category and an enumeration value without a name mean to the model what they
/// mean in a table: see <see cref="PreparationOptions"/>. Without a <see cref="ElasticNetModel.Preparation"/> a missing
/// value predicts NaN where it has a coefficient.
/// </remarks>
public sealed class TypedPredictor<TRow>
    where TRow : IElasticNetFeatures<TRow>
{
    /// <summary>What fits on the stack: 4 KB. Many rows go through it in blocks, wider rows through a pooled array.</summary>
    private const int StackValues = 512;

    private readonly string _type = typeof(TRow).Name;
    private readonly MemberTarget[] _targets;
    private readonly int _inputs;

    /// <summary>Finds the inputs of a model among the members of the type.</summary>
    /// <param name="model">A model that knows the names of its inputs.</param>
    /// <exception cref="ArgumentException">
    /// The model has no names, the type lacks an input or has it as a number where the model has a category (or the other
    /// way round); the message names them.
    /// </exception>
    public TypedPredictor(ElasticNetModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _targets = MemberMap.Of(model, TRow.Members, _type);
        _inputs = model.InputCount;
        Model = model;
    }

    /// <summary>The model.</summary>
    public ElasticNetModel Model { get; }

    /// <summary>Predicts one row.</summary>
    /// <exception cref="ArgumentException">The model was fitted with an offset and needs one.</exception>
    [SkipLocalsInit]
    public double Predict(in TRow row)
    {
        double[]? pooled = null;
        Span<double> raw = _inputs <= StackValues ? stackalloc double[StackValues] : pooled = Rent();
        raw = raw[.._inputs];
        Fill(in row, raw);
        double prediction = Model.Predict(raw);
        Return(pooled);
        return prediction;
    }

    /// <summary>Predicts one row of a model fitted with an offset.</summary>
    /// <param name="row">The row.</param>
    /// <param name="offset">The known part of the row's linear predictor.</param>
    /// <exception cref="ArgumentException">The model was fitted without an offset.</exception>
    [SkipLocalsInit]
    public double Predict(in TRow row, double offset)
    {
        double[]? pooled = null;
        Span<double> raw = _inputs <= StackValues ? stackalloc double[StackValues] : pooled = Rent();
        raw = raw[.._inputs];
        Fill(in row, raw);
        double prediction = Model.Predict(raw, offset);
        Return(pooled);
        return prediction;
    }

    /// <summary>Predicts every output of one row: the probabilities of the classes, the responses.</summary>
    /// <param name="row">The row.</param>
    /// <param name="predictions">Filled with one prediction for each output of the model; exactly <see cref="ElasticNetModel.Outputs"/> long.</param>
    /// <param name="offset">The known part of each output's linear predictor for a model fitted with offsets, empty for a model fitted without.</param>
    /// <exception cref="ArgumentException">A length does not agree, or an offset is missing or given to a model fitted without.</exception>
    [SkipLocalsInit]
    public void Predict(in TRow row, Span<double> predictions, ReadOnlySpan<double> offset = default)
    {
        double[]? pooled = null;
        Span<double> raw = _inputs <= StackValues ? stackalloc double[StackValues] : pooled = Rent();
        raw = raw[.._inputs];
        Fill(in row, raw);
        Model.Predict(raw, predictions, offset);
        Return(pooled);
    }

    /// <summary>The class of one row: of two the event from the threshold on, of several the most probable.</summary>
    /// <param name="row">The row.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; not for several classes.</param>
    /// <returns>One of <see cref="ElasticNetModel.Classes"/>.</returns>
    /// <exception cref="ArgumentException">The row lacks a feature with a coefficient, or the model needs an offset.</exception>
    /// <exception cref="NotSupportedException">The family has no classes.</exception>
    [SkipLocalsInit]
    public string PredictClass(in TRow row, double threshold = 0.5)
    {
        double[]? pooled = null;
        Span<double> raw = _inputs <= StackValues ? stackalloc double[StackValues] : pooled = Rent();
        raw = raw[.._inputs];
        Fill(in row, raw);
        string found = Model.PredictClass(raw, threshold);
        Return(pooled);
        return found;
    }

    /// <summary>Predicts many rows of a model fitted without an offset, into a new array.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>One prediction per row; of several outputs those of a row side by side.</returns>
    /// <exception cref="ArgumentException">The model was fitted with an offset and needs one.</exception>
    public double[] Predict(ReadOnlySpan<TRow> rows)
    {
        double[] predictions = new double[(long)rows.Length * Model.Outputs];
        Predict(rows, predictions);
        return predictions;
    }

    /// <summary>Predicts many rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="predictions">Filled with one prediction per row; exactly as long as there are rows. Of several outputs one for each, those of a row side by side.</param>
    /// <param name="offset">One per prediction for a model fitted with an offset, empty for a model fitted without. Must not overlap <paramref name="predictions"/>.</param>
    /// <exception cref="ArgumentException">Sizes do not agree, an offset is missing or given to a model fitted without, or spans overlap.</exception>
    [SkipLocalsInit]
    public void Predict(ReadOnlySpan<TRow> rows, Span<double> predictions, ReadOnlySpan<double> offset = default)
    {
        int outputs = Model.Outputs, n = rows.Length;
        if (predictions.Length != (long)n * outputs)
            Throw.Length(nameof(predictions), predictions.Length, Each());
        if (!offset.IsEmpty && offset.Length != predictions.Length)
            Throw.Length(nameof(offset), offset.Length, Each() + ", or none");
        if (offset.Overlaps(predictions))
            Throw.Data(nameof(offset), "'offset' must not overlap 'predictions'.");

        double[]? pooled = null;
        Span<double> raw = _inputs <= StackValues ? stackalloc double[StackValues] : pooled = Rent();
        int block = Math.Max(1, StackValues / Math.Max(1, _inputs));
        for (int start = 0; start < rows.Length; start += block)
        {
            int count = Math.Min(block, rows.Length - start);
            for (int i = 0; i < count; i++)
                Fill(in rows[start + i], raw.Slice(i * _inputs, _inputs));
            Model.PredictCoded(
                MatrixView.RowMajor<double>(raw[..(count * _inputs)], count, _inputs),
                predictions.Slice(start * outputs, count * outputs),
                offset.IsEmpty ? default : offset.Slice(start * outputs, count * outputs));
        }

        Return(pooled);

        string Each() => outputs == 1 ? Throw.Invariant($"hold one value for each of the {n} rows") : Throw.Invariant($"hold one value for each of {n} rows × {outputs} outputs");
    }

    /// <summary>Every input has a member, and every member is handed over: all of <paramref name="raw"/> that is read is written.</summary>
    private void Fill(in TRow row, Span<double> raw)
    {
        RowSink sink = new(_targets, raw, _type);
        TRow.Write(in row, ref sink);
        sink.EndRow();
    }

    private double[] Rent() => ArrayPool<double>.Shared.Rent(_inputs);

    private static void Return(double[]? pooled)
    {
        if (pooled is not null)
            ArrayPool<double>.Shared.Return(pooled);
    }
}
