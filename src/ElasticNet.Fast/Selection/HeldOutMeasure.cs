using System.Diagnostics;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Computes a <see cref="Measure"/>: response, weights and linear predictors of held-out rows in, a weighted sum out, which the caller
/// divides by the weight. One class each.
/// </summary>
internal abstract class HeldOutMeasure(Measure measure, Family family)
{
    /// <summary>The measure of a family.</summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="family">Of what.</param>
    /// <param name="outputs">How many outputs rows have, each with all rows.</param>
    public static HeldOutMeasure Of(Measure measure, Family family, int outputs = 1) =>
        outputs > 1 ? OfOutputs(measure, family, outputs)
        : measure == Measure.MeanSquaredError ? new SquaredError(family)
        : measure == Measure.MeanAbsoluteError ? new AbsoluteError(family)
        : measure == Measure.Deviance ? new MeanDeviance(family)
        : measure == Measure.Misclassification ? new Misclassified(family)
        : measure == Measure.Auc ? new RankArea(family)
        : measure == Measure.LogLoss ? new LogLossMeasure(family)
        : measure == Measure.Brier ? new BrierScore(family)
        : measure == Measure.PartialDeviance ? new PartialDeviance(family)
        : measure == Measure.Concordance ? new ConcordanceMeasure(family)
        : throw new UnreachableException($"Nothing computes the {measure}.");

    private static HeldOutMeasure OfOutputs(Measure measure, Family family, int outputs) =>
        measure == Measure.MeanSquaredError || measure == Measure.MeanAbsoluteError ? new ErrorOfAll(measure, family, outputs)
        : measure == Measure.Deviance ? new SoftmaxDeviance(measure, family, outputs, 2)
        : measure == Measure.LogLoss ? new SoftmaxDeviance(measure, family, outputs, 1)
        : measure == Measure.Misclassification ? new MostLikelyClass(family, outputs)
        : throw new UnreachableException($"Nothing computes the {measure} of several outputs.");

    /// <summary>What is computed, in words.</summary>
    public Measure Measure { get; } = measure;

    /// <summary>Whose linear predictors it is given. Of the identity link neither they nor the response include the offset, else they do.</summary>
    public Family Family { get; } = family;

    /// <summary>Whether moments of the held-out rows know it too.</summary>
    public virtual bool IsKnownToMoments => false;

    /// <summary>Whether it must see all rows of a fold at once, as ranks do; else they come in blocks.</summary>
    public virtual bool TakesWholeFolds => false;

    /// <summary>Whether it judges held-out rows by the company of those that were trained on, as a partial likelihood does; then it sees these, too.</summary>
    public virtual bool NeedsTraining => false;

    /// <summary>What judges the rows of one fold: where a number for each row does not say all of it, one that knows the rows.</summary>
    /// <param name="survival">How long rows were watched; null where the response is all.</param>
    /// <param name="rows">The rows, as it is given them.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="isHeldOut">Whether they are held out; else they were trained on.</param>
    public virtual HeldOutMeasure For(SurvivalTimes? survival, int[] rows, double[] weights, bool[] isHeldOut) => this;

    /// <summary>How much a fold counts: the weight of its rows, or of its events.</summary>
    /// <param name="response">y of a row.</param>
    /// <param name="weight">Its weight.</param>
    public virtual double WeightOf(double response, double weight) => weight;

    /// <summary>Adds some rows to a sum: each row's loss times its weight; of whole folds the fold's value times its weight.</summary>
    /// <param name="sum">What rows before have come to.</param>
    /// <param name="response">y.</param>
    /// <param name="weights">w, ≥ 0.</param>
    /// <param name="eta">The linear predictors; may be overwritten.</param>
    public abstract double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta);

    /// <summary>Turns linear predictors into mean responses, where they lie.</summary>
    protected void ToMeans(Span<double> eta)
    {
        if (!Family.Link.IsIdentity)
            Family.Link.Inverse(eta, eta);
    }
}
