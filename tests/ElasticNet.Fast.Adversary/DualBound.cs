namespace ElasticNet.Fast.Adversary;

/// <summary>
/// A lower bound of the objective. For any u: ½Σw(t−η)² ≥ Σwu(t−η) − ½Σwu², so with gⱼ = Σwuxⱼ (and Σwu = 0 with an intercept)
/// the objective is nowhere below Σwut − ½Σwu² − Σⱼ conjugateⱼ(gⱼ). Tried at u times several factors.
/// </summary>
internal static class DualBound
{
    /// <summary>A gradient of this share of ‖u‖‖xⱼ‖ is what 31 digits leave of 0; where u is small beside y, of so much of y.</summary>
    private const double Noise = 1e-25, LeastShare = 1e-6;

    /// <param name="problem">The problem.</param>
    /// <param name="penalty">The penalty at its λ.</param>
    /// <param name="pinned">Columns whose coefficient is 0.</param>
    /// <param name="u">About the residual, centred with an intercept.</param>
    /// <param name="gradients">Filled with Σwuxⱼ.</param>
    public static DoubleDouble At(ScaledProblem problem, Penalty penalty, bool[] pinned, DoubleDouble[] u, DoubleDouble[] gradients)
    {
        DoubleDouble[] weighted = problem.Weighted(u);
        DoubleDouble square = DoubleDouble.Dot(weighted, u), product = DoubleDouble.Dot(weighted, problem.Centred);
        double noise = Noise * Math.Max(Math.Sqrt(square.High), LeastShare * Math.Sqrt(2 * problem.HalfNull.High));
        DoubleDouble toFinite = 1, toZero = 1;
        for (int j = 0; j < problem.Columns; j++)
        {
            gradients[j] = 0;
            if (pinned[j])
                continue;
            DoubleDouble g = gradients[j] = DoubleDouble.Dot(problem.Column(j), weighted), size = DoubleDouble.Abs(g);
            double reach = penalty.Reach(j, g.High);
            if (reach == 0 || (size - penalty.L1[j]).High <= noise * problem.Norms[j].High)
                continue;
            DoubleDouble scale = penalty.L1[j] / size;
            toZero = DoubleDouble.Min(toZero, scale);
            if (penalty.L2[j].IsZero && double.IsInfinity(reach))
                toFinite = DoubleDouble.Min(toFinite, scale);
        }

        DoubleDouble best = 0; // at u = 0
        foreach (DoubleDouble scale in (ReadOnlySpan<DoubleDouble>)[toFinite, toZero])
        {
            DoubleDouble value = scale * product - 0.5 * scale * scale * square;
            for (int j = 0; j < problem.Columns && value > best; j++)
            {
                if (pinned[j])
                    continue;
                DoubleDouble g = scale * gradients[j];
                if ((DoubleDouble.Abs(g) - penalty.L1[j]).High > noise * problem.Norms[j].High)
                    value -= penalty.Conjugate(j, g);
            }

            if (value > best)
                best = value;
        }

        return best;
    }
}
