using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// Pools what several imputations gave: Rubin's rules (1987) with the degrees of freedom of Barnard and Rubin (1999).
/// </summary>
/// <remarks>
/// Of m estimates θₖ with variances Uₖ: θ̄ their mean, W the mean of Uₖ, B = Σ(θₖ − θ̄)²/(m − 1), T = W + (1 + 1/m)B. With λ = (1 + 1/m)B/T,
/// 1/ν = λ²/(m − 1) + 1/ν_obs, ν_obs = (ν_com + 1)/(ν_com + 3)·ν_com(1 − λ), where ν_com are the degrees of freedom without gaps.
/// </remarks>
public static class RubinRules
{
    /// <summary>Pools one estimate.</summary>
    /// <param name="estimates">θₖ of each imputation, at least two; finite.</param>
    /// <param name="variances">Uₖ, the squared standard errors; positive and finite.</param>
    /// <param name="completeDegreesOfFreedom">ν_com > 0, those of each analysis (n − k for least squares); +∞ for large samples.</param>
    /// <exception cref="ArgumentException">A length or value is wrong.</exception>
    public static PooledEstimate Pool(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances, double completeDegreesOfFreedom = double.PositiveInfinity)
    {
        int m = estimates.Length;
        if (m < 2)
            Throw.Length(nameof(estimates), m, "be at least 2: one imputation does not show how far imputations differ");
        if (variances.Length != m)
            Throw.Length(nameof(variances), variances.Length, Throw.Invariant($"have one variance for each of the {m} estimates"));
        if (!(completeDegreesOfFreedom > 0))
            Throw.OutOfRange(nameof(completeDegreesOfFreedom), completeDegreesOfFreedom, "be positive");
        double mean = 0, within = 0, between = 0;
        for (int k = 0; k < m; k++)
        {
            if (!double.IsFinite(estimates[k]))
                Throw.Data(nameof(estimates), Throw.Invariant($"'{nameof(estimates)}' must be finite, but number {k} (counted from 0) of {m} is {estimates[k]}."));
            if (!(variances[k] > 0) || double.IsInfinity(variances[k]))
                Throw.Data(nameof(variances), Throw.Invariant($"'{nameof(variances)}' must be positive and finite, but number {k} (counted from 0) of {m} is {variances[k]}."));
            mean += estimates[k] / m;
            within += variances[k] / m;
        }

        foreach (double estimate in estimates)
            between += (estimate - mean) * (estimate - mean) / (m - 1);
        double spread = (1 + 1.0 / m) * between, total = within + spread, share = spread / total;
        double observed = double.IsPositiveInfinity(completeDegreesOfFreedom)
            ? double.PositiveInfinity
            : (completeDegreesOfFreedom + 1) / (completeDegreesOfFreedom + 3) * completeDegreesOfFreedom * (1 - share);
        return new(mean, within, between, total, 1 / (share * share / (m - 1) + 1 / observed), share);
    }

    /// <summary>Pools the same analysis of each completed table, a refit for instance, coefficient by coefficient.</summary>
    /// <param name="imputations">At least two results of one method with the same coefficients, in the same order.</param>
    /// <exception cref="ArgumentException">The results differ in method, level, adjustment or coefficients, or have no standard errors.</exception>
    public static InferenceResult Pool(IReadOnlyList<InferenceResult> imputations)
    {
        ArgumentNullException.ThrowIfNull(imputations);
        int m = imputations.Count;
        if (m < 2)
            Throw.Length(nameof(imputations), m, "be at least 2: one imputation does not show how far imputations differ");
        InferenceResult first = imputations[0];
        for (int k = 1; k < m; k++)
        {
            InferenceResult other = imputations[k];
            if (other.Method != first.Method || other.Level != first.Level || other.Adjustment != first.Adjustment
                || !other.Coefficients.Select(c => c.Feature).SequenceEqual(first.Coefficients.Select(c => c.Feature)))
                Throw.Data(nameof(imputations), Throw.Invariant($"'{nameof(imputations)}' must be one analysis of each of the {m} completed tables, but number {k} (counted from 0) differs from the first in method, level, adjustment or features; select once, on all tables together, and refit each on that."));
        }

        double freedom = double.IsNaN(first.ResidualDegreesOfFreedom) ? double.PositiveInfinity : first.ResidualDegreesOfFreedom;
        CoefficientInference[] pooled = new CoefficientInference[first.Coefficients.Count];
        for (int j = 0; j < pooled.Length; j++)
        {
            double[] errors = [.. imputations.Select(result => result.Coefficients[j].StandardError)];
            PooledEstimate estimate = Pool(
                [.. imputations.Select(result => result.Coefficients[j].Estimate)], Array.ConvertAll(errors, error => error * error), freedom);
            (double lower, double upper) = estimate.Interval(first.Level);
            pooled[j] = first.Coefficients[j] with
            {
                Estimate = estimate.Estimate,
                StandardError = estimate.StandardError,
                Lower = lower,
                Upper = upper,
                PValue = estimate.PValue,
            };
        }

        return new(
            Throw.Invariant($"{first.Method}, pooled over {m} imputations by Rubin's rules with Barnard–Rubin degrees of freedom"),
            first.Assumptions + "; gaps that do not depend on what they hide once the observed values are known, and proper imputations",
            first.Level, first.Adjustment, pooled)
        {
            IsNaiveAfterSelection = imputations.Any(result => result.IsNaiveAfterSelection),
            Seed = first.Seed,
        };
    }
}

/// <summary>An estimate over several imputations; see <see cref="RubinRules"/>. Immutable.</summary>
/// <param name="Estimate">θ̄.</param>
/// <param name="WithinVariance">W: what would be left without gaps.</param>
/// <param name="BetweenVariance">B: how far the imputations differ.</param>
/// <param name="TotalVariance">T = W + (1 + 1/m)B.</param>
/// <param name="DegreesOfFreedom">Barnard and Rubin's ν, maybe +∞.</param>
/// <param name="MissingShare">λ in [0, 1]: the share of the total variance that is due to the gaps.</param>
public readonly record struct PooledEstimate(
    double Estimate, double WithinVariance, double BetweenVariance, double TotalVariance, double DegreesOfFreedom, double MissingShare)
{
    /// <summary>√T.</summary>
    public double StandardError => Math.Sqrt(TotalVariance);

    /// <summary>Two-sided p-value of θ = 0 by Student's t with ν degrees of freedom.</summary>
    public double PValue => StudentDistribution.TwoSided(Estimate / StandardError, DegreesOfFreedom);

    /// <summary>θ̄ ∓ t√T.</summary>
    /// <param name="level">Coverage in (0, 1).</param>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        if (!(level is > 0 and < 1))
            Throw.OutOfRange(nameof(level), level, "be in (0, 1)");
        double half = StudentDistribution.Critical(level, DegreesOfFreedom) * StandardError;
        return (Estimate - half, Estimate + half);
    }

    /// <summary>Estimate, standard error, degrees of freedom and share of the gaps, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{Estimate:g6} ± {StandardError:g3}, {DegreesOfFreedom:g4} degrees of freedom, {100 * MissingShare:0.#} % of the variance due to gaps");
}
