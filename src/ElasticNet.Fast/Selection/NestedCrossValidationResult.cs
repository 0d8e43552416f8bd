namespace ElasticNet.Fast.Selection;

/// <summary>What one outer fold chose without its rows, and how that did on them.</summary>
/// <param name="L1Ratio">The ρ chosen.</param>
/// <param name="Lambda">The λ chosen.</param>
/// <param name="NonZeroCount">Features selected.</param>
/// <param name="Error">Mean error on the held-out rows.</param>
/// <param name="Weight">Sum of the weights of the held-out rows; where a partial likelihood judges them, of their events. A fold without any has error 0 and counts nothing.</param>
public readonly record struct OuterFold(double L1Ratio, double Lambda, int NonZeroCount, double Error, double Weight)
{
    /// <summary>What was chosen and its error, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"λ {Lambda:g6}, ρ {L1Ratio:g4}: {NonZeroCount} coefficients not 0, held out {Error:g6}");
}

/// <summary>An honest error of the whole procedure, the choice of λ and ρ included. Immutable.</summary>
public sealed class NestedCrossValidationResult
{
    internal NestedCrossValidationResult(OuterFold[] folds, int[] foldOf, double[] predictions, double nullError, Measure measure)
    {
        (Folds, FoldIds, Predictions, Measure) = (folds, foldOf, predictions, measure);
        double weight = folds.Sum(fold => fold.Weight);
        Mean = folds.Sum(fold => fold.Weight * fold.Error) / weight;
        StandardError = Math.Sqrt(folds.Sum(fold => fold.Weight * (fold.Error - Mean) * (fold.Error - Mean)) / weight / (folds.Length - 1));
        RSquared = measure.Explained(Mean, nullError);
    }

    /// <summary>The outer folds.</summary>
    public IReadOnlyList<OuterFold> Folds { get; }

    /// <summary>Mean of the folds' errors, weighted by the folds' weights.</summary>
    public double Mean { get; }

    /// <summary>√(weighted variance of the folds' errors / (K − 1)).</summary>
    public double StandardError { get; }

    /// <summary>1 − <see cref="Mean"/> / the error, on the same folds, of the model with intercept and offset only; 0 where that has none.</summary>
    public double RSquared { get; }

    /// <summary>What the errors measure.</summary>
    public Measure Measure { get; }

    /// <summary>The outer fold of each row; −1 for a row that is never held out: one of weight 0, or before all blocks of a plan forward in time.</summary>
    public ReadOnlyMemory<int> FoldIds { get; }

    /// <summary>The prediction of each row by the model that did not see it, of several outputs those of a row side by side, of survival the relative hazard; NaN for a row that is never held out.</summary>
    public ReadOnlyMemory<double> Predictions { get; }

    /// <summary>The error of the whole procedure, and a line for each outer fold, culture-invariant.</summary>
    public override string ToString() =>
        Throw.Invariant($"nested cross-validation, {Folds.Count} outer folds: {Measure} {Mean:g6} ± {StandardError:g3}, {Measure.ExplainedName} {Digits.Four(RSquared)}\n")
        + string.Concat(Folds.Select((fold, k) => Throw.Invariant($"fold {k}: ") + fold + "\n"));
}
