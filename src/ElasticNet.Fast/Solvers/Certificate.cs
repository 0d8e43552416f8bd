using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The proof that comes with a solution. Fenchel's inequality, coordinate by coordinate: with θ = c·r feasible for the dual,
/// primal − dual = ½(1−c)²‖r‖² + Σⱼ [penaltyⱼ(βⱼ) + conjugateⱼ(c·gⱼ) − c·gⱼβⱼ], a sum of terms none of which is negative,
/// so that no digits cancel.
/// </summary>
internal readonly record struct Certificate(double Gap, double Violation)
{
    /// <param name="columns">p.</param>
    /// <param name="beta">All coefficients, in the solvers' units.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="residualSquare">‖r‖².</param>
    /// <param name="terms">Which columns may enter.</param>
    /// <param name="penalty">The penalty at this λ.</param>
    public static unsafe Certificate Compute(
        int columns, double* beta, double* gradients, double residualSquare, PenaltyTerms terms, in ElasticNetPenalty penalty)
    {
        double scale = 1, violation = 0;
        for (int j = 0; j < columns; j++)
        {
            if (!terms.MayEnter(j))
                continue;
            scale = Math.Min(scale, penalty.FeasibleScale(j, gradients[j]));
            violation = Math.Max(violation, penalty.Violation(j, beta[j], gradients[j]));
        }

        double gap = 0.5 * (1 - scale) * (1 - scale) * residualSquare;
        for (int j = 0; j < columns; j++)
        {
            if (!terms.MayEnter(j))
                continue;
            double t = scale * gradients[j];
            double term = penalty.Conjugate(j, t);
            if (beta[j] != 0)
                term += penalty.Value(j, beta[j]) - t * beta[j];
            gap += Math.Max(term, 0);
        }

        return new(gap, violation);
    }
}
