using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The proof that comes with a solution. Fenchel's inequality, coordinate by coordinate: with θ = c·r feasible for the dual,
/// primal − dual = ½(1−c)²‖r‖² + Σⱼ [penaltyⱼ(βⱼ) + conjugateⱼ(c·gⱼ) − c·gⱼβⱼ], a sum of terms none of which is negative,
/// so that no digits cancel.
/// </summary>
internal readonly record struct Certificate(double Gap, double Violation)
{
    /// <param name="relevant">
    /// The columns with a coefficient or a gradient beyond their l1; the others keep their dual constraint at every c ≤ 1 and add nothing.
    /// </param>
    /// <param name="beta">All coefficients, in the solvers' units.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="residualSquare">‖r‖².</param>
    /// <param name="terms">Which columns may enter.</param>
    /// <param name="penalty">The penalty at this λ.</param>
    public static unsafe Certificate Compute(
        ReadOnlySpan<int> relevant, double* beta, double* gradients, double residualSquare, PenaltyTerms terms, in ElasticNetPenalty penalty)
    {
        double size = 1;
        foreach (int j in relevant)
            size += Math.Abs(beta[j]);
        double slack = ElasticNetPenalty.DualSlack * size;

        // Where a ridge term is tiny beside l1, or a bound far away, the conjugate is finite but huge; scaling as if there
        // were neither is the better dual point then. Both are valid, so the smaller gap counts.
        double scale = 1, scaleToZero = 1, violation = 0;
        foreach (int j in relevant)
        {
            if (!terms.MayEnter(j) || penalty.IsRounding(j, beta[j], gradients[j], slack))
                continue;
            double feasible = penalty.FeasibleScale(j, beta[j], gradients[j], slack);
            scaleToZero = Math.Min(scaleToZero, feasible);
            if (!penalty.IsAlwaysFinite(j, gradients[j]))
                scale = Math.Min(scale, feasible);
            // In the units of the penalty, which are those of λ.
            violation = Math.Max(violation, penalty.Violation(j, beta[j], gradients[j]) / terms.Ratio[j]);
        }

        double gap = GapAt(scale, slack, relevant, beta, gradients, residualSquare, terms, penalty);
        if (scaleToZero < scale)
            gap = Math.Min(gap, GapAt(scaleToZero, slack, relevant, beta, gradients, residualSquare, terms, penalty));
        return new(gap, violation);
    }

    private static unsafe double GapAt(
        double scale, double slack, ReadOnlySpan<int> relevant, double* beta, double* gradients, double residualSquare,
        PenaltyTerms terms, in ElasticNetPenalty penalty)
    {
        double gap = 0.5 * (1 - scale) * (1 - scale) * residualSquare;
        foreach (int j in relevant)
        {
            if (!terms.MayEnter(j) || penalty.IsRounding(j, beta[j], gradients[j], slack))
                continue;
            double t = scale * gradients[j], term = penalty.Conjugate(j, t, slack);
            if (beta[j] != 0)
                term += penalty.Value(j, beta[j]) - t * beta[j];
            gap += Math.Max(term, 0);
        }

        return gap;
    }
}
