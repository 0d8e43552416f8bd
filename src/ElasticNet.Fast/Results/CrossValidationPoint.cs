namespace ElasticNet.Fast;

/// <summary>The cross-validated error at one (ρ, λ).</summary>
/// <param name="L1Ratio">The mixing ρ.</param>
/// <param name="Lambda">The strength λ.</param>
/// <param name="Mean">Mean of the folds' errors, weighted by the folds' weights; of several repeats the average.</param>
/// <param name="StandardError">√(weighted variance of the folds' errors, averaged over the repeats, / (K − 1)).</param>
/// <param name="RSquared">1 − <paramref name="Mean"/> / the error, on the same folds, of the model with intercept and offset only.</param>
/// <param name="NonZeroCount">Non-zero coefficients of the fit on all rows.</param>
public readonly record struct CrossValidationPoint(
    double L1Ratio, double Lambda, double Mean, double StandardError, double RSquared, int NonZeroCount)
{
    /// <summary>Where, how well and by how many features, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"λ {Lambda:g6}, ρ {L1Ratio:g4}: {Mean:g6} ± {StandardError:g3}, {Digits.Four(RSquared)} explained, {NonZeroCount} coefficients not 0");
}
