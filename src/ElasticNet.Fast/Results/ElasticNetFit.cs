namespace ElasticNet.Fast;

/// <summary>One solution without its coefficients: where it lies, how well it fits, and the proof that it is optimal.</summary>
public readonly record struct ElasticNetFit
{
    /// <summary>The largest <see cref="RelativeGap"/> of a solution that counts as exact.</summary>
    public const double ExactGap = 1e-9;

    /// <summary>The strength λ of the penalty.</summary>
    public double Lambda { get; init; }

    /// <summary>The mixing ρ: 1 is the lasso, 0 is ridge.</summary>
    public double L1Ratio { get; init; }

    /// <summary>The intercept b on the original scale; 0 where none is fitted.</summary>
    /// <exception cref="NotSupportedException">There are several outputs, each with its own: <see cref="Intercepts"/>.</exception>
    public double Intercept
    {
        get => Intercepts.IsEmpty ? field : throw new NotSupportedException(Throw.Invariant($"The fit has an intercept for each of {Intercepts.Length} outputs: {nameof(Intercepts)}."));
        init;
    }

    /// <summary>Of several outputs (<see cref="Family.HasOutputs"/>) the intercept of each on the original scale, zeros where none are fitted; empty where there is one, whose <see cref="Intercept"/> it is.</summary>
    public ReadOnlyMemory<double> Intercepts { get; init; }

    /// <summary>Coefficients that are not 0 (what glmnet calls df); of several outputs features that have one for any of them.</summary>
    public int NonZeroCount { get; init; }

    /// <summary>
    /// Effective degrees of freedom of the fitted values: intercept + tr[X_S (X_SᵀWX_S + λ₂)⁻¹ X_SᵀW] over the free support S
    /// (coefficients at a bound do not count); NaN where a ridge term would make it cost a factor and
    /// <see cref="ElasticNetOptions.DegreesOfFreedom"/> does not ask for it, or where coordinate descent stood in for the factor. Zou, Hastie and Tibshirani 2007; Tibshirani and Taylor 2012.
    /// </summary>
    public double DegreesOfFreedom { get; init; }

    /// <summary>1 − deviance / null deviance; the null model has intercept and offset only. 0 where the null deviance is 0.</summary>
    public double DevianceRatio { get; init; }

    /// <summary>
    /// Duality gap / (½ null deviance): the objective at the coefficients as they are returned is proven to lie at most this far above
    /// its minimum. What rounding can have done to gradients, residual and intercept is charged to it, so that it is hardly ever 0 where
    /// a coefficient is not. Where the charge would exceed 1e-13, the λ is solved again in double-double arithmetic, from the columns
    /// themselves (<see cref="FinishMethod.Compensated"/>), if that proves more. 0 where the null deviance is 0.
    /// </summary>
    public double RelativeGap { get; init; }

    /// <summary>
    /// Whether the solution is proven to be exact: <see cref="RelativeGap"/> is at most <see cref="ExactGap"/>. Nearly all are, by many
    /// orders of magnitude; where one is not, <see cref="SolveTrace.Shortfall"/> says why. It follows from the gap, so that a
    /// loaded model knows it too; false where the gap is NaN.
    /// </summary>
    public bool IsExact => RelativeGap <= ExactGap;

    /// <summary>
    /// Largest violation of the optimality conditions over all columns, as computed, in the units of λ (those of a standardised column),
    /// divided by the λ_max of the path; where λ_max is 0, not divided. Rounding is not forgiven here and not charged, either: that is for <see cref="RelativeGap"/>.
    /// </summary>
    public double KktResidual { get; init; }

    /// <summary>What the solver did to get here.</summary>
    public SolveTrace Trace { get; init; }

    /// <summary>λ, ρ, selection, fit and proof on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"λ {Lambda:g6}, ρ {L1Ratio:g4}: {NonZeroCount} {(Intercepts.IsEmpty ? Throw.Invariant($"coefficients not 0, intercept {Intercept:g6}") : Throw.Invariant($"features with coefficients for {Intercepts.Length} outputs"))}, deviance ratio {Digits.Four(DevianceRatio)}, relative gap {RelativeGap:0.0e+0}");
}
