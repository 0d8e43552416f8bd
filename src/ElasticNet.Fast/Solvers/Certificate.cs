using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The proof that comes with a solution: an upper bound on how far its objective lies above the minimum. In the solvers' units
/// (columns x̂ⱼ and response of norm 1, r = ŷ − X̂β), Fenchel's inequality says for every vector θ
/// <code>
/// P(β) − min P ≤ ½‖r − θ‖² + Σⱼ [penaltyⱼ(βⱼ) + conjugateⱼ(x̂ⱼᵀθ) − βⱼ·x̂ⱼᵀθ],
/// </code>
/// a sum of terms none of which is negative, so that no digits cancel. Two choices of θ bound it; the smaller bound counts.
/// </summary>
/// <remarks>
/// <para>
/// Rounding is charged, not forgiven. A computed gradient gⱼ is within δ = <see cref="Rounding.Gradient"/> of x̂ⱼᵀr̃, r̃ the residual at hand, and
/// r̃ within E = <see cref="Rounding.Residual"/> of the residual of the coefficients as they are returned (with the intercept's own
/// rounding b, which is orthogonal to all columns).
/// </para>
/// <para>
/// <b>First.</b> θ = c(r̃ − X̂_F G_FF⁻¹X̂_Fᵀr̃), F the unpenalised columns, of which x̂ⱼᵀθ = 0 is asked. Taking their part away moves θ by
/// σ_F = √(‖G_FF⁻¹‖)·‖X̂_Fᵀr̃‖ at most, which adds to δ and E; without such columns θ = c·r̃. c ≤ 1 is so small that c(|gⱼ| + δ) keeps within l1ⱼ wherever the conjugate is infinite beyond. The first term is
/// at most ½((1−c)‖r̃‖ + E + b)², and each of the others at most its value at the worse end of c(gⱼ ± δ). This charges about
/// 2δ·Σ|βⱼ|. Where the conjugate is finite but huge (a ridge term that is tiny beside l1, a bound far away), a c that keeps all within
/// their l1 is tried, too.
/// </para>
/// <para>
/// <b>Second.</b> Let S be the coefficients that are neither 0 nor at a bound, and dⱼ what is left of their optimality conditions,
/// x̂ⱼᵀr − l1ⱼ·signⱼ − l2ⱼβⱼ. With θ = r − X̂_S A⁻¹d, A = G_SS + l2, the conditions of S hold exactly, and its terms with the first add up to
/// ½dᵀA⁻¹d (it is what a Newton step on S would gain; unpenalised columns are of S). Nobody needs to compute θ: |dⱼ| is at most the computed one
/// plus δ + E, and ‖A⁻¹‖ comes from the factor. θ moves by σ = √(dᵀA⁻¹d) at most, and with it every other x̂ⱼᵀθ: where
/// |gⱼ| + δ + E + σ exceeds l1ⱼ, θ shrinks by c as before, or j counts as a member of S: at |x̂ⱼᵀθ| = l1ⱼ its term is 0, too. This charges
/// the square of rounding only.
/// </para>
/// <para>
/// The second bound asks for ‖A⁻¹‖, which is estimated from the factor and multiplied by a factor of safety
/// (<see cref="SupportFactor"/>); and where moments stand for the rows, what ‖r‖² can be off by is what rounding comes to in all likelihood (<see cref="MomentEquations"/>);
/// everything else is a bound in the strict sense. <see cref="CompensatedProof"/> computes instead of bounding, and leaves coefficients out of
/// account that no double could use. A column that is not looked at has been proven to stay
/// below its l1 by a margin, which δ + E + σ must respect. The null vector θ = 0 proves P(β) itself: no gap is larger.
/// </para>
/// </remarks>
internal readonly record struct Certificate(double Gap, double Violation)
{
    /// <summary>c is smaller than it should be by this, so that its own rounding does not carry a product beyond l1.</summary>
    public const double Shy = 1 - 8 * Rounding.Unit;

    /// <summary>Penalty strengths and weights are doubles: what a few units of their rounding do to the objective.</summary>
    public const double ScaleRounding = 8 * Rounding.Unit;

    /// <summary>The first bound, and the largest violation of the optimality conditions.</summary>
    /// <param name="relevant">The columns with a coefficient or a gradient that may exceed its l1; the others add nothing at any c ≤ 1.</param>
    /// <param name="solver">Coefficients, gradients, and the slack of the loss.</param>
    /// <param name="terms">Which columns may enter.</param>
    /// <param name="penalty">The penalty at this λ.</param>
    /// <param name="rounding">What all of these can be off by.</param>
    /// <param name="shift">σ_F (<see cref="Shift"/>): how far θ moves to meet the conditions of the unpenalised columns.</param>
    public static unsafe Certificate First(
        ReadOnlySpan<int> relevant, LambdaSolver solver, PenaltyTerms terms, in ElasticNetPenalty penalty, in Rounding rounding, double shift)
    {
        double* beta = solver.Beta, gradients = solver.Gradients;
        double error = rounding.Gradient + shift;
        double scale = 1, scaleToZero = 1, violation = 0, cost = 0;
        foreach (int j in relevant)
        {
            if (!terms.MayEnter(j))
                continue;
            // In the units of the penalty, which are those of λ.
            violation = Math.Max(violation, penalty.Violation(j, beta[j], gradients[j]) / terms.Ratio[j]);
            if (IsFree(solver, penalty, j))
                continue;
            double feasible = penalty.FeasibleScale(j, beta[j], gradients[j], error);
            scaleToZero = Math.Min(scaleToZero, feasible);
            if (!penalty.IsAlwaysFinite(j, gradients[j], error))
                scale = Math.Min(scale, feasible);
            cost += penalty.Value(j, beta[j]);
        }

        double moved = rounding.Residual + rounding.Intercept;
        double objective = cost + solver.FenchelSlack(0, moved, rounding);
        if (!double.IsFinite(shift))
            return new(objective, violation);
        double gap = GapAt(scale, relevant, solver, moved + shift, error, terms, penalty, rounding);
        for (int step = 0; step < Inwards.Length && double.IsInfinity(gap); step++)
            gap = GapAt(scale * Inwards[step], relevant, solver, moved + shift, error, terms, penalty, rounding);
        if (scaleToZero < scale)
            gap = Math.Min(gap, GapAt(scaleToZero, relevant, solver, moved + shift, error, terms, penalty, rounding));
        return new(Math.Min(gap + ScaleRounding * objective, objective), violation);
    }

    /// <summary>
    /// Where the conjugate of the loss is infinite at θ = c·r, a row that is fitted so well that rounding has put its dual beyond the end of its range
    /// needs no more than a hair: smaller c, each as good a proof.
    /// </summary>
    public static ReadOnlySpan<double> Inwards => [1 - 1e-13, 1 - 1e-11, 1 - 1e-9, 1 - 1e-6];

    /// <summary>σ_F at most.</summary>
    /// <param name="relevant">Columns, all unpenalised ones among them.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="terms">Which columns may enter.</param>
    /// <param name="penalty">The penalty at this λ.</param>
    /// <param name="rounding">What gradients can be off by.</param>
    /// <param name="freeInverse">‖G_FF⁻¹‖ at most, F the unpenalised columns.</param>
    public static unsafe double Shift(
        ReadOnlySpan<int> relevant, double* gradients, PenaltyTerms terms, in ElasticNetPenalty penalty, in Rounding rounding, double freeInverse)
    {
        double square = 0;
        foreach (int j in relevant)
        {
            double left = terms.MayEnter(j) && penalty.IsFree(j) ? Math.Abs(gradients[j]) + rounding.Gradient : 0;
            square += left * left;
        }

        return square == 0 ? 0 : Math.Sqrt(freeInverse * square);
    }

    /// <summary>The second bound.</summary>
    /// <param name="relevant">The columns with a coefficient, and all others whose gradient is within reach of its l1.</param>
    /// <param name="beta">All coefficients, in the solvers' units.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="residualSquare">‖r‖² at most.</param>
    /// <param name="terms">Which columns may enter.</param>
    /// <param name="penalty">The penalty at this λ.</param>
    /// <param name="rounding">What all of these can be off by.</param>
    /// <param name="marginal">Zeros whose condition counts as an equality.</param>
    /// <param name="quadratic"><see cref="Quadratic"/>,</param>
    /// <param name="inverse">and the norm that it was made with.</param>
    public static unsafe double Second(
        ReadOnlySpan<int> relevant, double* beta, double* gradients, double residualSquare, PenaltyTerms terms, in ElasticNetPenalty penalty,
        in Rounding rounding, ReadOnlySpan<int> marginal, double quadratic, double inverse)
    {
        // θ belongs to coefficients that lie so far from those at hand.
        double apart = Math.Sqrt(2 * quadratic * inverse);
        double reach = rounding.Gradient + rounding.Residual + Math.Sqrt(2 * quadratic);
        double scale = 1, scaleToZero = 1, conjugates = 0, held = 0, price = 0, cost = 0;
        foreach (int j in relevant)
        {
            if (!terms.MayEnter(j))
                continue;
            double gradient = gradients[j], size = Math.Abs(gradient) + reach;
            cost += penalty.Value(j, beta[j]);
            price += (Math.Abs(beta[j]) + apart) * size;
            if (penalty.IsInside(j, beta[j]) || marginal.Contains(j))
                continue;
            if (beta[j] != 0)
            {
                held += penalty.Slack(j, beta[j], gradient, reach);
                continue;
            }

            if (size <= penalty.L1(j))
                continue;
            scaleToZero = Math.Min(scaleToZero, penalty.FeasibleScale(j, 0, gradient, reach));
            if (penalty.IsAlwaysFinite(j, gradient, reach))
                conjugates += Math.Max(penalty.Conjugate(j, gradient + reach), penalty.Conjugate(j, gradient - reach));
            else
                scale = Math.Min(scale, penalty.FeasibleScale(j, 0, gradient, reach));
        }

        double norm = Math.Sqrt(residualSquare) + reach;
        double objective = cost + 0.5 * (norm + rounding.Intercept) * (norm + rounding.Intercept);
        double rest = Math.Min(conjugates + Shrinking(scale), Shrinking(scaleToZero));
        return Math.Min(quadratic + held + rest + 0.5 * rounding.Intercept * rounding.Intercept + ScaleRounding * objective, objective);

        double Shrinking(double c) => c == 1 ? 0 : 0.5 * (1 - c) * (1 - c) * norm * norm + (1 - c) * price;
    }

    /// <summary>½dᵀA⁻¹d at most: what is left of the optimality conditions of the coefficients that are free to move.</summary>
    /// <param name="relevant">Columns, all with a free coefficient among them.</param>
    /// <param name="beta">All coefficients, in the solvers' units.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="penalty">The penalty at this λ.</param>
    /// <param name="rounding">What gradients and residual can be off by.</param>
    /// <param name="marginal">Zeros whose condition counts as an equality as well.</param>
    /// <param name="inverse">‖A⁻¹‖ at most.</param>
    public static unsafe double Quadratic(
        ReadOnlySpan<int> relevant, double* beta, double* gradients, in ElasticNetPenalty penalty, in Rounding rounding, ReadOnlySpan<int> marginal, double inverse)
    {
        double square = 0;
        foreach (int j in relevant)
        {
            if (!penalty.IsInside(j, beta[j]) && !marginal.Contains(j))
                continue;
            double left = penalty.Violation(j, beta[j], gradients[j]) + rounding.Gradient + rounding.Residual;
            square += left * left;
        }

        return square == 0 ? 0 : 0.5 * inverse * square;
    }

    /// <summary>The objective itself, which θ = 0 proves.</summary>
    public static unsafe double Objective(ReadOnlySpan<int> relevant, LambdaSolver solver, in ElasticNetPenalty penalty, in Rounding rounding)
    {
        double value = solver.FenchelSlack(0, rounding.Residual + rounding.Intercept, rounding);
        foreach (int j in relevant)
            value += penalty.Value(j, solver.Beta[j]);
        return value;
    }

    /// <summary>Whether j is of F. Where the loss is not squared error there is no second bound, and columns that have a bound but are not pushed against it belong to it, too.</summary>
    private static unsafe bool IsFree(LambdaSolver solver, in ElasticNetPenalty penalty, int j) =>
        solver.IsQuadratic ? penalty.IsFree(j) : penalty.IsUnheld(j, solver.Beta[j], solver.Gradients[j]);

    private static unsafe double GapAt(
        double scale, ReadOnlySpan<int> relevant, LambdaSolver solver, double moved, double error,
        PenaltyTerms terms, in ElasticNetPenalty penalty, in Rounding rounding)
    {
        double c = scale < 1 ? scale * Shy : 1, gap = solver.FenchelSlack(c, moved, rounding);
        foreach (int j in relevant)
        {
            if (terms.MayEnter(j) && !IsFree(solver, penalty, j))
                gap += penalty.Slack(j, solver.Beta[j], c * solver.Gradients[j], c * error);
        }

        return gap;
    }
}
