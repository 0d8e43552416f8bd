namespace ElasticNet.Fast.Adversary;

/// <summary>The penalty of every column at one λ, in the units of a <see cref="ScaledProblem"/>.</summary>
internal sealed class Penalty(int columns)
{
    public DoubleDouble[] L1 { get; } = new DoubleDouble[columns];

    public DoubleDouble[] L2 { get; } = new DoubleDouble[columns];

    public double[] Lower { get; } = new double[columns];

    public double[] Upper { get; } = new double[columns];

    public DoubleDouble Value(int j, DoubleDouble beta) =>
        beta.IsZero ? 0 : L1[j] * DoubleDouble.Abs(beta) + 0.5 * L2[j] * beta * beta;

    /// <summary>How far the coefficient can go in the direction of t.</summary>
    public double Reach(int j, double t) => t > 0 ? Upper[j] : -Lower[j];

    /// <summary>sup over feasible β of tβ − penalty(β), by the excess of |t| over l1; infinite where nothing holds it.</summary>
    public DoubleDouble Conjugate(int j, DoubleDouble t)
    {
        DoubleDouble excess = DoubleDouble.Abs(t) - L1[j];
        double reach = Reach(j, t.High);
        if (excess <= 0 || reach == 0)
            return 0;
        DoubleDouble best = reach;
        if (!L2[j].IsZero)
        {
            DoubleDouble free = excess / L2[j];
            if (free.High < reach)
                best = free;
        }

        return double.IsFinite(best.High) ? best * (excess - 0.5 * L2[j] * best) : double.PositiveInfinity;
    }
}
