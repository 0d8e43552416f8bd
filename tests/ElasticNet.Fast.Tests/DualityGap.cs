namespace ElasticNet.Fast.Tests;

/// <summary>The duality gap of <see cref="Optimality"/>: finds a feasible dual point near the residual and evaluates it.</summary>
internal static class DualityGap
{
    /// <summary>What a tⱼ may be off by, in units of ‖xⱼ‖(‖y‖ + Σ‖xₖ‖|βₖ|), merely because θ is a vector of rounded numbers.</summary>
    /// <remarks>
    /// Why it is here: no vector of doubles is orthogonal to an unpenalised column, so that without it this check would prove nothing for such
    /// problems, nor where l1 is below rounding. It is a matter of this check, and forgives no claim: that each claimed gap covers what is found in
    /// double-double arithmetic, without such an allowance, is what <c>ProofTests</c>, <c>VerificationTests</c> and the program in tests/ElasticNet.Fast.Adversary hold.
    /// </remarks>
    private const double Rounding = 64 * 2.220446049250313e-16;

    public static double Of(ScaledProblem problem, double[] residual, double[] beta)
    {
        double[] theta = Project(problem, residual, beta);
        double scale = 1;
        double[] t = new double[beta.Length];
        double size = problem.NullNorm;
        for (int j = 0; j < beta.Length; j++)
            size += problem.Held[j] ? 0 : problem.Norm[j] * Math.Abs(beta[j]);
        for (int j = 0; j < beta.Length; j++)
        {
            if (problem.Held[j])
                continue;
            t[j] = problem.Dot(problem.Columns[j], theta);
            // Without a ridge term and without a bound on that side the conjugate is infinite beyond l1.
            bool open = problem.L2[j] == 0 && double.IsInfinity(t[j] > 0 ? problem.Upper[j] : problem.Lower[j]);
            double allowed = problem.L1[j] + Noise(problem, j, size);
            if (open && Math.Abs(t[j]) > allowed)
                scale = Math.Min(scale, allowed / Math.Abs(t[j]));
        }

        CompensatedSum gap = default;
        for (int i = 0; i < residual.Length; i++)
        {
            double away = residual[i] - scale * theta[i];
            gap.AddProduct(problem.Weights[i] * away, away / 2);
        }

        for (int j = 0; j < beta.Length; j++)
        {
            double tj = scale * t[j];
            if (!problem.Held[j] && Optimality.Distance(problem, j, beta[j], tj) > Noise(problem, j, size))
                gap.Add(FenchelYoung(problem, j, beta[j], tj));
        }

        return gap.Value;
    }

    internal static double Noise(ScaledProblem problem, int j, double size) => Rounding * problem.Norm[j] * size;

    /// <summary>pen(b) + pen*(t) − tb ≥ 0, with pen* the supremum over the bounds.</summary>
    internal static double FenchelYoung(ScaledProblem problem, int j, double b, double t)
    {
        double excess = Math.Max(Math.Abs(t) - problem.L1[j], 0);
        double best = excess == 0 ? 0 : Math.CopySign(excess / problem.L2[j], t);
        best = Math.Clamp(best, problem.Lower[j], problem.Upper[j]);
        if (double.IsInfinity(best))
            // An open side, where the scaling of θ left |t| at l1 but for the noise that it may have.
            best = 0;
        double Value(double at) => t * at - problem.L1[j] * Math.Abs(at) - problem.L2[j] * at * at / 2;
        double slope = t - Math.CopySign(problem.L1[j], b) - problem.L2[j] * (best + b) / 2;
        return Math.Max(0, Math.Sign(best) == Math.Sign(b) ? (best - b) * slope : Value(best) - Value(b));
    }

    /// <summary>
    /// The residual made orthogonal (twice) to the intercept and to the unpenalised columns that are free to move:
    /// there the dual constraint is an equality.
    /// </summary>
    private static double[] Project(ScaledProblem problem, double[] residual, double[] beta)
    {
        List<double[]> basis = [];
        if (problem.Intercept)
            basis.Add([.. residual.Select(_ => 1.0)]);
        for (int j = 0; j < beta.Length; j++)
        {
            bool free = problem.L1[j] == 0 && problem.L2[j] == 0 && !problem.Held[j] && beta[j] > problem.Lower[j] && beta[j] < problem.Upper[j];
            if (!free)
                continue;
            double[] direction = Orthogonal(problem, problem.Columns[j], basis);
            double norm = Math.Sqrt(problem.Dot(direction, direction));
            if (norm > 1e-12 * Math.Sqrt(problem.Dot(problem.Columns[j], problem.Columns[j])))
                basis.Add([.. direction.Select(value => value / norm)]);
        }

        return Orthogonal(problem, residual, basis);
    }

    private static double[] Orthogonal(ScaledProblem problem, double[] vector, List<double[]> basis)
    {
        double[] result = [.. vector];
        for (int round = 0; round < 2; round++)
        {
            foreach (double[] unit in basis)
            {
                double along = problem.Dot(unit, result);
                for (int i = 0; i < result.Length; i++)
                    result[i] -= along * unit[i];
            }
        }

        return result;
    }
}
