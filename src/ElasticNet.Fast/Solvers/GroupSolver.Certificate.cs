using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The first of the two bounds of <see cref="Certificate"/>, with groups in place of columns: c is so small that the gradients of every group keep
/// within the dual norm of its penalty, with their rounding, unless ridge terms pay for what is beyond.
/// </summary>
internal sealed unsafe partial class GroupSolver
{
    /// <summary>What may be left of the condition of a column without a penalty that depends on others, besides rounding.</summary>
    private const double Unmet = 1e-13;

    private readonly AlignedBuffer<int> _relevant = new();

    public override Certificate Certify(PenaltyTerms terms, in Strength strength, in Rounding rounding)
    {
        double shift = Shift(terms, strength, rounding);
        double error = rounding.Gradient + shift, scale = 1, scaleToZero = 1, violation = 0, cost = 0;
        int* relevant = _relevant.Require(Math.Max(Groups.Count, 1));
        int count = 0;
        for (int g = 0; g < Groups.Count; g++)
        {
            GroupPenalty penalty = Groups.At(g, strength.L1, strength.L2);
            double* t = Groups.Gather(g, Gradients, 0), beta = Groups.Gather(g, Beta, 1);
            bool isZero = penalty.IsZero(beta);
            if (isZero && !penalty.IsFree && penalty.Shrunk(t, 1, error) <= penalty.Norm)
                continue; // it adds nothing at any c ≤ 1
            double violates = penalty.Violation(beta, t, Groups.Ratio(g));
            if (double.IsNaN(violates))
                Throw.NotANumber(Groups.Columns(g)[0]);
            violation = Math.Max(violation, violates);
            if (penalty.IsFree)
                continue;
            relevant[count++] = g;
            cost += penalty.Value(beta);
            if (!double.IsFinite(shift))
                continue;
            double feasible = penalty.FeasibleScale(t, error);
            scaleToZero = Math.Min(scaleToZero, feasible);
            if (!penalty.IsAlwaysFinite)
                scale = Math.Min(scale, feasible);
        }

        double moved = rounding.Residual + rounding.Intercept;
        double objective = cost + FenchelSlack(0, moved, rounding);
        if (!double.IsFinite(shift))
            return new(objective, violation);
        double gap = GapAt(scale, new(relevant, count), strength, moved + shift, error, rounding);
        for (int step = 0; step < Certificate.Inwards.Length && double.IsInfinity(gap); step++)
            gap = GapAt(scale * Certificate.Inwards[step], new(relevant, count), strength, moved + shift, error, rounding);
        if (scaleToZero < scale)
            gap = Math.Min(gap, GapAt(scaleToZero, new(relevant, count), strength, moved + shift, error, rounding));
        return new(Math.Min(gap + Certificate.ScaleRounding * objective, objective), violation);
    }

    public override double FenchelSlack(double scale, double moved, in Rounding rounding) =>
        IsQuadratic ? base.FenchelSlack(scale, moved, rounding) : _dual.Slack(scale, moved);

    private double GapAt(double scale, ReadOnlySpan<int> relevant, in Strength strength, double moved, double error, in Rounding rounding)
    {
        double c = scale < 1 ? scale * Certificate.Shy : 1, gap = FenchelSlack(c, moved, rounding);
        foreach (int g in relevant)
            gap += Groups.At(g, strength.L1, strength.L2).Slack(Groups.Gather(g, Beta, 1), Groups.Gather(g, Gradients, 0), c, error, Groups.Scratch);
        return gap;
    }

    /// <summary>How far θ moves to meet the conditions of the columns without a penalty.</summary>
    private double Shift(PenaltyTerms terms, in Strength strength, in Rounding rounding)
    {
        if (!terms.HasFree)
        {
            if (!IsQuadratic)
                _dual.Take(Residual);
            return 0;
        }

        ElasticNetPenalty penalty = terms.At(strength.L1, strength.L2);
        if (!IsQuadratic)
            return _dual.Project(_problem, _problem.Count, _problem.Columns, _problem.Beta, Held, Residual, Gradients, penalty, rounding, double.PositiveInfinity);
        int* free = _relevant.Require(Math.Max(Columns, 1));
        int count = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (!terms.IsFree(j))
                continue;
            free[count++] = j;
            // One that depends on others is orthogonal to what is orthogonal to them.
            if (Free.HasLeftOut && !(Math.Abs(Gradients[j]) <= Unmet + 16 * rounding.Gradient))
                return double.PositiveInfinity;
        }

        return Certificate.Shift(new(free, count), Gradients, terms, penalty, rounding, Free.InverseNorm);
    }
}
