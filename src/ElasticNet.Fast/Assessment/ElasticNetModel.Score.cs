using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <content>How well it predicts rows whose target is known.</content>
public sealed partial class ElasticNetModel
{
    /// <summary>Predicts rows whose target is known, and says how well: R², RMSE, MAE, the measures of the family, residuals, and of classes confusion, curves and calibration.</summary>
    /// <param name="x">The rows, as <see cref="Predict(Features, Span{double}, ReadOnlySpan{double}, InputTally?)"/> takes them. Held-out ones: of those that the model was fitted to it says too much.</param>
    /// <param name="y">What came, with weights, and with the offset where the model was fitted with one. Classes are those of the model, in either order.</param>
    /// <param name="tally">Counts what was missing or unknown in a <see cref="FeatureTable"/>; null counts nothing.</param>
    /// <param name="threshold">Of classes: from which probability on the event is called, in [0, 1].</param>
    /// <exception cref="ArgumentException">Sizes do not fit, classes are not the model's, a response is outside the family's range, a row that counts has no prediction, or none counts.</exception>
    /// <exception cref="NotSupportedException">The table is sparse and the model has a <see cref="Preparation"/>; or the model has several outputs, for whose classes <see cref="MulticlassAssessment"/> is.</exception>
    public ModelAssessment Score(Features x, Target y, InputTally? tally = null, double threshold = 0.5)
    {
        Family.DemandOneOutput($"{nameof(ModelAssessment)}{(Family.HasClasses ? $" (but {nameof(MulticlassAssessment)})" : "")}");
        if (y.Length != x.Rows)
            Throw.Length(nameof(y), y.Length, $"have one value for each of the {x.Rows} rows of 'x'");
        double[] eta = new double[x.Rows];
        OnLinkScale.Predict(x, eta, y.Offset, tally);
        return ModelAssessment.Of(Family, eta, y, threshold, Classes);
    }
}
