using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>pen(β) = l1|β| + ½ l2β² within bounds, of one column; s is what β is penalised per, v its factor.</summary>
internal readonly record struct PlainTerm(Dd L1, Dd L2, double Scale, double Factor, double Lower, double Upper)
{
    /// <summary>Whether the coefficient is 0 by definition.</summary>
    public bool IsHeld => Lower == Upper;

    public bool IsFree => L1.Value == 0 && L2.Value == 0;

    /// <summary>Whether pen* is infinite from some t of this sign on.</summary>
    public bool IsOpen(double t) => L2.Value == 0 && double.IsInfinity(t > 0 ? Upper : Lower);

    public bool IsInside(double beta) => beta > Lower && beta < Upper;

    /// <summary>Whether the coefficient keeps its bounds.</summary>
    public bool IsFeasible(double beta) => beta >= Lower && beta <= Upper;

    /// <summary>Nearly the largest c ≤ 1 for which pen*(c·t) is 0 whatever the bounds: its rounding must not carry c·t beyond, where a ridge term next to nothing stands behind.</summary>
    public double FeasibleScale(double t) => t <= L1.Value * (1 - 1e-15) ? 1 : L1.Value / t * (1 - 1e-15);

    public Dd Value(double beta) => L1 * Math.Abs(beta) + L2 * beta * beta * 0.5;

    /// <summary>The derivative at a β that is not 0; 0 at 0, where a free column has it, too.</summary>
    public Dd Slope(double beta) => L1 * Math.Sign(beta) + L2 * beta;

    /// <summary>pen(β) + pen*(t) − tβ, t at most <paramref name="off"/> away.</summary>
    public Dd Gap(double beta, Dd t, double off)
    {
        Dd own = Value(beta) - t * beta, excess = Dd.Abs(t) + off - L1;
        double bound = t.Value > 0 ? Upper : -Lower;
        if (excess.Value <= 0 || bound == 0)
            return own;
        Dd best = L2.Value > 0 && (excess / L2).Value is var free && free < bound ? excess / L2 : double.IsInfinity(bound) ? 0 : (Dd)bound;
        return own + best * (excess - L2 * best * 0.5);
    }

    /// <summary>How far the gradient is from what optimality asks of it, in units of λ.</summary>
    public double Violation(double beta, Dd gradient)
    {
        if (!IsFeasible(beta) || Scale == 0)
            return IsFeasible(beta) ? 0 : double.PositiveInfinity;
        Dd up = gradient - L2 * beta - (beta < 0 ? -L1 : L1), down = L2 * beta + (beta > 0 ? L1 : -L1) - gradient;
        return Math.Max(beta < Upper ? Math.Max(up.Value, 0) : 0, beta > Lower ? down.Value : 0) / Scale;
    }
}
