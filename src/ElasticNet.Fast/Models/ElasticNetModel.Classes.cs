using ElasticNet.Fast.Models;

namespace ElasticNet.Fast;

/// <content>Models of classes: from probabilities to a class.</content>
public sealed partial class ElasticNetModel
{
    /// <summary>The class of a probability, wherever it was predicted: the event from the threshold on.</summary>
    /// <param name="probability">The probability of the event, in [0, 1].</param>
    /// <param name="threshold">From which probability on it is called, in [0, 1].</param>
    /// <returns>One of <see cref="Classes"/>.</returns>
    /// <exception cref="ArgumentException">A number is outside [0, 1], or the probability is NaN, as of a row with a gap.</exception>
    /// <exception cref="NotSupportedException">The family has no classes.</exception>
    public string ClassOf(double probability, double threshold = 0.5)
    {
        IReadOnlyList<string> classes = DemandClasses();
        if (!Family.HasEvent)
            throw new NotSupportedException(Throw.Invariant($"The model has a probability for each of its {classes.Count} classes: ClassOf of all of them."));
        if (!(threshold is >= 0 and <= 1))
            Throw.OutOfRange(nameof(threshold), threshold, "be in [0, 1]");
        if (double.IsNaN(probability))
            Throw.Data(nameof(probability), "'probability' (NaN) must be in [0, 1]: a row that lacks a feature with a coefficient has no class.");
        if (!(probability is >= 0 and <= 1))
            Throw.OutOfRange(nameof(probability), probability, "be in [0, 1]");
        return classes[probability >= threshold ? 1 : 0];
    }

    /// <summary>The class of one row: of two the event from the threshold on, of several the most probable. Rows of other kinds, or with an offset: <see cref="ClassOf(double, double)"/> of their probability, or <see cref="ClassOf(ReadOnlySpan{double})"/> of all.</summary>
    /// <param name="row">The raw columns of <see cref="Preparation"/>, else the p features; exactly <see cref="InputCount"/>.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; not for several classes.</param>
    /// <returns>One of <see cref="Classes"/>.</returns>
    /// <exception cref="ArgumentException">The row has another length or lacks a feature with a coefficient, the threshold is outside [0, 1], or the model needs an offset.</exception>
    /// <exception cref="NotSupportedException">The family has no classes.</exception>
    public string PredictClass(ReadOnlySpan<double> row, double threshold = 0.5)
    {
        DemandClasses();
        if (!Family.HasEvent)
            return MostProbable(row, threshold);
        DemandNoOffset();
        return ClassOf(BatchPredictor.Mean(Family.Link, BatchPredictor.Finish(Intercept, Dot(row))), threshold);
    }

    /// <inheritdoc cref="PredictClass(ReadOnlySpan{double}, double)"/>
    public string PredictClass(ReadOnlySpan<float> row, double threshold = 0.5)
    {
        DemandClasses();
        if (!Family.HasEvent)
            return MostProbable(row, threshold);
        DemandNoOffset();
        return ClassOf(BatchPredictor.Mean(Family.Link, BatchPredictor.Finish(Intercept, Dot(row))), threshold);
    }

    /// <summary>Labels of rows as a target for this model: by its classes and its event, also where one of the classes does not occur.</summary>
    /// <param name="labels">One label for each row; null means missing, which is allowed in rows that do not count.</param>
    /// <exception cref="ArgumentException">A label is none of <see cref="Classes"/>.</exception>
    /// <exception cref="NotSupportedException">The family has no classes.</exception>
    public Target Labels(IReadOnlyList<string?> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        IReadOnlyList<string> classes = DemandClasses();
        double[] values = new double[labels.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.NaN;
            for (int k = 0; k < classes.Count && labels[i] is not null; k++)
            {
                if (labels[i] == classes[k])
                    values[i] = k;
            }

            if (labels[i] is not null && double.IsNaN(values[i]))
                Throw.Data(nameof(labels), Throw.Invariant($"'{nameof(labels)}' must be the model's classes {Data.ClassLabels.Listed(classes)}, but row {i} (counted from 0) is '{labels[i]}'."));
        }

        return Target.Known(values, classes);
    }

    private IReadOnlyList<string> DemandClasses() =>
        Classes ?? throw new NotSupportedException($"The model is of the family {Family.Title}, which has no classes; Predict gives its mean response.");
}
