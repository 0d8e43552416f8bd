namespace ElasticNet.Fast.Adversary;

/// <summary>
/// Holds the claims of one problem's solutions against <see cref="DoubleDouble"/> arithmetic. A certificate is true where a dual
/// bound proves it; false where a better point is in hand; and <see cref="Improver"/> is asked where neither is known.
/// </summary>
internal sealed class Judge(HostileProblem given, ScaledProblem problem)
{
    /// <summary>What a certificate may be off by, over half the null deviance.</summary>
    public const double Tolerance = 1e-12;

    private readonly DoubleDouble[] _gradients = new DoubleDouble[problem.Columns];

    public Verdict Examine(Answer answer)
    {
        ElasticNetFit fit = answer.Fit;
        if (NotFinite(answer) is { } name)
            return new() { NotFinite = name };
        double[] beta = new double[problem.Columns];
        bool[] pinned = (bool[])problem.Pinned.Clone();
        bool feasible = true;
        for (int j = 0; j < beta.Length; j++)
        {
            double coefficient = answer.Coefficients[j];
            beta[j] = problem.Scaled(j, coefficient);
            pinned[j] |= coefficient == 0 && problem.MayBeConstant[j];
            feasible &= coefficient >= given.LowerBound(j) && coefficient <= given.UpperBound(j);
        }

        foreach (int j in given.Excluded)
            feasible &= answer.Coefficients[j] == 0;
        if (!feasible || (!problem.Intercept && fit.Intercept != 0))
            return new() { IsInfeasible = true };

        DoubleDouble[] residual = problem.Residual(fit.Intercept, beta);
        DoubleDouble halfDeviance = 0.5 * DoubleDouble.Dot(problem.Weighted(residual), residual), halfNull = problem.HalfNull;
        if (problem.ResponseMayBeConstant && fit is { DevianceRatio: 0, RelativeGap: 0 })
            return ConstantResponse(halfDeviance, beta);
        if (halfNull.IsZero)
            return new() { Claimed = fit.RelativeGap, IsFalse = !halfDeviance.IsZero, GapAtLeast = double.PositiveInfinity };

        Penalty penalty = problem.At(fit.Lambda);
        DoubleDouble objective = halfDeviance;
        for (int j = 0; j < beta.Length; j++)
            objective += penalty.Value(j, beta[j]);
        Verdict verdict = new()
        {
            Claimed = fit.RelativeGap,
            DevianceError = Math.Abs((fit.DevianceRatio - (1 - halfDeviance / halfNull)).High),
            PredictionError = answer.Predictions is null ? 0 : PredictionError(answer, halfNull),
        };
        return Compare(verdict, objective, penalty, pinned, beta, residual);
    }

    private Verdict Compare(Verdict verdict, DoubleDouble objective, Penalty penalty, bool[] pinned, double[] beta, DoubleDouble[] residual)
    {
        DoubleDouble halfNull = problem.HalfNull, threshold = objective - (verdict.Claimed + Tolerance) * halfNull;
        if (double.IsNaN(objective.High) || double.IsInfinity(objective.High) || Math.Abs(objective.High) > 1e250)
            return verdict with { IsFalse = double.IsFinite(verdict.Claimed), GapAtLeast = double.PositiveInfinity, GapAtMost = double.PositiveInfinity };
        problem.Center(residual);
        DoubleDouble lower = DualBound.At(problem, penalty, pinned, residual, _gradients), upper = objective;

        // A claim that admits a large gap is looked into as well: is it an alarm without a cause?
        double tolerance = Math.Min(verdict.Claimed + Tolerance, 1e-9);
        bool IsSettled() => (objective - lower).High <= tolerance * halfNull.High;
        if (!IsSettled())
            Improve(beta);
        if (!IsSettled() && !(upper < threshold))
            Improve(new double[beta.Length]);
        double above = ((objective - upper) / halfNull).High, below = ((objective - lower) / halfNull).High;
        return verdict with
        {
            GapAtLeast = above,
            GapAtMost = below,
            IsFalse = upper < threshold,
            IsUndecided = !(upper < threshold) && lower < threshold,
        };

        void Improve(double[] start)
        {
            Improver improver = new(problem, penalty, pinned, start);
            improver.Run(objective - tolerance * halfNull, 1e-14);
            upper = DoubleDouble.Min(upper, improver.Upper);
            lower = DoubleDouble.Max(lower, improver.Lower);
        }
    }

    /// <summary>No better than constant, and none of the coefficients may make it worse.</summary>
    private Verdict ConstantResponse(DoubleDouble halfDeviance, double[] beta)
    {
        bool isNull = halfDeviance.High <= 4 * problem.HalfNull.High + 1e-26 && Array.TrueForAll(beta, b => b == 0);
        return new() { IsFalse = !isNull, GapAtLeast = isNull ? 0 : double.PositiveInfinity };
    }

    private double PredictionError(Answer answer, DoubleDouble halfNull)
    {
        const double Epsilon = 2.220446049250313e-16;
        DoubleDouble deviance = 0;
        double allowed = 0;
        for (int i = 0, k = 0; i < given.Rows; i++)
        {
            if (!(given.Weight(i) > 0))
                continue;
            double size = Math.Abs(answer.Fit.Intercept) + (given.Offset.Length == 0 ? 0 : Math.Abs(given.Offset[i]));
            for (int j = 0; j < given.Columns; j++)
                size += answer.Coefficients[j] == 0 ? 0 : Math.Abs(given.X[j * given.Rows + i] * answer.Coefficients[j]);
            DoubleDouble r = DoubleDouble.Sum(problem.ScaledResponse(given.Y[i]), -problem.ScaledResponse(answer.Predictions![i]));
            double rounding = (given.Columns + 3) * Epsilon * problem.ScaledResponse(size), weight = problem.Weights[k].High;
            deviance += problem.Weights[k++] * r * r;
            allowed += weight * rounding * (2 * Math.Abs(r.High) + rounding);
        }

        double error = Math.Abs((answer.Fit.DevianceRatio - (1 - 0.5 * deviance / halfNull)).High);
        return Math.Max(error - 0.5 * allowed / halfNull.High, 0);
    }

    private static string? NotFinite(Answer answer)
    {
        ElasticNetFit fit = answer.Fit;
        if (!double.IsFinite(fit.Intercept))
            return "Intercept";
        if (!Array.TrueForAll(answer.Coefficients, double.IsFinite))
            return "Coefficients";
        if (double.IsNaN(fit.RelativeGap) || fit.RelativeGap < 0)
            return "RelativeGap";
        if (!double.IsFinite(fit.DevianceRatio))
            return "DevianceRatio";
        if (double.IsNaN(fit.KktResidual) || fit.KktResidual < 0)
            return "KktResidual";
        return double.IsFinite(fit.Lambda) && fit.Lambda >= 0 ? null : "Lambda";
    }
}
