namespace ElasticNet.Fast.Penalties;

/// <summary>
/// l1ⱼ|β| + ½ l2ⱼβ² on lowerⱼ ≤ β ≤ upperⱼ (lower ≤ 0 ≤ upper), one coordinate at a time: its value, its convex
/// conjugate, and how far a gradient is from its subdifferential. Sees coefficients only, never y.
/// </summary>
internal readonly unsafe struct ElasticNetPenalty(
    double l1, double l2, double* unit1, double* unit2, double* lower, double* upper)
{
    /// <summary>A gradient, where that of the null model's residual with its own direction is 1, that may be rounding.</summary>
    private const double Unpushed = 1e-10;

    /// <summary>Slack of the optimality conditions that rounding is allowed, relative to l1.</summary>
    public const double RelativeSlack = 1e-13;

    /// <summary>What a computed gradient may be off by, per unit of 1 + Σ|β|: below it a violation is not worth a column.</summary>
    public const double GradientNoise = 8 * 2.220446049250313e-16;

    /// <summary>Strength of |βⱼ|, as far as double reaches: beyond, it makes no difference.</summary>
    public double L1(nint j) => Math.Min(l1 * unit1[j], double.MaxValue);

    /// <summary>Strength of ½βⱼ², likewise.</summary>
    public double L2(nint j) => Math.Min(l2 * unit2[j], double.MaxValue);

    public double Lower(nint j) => lower[j];

    public double Upper(nint j) => upper[j];

    /// <summary>The penalty of β.</summary>
    public double Value(nint j, double beta) => beta == 0 ? 0 : L1(j) * Math.Abs(beta) + 0.5 * L2(j) * beta * beta;

    /// <summary>sup over feasible β of tβ − penalty(β). Infinite where nothing bounds it: t beyond l1 with neither ridge nor bound.</summary>
    public double Conjugate(nint j, double t)
    {
        double excess = Math.Abs(t) - L1(j);
        if (excess <= 0)
            return 0;
        double bound = t > 0 ? upper[j] : -lower[j];
        if (bound == 0)
            return 0;
        double ridge = L2(j);
        if (ridge == 0)
            return bound * excess;
        double best = Math.Min(excess / ridge, bound);
        return double.IsInfinity(best) ? best : best * (excess - 0.5 * ridge * best);
    }

    /// <summary>
    /// penalty(β) + conjugate(t) − tβ, never negative and 0 where t belongs to the subdifferential at β; the largest value for a t that is
    /// known up to <paramref name="error"/> only (it is convex in t: at one of the ends).
    /// </summary>
    public double Slack(nint j, double beta, double t, double error) => error == 0
        ? SlackAt(j, beta, t)
        : Math.Max(SlackAt(j, beta, t - error), SlackAt(j, beta, t + error));

    /// <summary>The largest c ≤ 1 for which <see cref="Conjugate"/>(c·t) would be 0 without ridge term and bound, t being known up to
    /// <paramref name="error"/>; 1 where β is at the bound that t presses against.</summary>
    public double FeasibleScale(nint j, double beta, double t, double error)
    {
        double size = Math.Abs(t) + error, limit = L1(j);
        return size <= limit || (Math.Abs(t) > error && beta == (t > 0 ? upper[j] : lower[j])) ? 1 : limit / size;
    }

    /// <summary>Whether <see cref="Conjugate"/>(t) is finite however large t is, whose sign is known unless <paramref name="error"/> hides it.</summary>
    public bool IsAlwaysFinite(nint j, double t, double error) =>
        L2(j) > 0 || ((t + error <= 0 || double.IsFinite(upper[j])) && (t - error >= 0 || double.IsFinite(lower[j])));

    /// <summary>Whether a column has neither penalty nor bound.</summary>
    public bool IsFree(nint j) => L1(j) == 0 && L2(j) == 0 && double.IsNegativeInfinity(lower[j]) && double.IsPositiveInfinity(upper[j]);

    /// <summary>
    /// Whether a coefficient has no penalty and no bound that pushes it: its gradient is 0 but for rounding, and a dual point whose product
    /// with the column is 0 pays nothing for it.
    /// </summary>
    public bool IsUnheld(nint j, double beta, double gradient) =>
        L1(j) == 0 && L2(j) == 0 && ((beta > lower[j] && beta < upper[j]) || Math.Abs(gradient) <= Unpushed);

    /// <summary>Whether a coefficient is free to move: not 0 and at no bound, or without a penalty.</summary>
    public bool IsInside(nint j, double beta) => beta > lower[j] && beta < upper[j] && (beta != 0 || (L1(j) == 0 && L2(j) == 0));

    /// <summary>Distance of the gradient g = xⱼᵀr from the subdifferential at β: 0 where the optimality condition of j holds.</summary>
    public double Violation(nint j, double beta, double gradient)
    {
        if (lower[j] == upper[j])
            return 0;
        double strength = L1(j);
        if (beta == 0)
        {
            double excess = Math.Abs(gradient) - strength;
            return excess > 0 && (gradient > 0 ? upper[j] : -lower[j]) > 0 ? excess : 0;
        }

        double slope = gradient - strength * Math.Sign(beta) - L2(j) * beta;
        if (beta == upper[j])
            return Math.Max(-slope, 0);
        if (beta == lower[j])
            return Math.Max(slope, 0);
        return Math.Abs(slope);
    }

    private double SlackAt(nint j, double beta, double t) => Math.Max(Conjugate(j, t) + (beta == 0 ? 0 : Value(j, beta) - t * beta), 0);
}
