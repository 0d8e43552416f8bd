namespace ElasticNet.Fast;

/// <summary>
/// The pair (λ, ρ) of this library, made from the parameters of others. What is called alpha is the strength in
/// scikit-learn and the mixing in glmnet, so that it is never the name of anything here.
/// </summary>
/// <param name="Lambda">The strength λ ≥ 0.</param>
/// <param name="L1Ratio">The mixing ρ in [0, 1].</param>
public readonly record struct PenaltyStrength(double Lambda, double L1Ratio)
{
    /// <summary>
    /// From scikit-learn's <c>ElasticNet(alpha, l1_ratio)</c>, whose objective is the same; it does not standardise, so
    /// set <see cref="ElasticNetOptions.Standardize"/> to false as well.
    /// </summary>
    /// <param name="alpha">The strength, ≥ 0.</param>
    /// <param name="l1Ratio">The mixing, in [0, 1].</param>
    public static PenaltyStrength FromScikitLearn(double alpha, double l1Ratio)
    {
        CheckStrength(nameof(alpha), alpha);
        CheckMixing(nameof(l1Ratio), l1Ratio);
        return new(alpha, l1Ratio);
    }

    /// <summary>
    /// From <c>glmnet(alpha, lambda, family = "gaussian")</c>, which scales y to unit deviation inside and thereby divides
    /// its ridge term by sd(y): λ′ = λ(α + (1 − α)/sd(y)), ρ′ = λα/λ′. For glmnet's other families, and its
    /// <c>gaussian()</c> object, pass 1 for <paramref name="sdY"/>: they need no translation.
    /// </summary>
    /// <remarks>glmnet also rescales penalty factors to sum to p: multiply λ by p/Σv, or divide the factors by their mean.</remarks>
    /// <param name="alpha">The mixing, in [0, 1].</param>
    /// <param name="lambda">The strength, ≥ 0.</param>
    /// <param name="sdY">
    /// The (weighted) standard deviation of y − offset with divisor n; without an intercept the root mean square of y.
    /// </param>
    public static PenaltyStrength FromGlmnet(double alpha, double lambda, double sdY)
    {
        CheckMixing(nameof(alpha), alpha);
        CheckStrength(nameof(lambda), lambda);
        if (!(sdY > 0 && double.IsFinite(sdY)))
            Throw.OutOfRange(nameof(sdY), sdY, "be positive and finite");
        double scale = alpha + ((1 - alpha) / sdY);
        return new(lambda * scale, alpha / scale);
    }

    /// <summary>λ and ρ, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"λ {Lambda}, ρ {L1Ratio}");

    private static void CheckStrength(string name, double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            Throw.OutOfRange(name, value, "be at least 0 and finite");
    }

    private static void CheckMixing(string name, double value)
    {
        if (value is not (>= 0 and <= 1))
            Throw.OutOfRange(name, value, "be in [0, 1]");
    }
}
