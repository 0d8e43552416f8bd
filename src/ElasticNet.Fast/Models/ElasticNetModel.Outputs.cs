using System.Buffers;
using System.Runtime.CompilerServices;
using ElasticNet.Fast.Models;

namespace ElasticNet.Fast;

/// <content>Models of several outputs: a prediction for each class or response.</content>
public sealed partial class ElasticNetModel
{
    /// <summary>What fits on the stack: probabilities of one row.</summary>
    private const int MostOnStack = 128;

    /// <summary>Number of predictions of a row, K: the classes of <see cref="Family.Multinomial"/>, the responses of <see cref="Family.MultiGaussian"/>, 1 for other families.</summary>
    public int Outputs => _content.Outputs;

    /// <summary>What the classes or responses are called, in the order of predictions; null where there is one output.</summary>
    public IReadOnlyList<string>? OutputNames => _content.OutputNames;

    /// <summary>The intercept of each output on the original scale; of one output it is <see cref="Intercept"/>.</summary>
    public ReadOnlySpan<double> Intercepts => _intercepts;

    /// <summary>
    /// Predicts one row, every output of it: the probabilities of the classes, which sum to 1, or the responses; of a model of one output its mean
    /// response. Allocates nothing.
    /// </summary>
    /// <param name="row">The raw columns of <see cref="Preparation"/>, else the p features; exactly <see cref="InputCount"/>.</param>
    /// <param name="predictions">Filled with one prediction for each output; exactly <see cref="Outputs"/> long. Must not overlap what is read.</param>
    /// <param name="offset">The known part of each output's linear predictor for a model fitted with offsets, empty for a model fitted without.</param>
    /// <exception cref="ArgumentException">A length does not agree, or an offset is missing or given to a model fitted without.</exception>
    public void Predict(ReadOnlySpan<double> row, Span<double> predictions, ReadOnlySpan<double> offset = default) => PredictOutputs(row, predictions, offset);

    /// <inheritdoc cref="Predict(ReadOnlySpan{double}, Span{double}, ReadOnlySpan{double})"/>
    public void Predict(ReadOnlySpan<float> row, Span<double> predictions, ReadOnlySpan<double> offset = default) => PredictOutputs(row, predictions, offset);

    /// <summary>Predicts every output of one row of which only some features are given; the others are 0. The bits are those of the row with its zeros.</summary>
    /// <param name="indices">The features given, counted from 0 and below <see cref="FeatureCount"/>, ascending, none twice.</param>
    /// <param name="values">The value of each.</param>
    /// <param name="predictions">Filled with one prediction for each output; exactly <see cref="Outputs"/> long.</param>
    /// <param name="offset">The known part of each output's linear predictor for a model fitted with offsets, empty for a model fitted without.</param>
    /// <exception cref="ArgumentException">Lengths differ, an index is out of range or does not ascend, or an offset is missing or given to a model fitted without.</exception>
    /// <exception cref="NotSupportedException">The model has a <see cref="Preparation"/>: a raw column that is not given would be missing, not 0.</exception>
    public void Predict(ReadOnlySpan<int> indices, ReadOnlySpan<double> values, Span<double> predictions, ReadOnlySpan<double> offset = default) =>
        PredictSparseOutputs(indices, values, predictions, offset);

    /// <inheritdoc cref="Predict(ReadOnlySpan{int}, ReadOnlySpan{double}, Span{double}, ReadOnlySpan{double})"/>
    public void Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<double> predictions, ReadOnlySpan<double> offset = default) =>
        PredictSparseOutputs(indices, values, predictions, offset);

    /// <summary>The class of a row by the probabilities of all: the one of the largest, of several as large the first.</summary>
    /// <param name="probabilities">One for each of <see cref="Classes"/>, in [0, 1].</param>
    /// <returns>One of <see cref="Classes"/>.</returns>
    /// <exception cref="ArgumentException">Their number is another, or one is NaN, as of a row with a gap, or outside [0, 1].</exception>
    /// <exception cref="NotSupportedException">The model has no probability for each class: the family has no classes, or predicts the probability of an event.</exception>
    public string ClassOf(ReadOnlySpan<double> probabilities)
    {
        IReadOnlyList<string> classes = DemandClasses();
        if (Family.HasEvent)
            throw new NotSupportedException($"The model predicts the probability of '{classes[1]}', one number for a row: ClassOf of that.");
        if (probabilities.Length != classes.Count)
            Throw.Length(nameof(probabilities), probabilities.Length, $"have one for each of the {classes.Count} classes");
        foreach (double probability in probabilities)
        {
            if (double.IsNaN(probability))
                Throw.Data(nameof(probabilities), $"'{nameof(probabilities)}' (NaN) must be in [0, 1]: a row that lacks a feature with a coefficient has no class.");
            if (!(probability is >= 0 and <= 1))
                Throw.OutOfRange(nameof(probabilities), probability, "be in [0, 1]");
        }

        return classes[Largest(probabilities)];
    }

    /// <summary>The place of the largest; of several as large of the first.</summary>
    internal static int Largest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int k = 1; k < values.Length; k++)
        {
            if (values[k] > values[largest])
                largest = k;
        }

        return largest;
    }

    [SkipLocalsInit]
    private string MostProbable<T>(ReadOnlySpan<T> row, double threshold)
        where T : unmanaged
    {
        if (threshold != 0.5)
            Throw.OutOfRange(nameof(threshold), threshold, $"not be given to a model of {Outputs} classes: the most probable is called");
        double[]? rented = Outputs > MostOnStack ? ArrayPool<double>.Shared.Rent(Outputs) : null;
        Span<double> probabilities = rented is null ? stackalloc double[MostOnStack] : rented;
        probabilities = probabilities[..Outputs];
        DemandNoOffset();
        DotOutputs(row, probabilities);
        BatchPredictor.FinishOutputs(_intercepts, Family.Link, default, probabilities);
        string found = ClassOf(probabilities);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return found;
    }

    private void PredictOutputs<T>(ReadOnlySpan<T> row, Span<double> predictions, ReadOnlySpan<double> offset)
        where T : unmanaged
    {
        DemandOutputs(predictions, offset);
        DotOutputs(row, predictions);
        BatchPredictor.FinishOutputs(_intercepts, _link, offset, predictions);
    }

    private void PredictSparseOutputs<T>(ReadOnlySpan<int> indices, ReadOnlySpan<T> values, Span<double> predictions, ReadOnlySpan<double> offset)
        where T : unmanaged
    {
        DemandOutputs(predictions, offset);
        DemandSparseRow(indices, values.Length);
        using CoefficientSpans coefficients = _store.Borrow();
        OutputPredictor.Sum(indices, values, coefficients.Indices, coefficients.Values, predictions);
        BatchPredictor.FinishOutputs(_intercepts, _link, offset, predictions);
    }

    private void DotOutputs<T>(ReadOnlySpan<T> row, Span<double> sums)
        where T : unmanaged
    {
        if (row.Length != InputCount)
            Throw.Length(nameof(row), row.Length, $"hold the {InputCount} {InputNoun} of the model");
        using CoefficientSpans coefficients = _store.Borrow();
        if (Preparation is { } preparation)
            PreparedPredictor.Dot(preparation, row, coefficients, sums);
        else
            OutputPredictor.Sum(new SparseRow<T>(row, coefficients.Indices), coefficients.Values, sums);
    }

    private void DemandOutputs(ReadOnlySpan<double> predictions, ReadOnlySpan<double> offset)
    {
        if (predictions.Length != Outputs)
            Throw.Length(nameof(predictions), predictions.Length, Outputs == 1 ? "hold one value for the one output of the model" : $"hold one value for each of the {Outputs} {Family.OutputsNoun} of the model");
        if (Provenance.HasOffset && offset.Length != Outputs)
            Throw.Length(nameof(offset), offset.Length, Outputs == 1 ? "hold one value: the model was fitted with an offset" : $"hold one value for each of the {Outputs} {Family.OutputsNoun}: the model was fitted with offsets");
        if (!Provenance.HasOffset && !offset.IsEmpty)
            Throw.Length(nameof(offset), offset.Length, "be empty: the model was fitted without an offset");
        if (offset.Overlaps(predictions))
            Throw.Data(nameof(offset), "'offset' must not overlap 'predictions'.");
    }

    /// <summary>One number cannot say what several outputs are.</summary>
    private void DemandOneOutput()
    {
        if (Outputs != 1)
            throw new NotSupportedException(Throw.Invariant($"The model predicts {Outputs} numbers of a row, one for each {Family.OutputNoun} ({Data.ClassLabels.Listed(OutputNames!)}): give Predict a span for them{(Family.HasClasses ? ", or ask PredictClass for the most probable" : "")}."));
    }
}
