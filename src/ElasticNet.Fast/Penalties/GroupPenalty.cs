using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Penalties;

/// <summary>
/// Σⱼ aⱼ|βⱼ| + k·‖(uⱼβⱼ)ⱼ‖ + ½ Σⱼ rⱼβⱼ² over the columns of one group: its value, its convex conjugate, and how far gradients are from its
/// subdifferential. The largest uⱼ is 1. A group of one has k = 0. Sees coefficients only, never y.
/// </summary>
/// <param name="count">Columns in the group.</param>
/// <param name="l1">λρ.</param>
/// <param name="l2">λ(1−ρ).</param>
/// <param name="norm">k per unit of λρ.</param>
/// <param name="unit1">aⱼ per unit of λρ.</param>
/// <param name="unit2">rⱼ per unit of λ(1−ρ).</param>
/// <param name="share">uⱼ.</param>
internal readonly unsafe struct GroupPenalty(int count, double l1, double l2, double norm, double* unit1, double* unit2, double* share)
{
    /// <summary>Halvings that find a root to the last digit.</summary>
    private const int MostHalvings = 100;

    public int Count => count;

    /// <summary>k.</summary>
    public double Norm => Math.Min(l1 * norm, double.MaxValue);

    /// <summary>aⱼ.</summary>
    public double L1(int j) => Math.Min(l1 * unit1[j], double.MaxValue);

    /// <summary>rⱼ.</summary>
    public double L2(int j) => Math.Min(l2 * unit2[j], double.MaxValue);

    /// <summary>uⱼ.</summary>
    public double Share(int j) => share[j];

    /// <summary>Whether there is neither penalty nor bound.</summary>
    public bool IsFree => count == 1 && unit1[0] == 0;

    /// <summary>What rounding of sums over the group comes to.</summary>
    private double Shy => (count + 16) * Constancy.Unit;

    /// <summary>The penalty of β.</summary>
    public double Value(double* beta)
    {
        double value = Norm * Size(beta);
        for (int j = 0; j < count; j++)
            value += beta[j] == 0 ? 0 : L1(j) * Math.Abs(beta[j]) + 0.5 * L2(j) * beta[j] * beta[j];
        return value;
    }

    /// <summary>‖(uⱼβⱼ)ⱼ‖.</summary>
    public double Size(double* beta)
    {
        if (count == 1)
            return share[0] * Math.Abs(beta[0]);
        double largest = 0, square = 0;
        for (int j = 0; j < count; j++)
            largest = Math.Max(largest, share[j] * Math.Abs(beta[j]));
        for (int j = 0; j < count && largest > 0; j++)
            square += share[j] * beta[j] / largest * (share[j] * beta[j] / largest);
        return largest * Math.Sqrt(square);
    }

    /// <summary>‖(S(c(|tⱼ| + error), aⱼ)/uⱼ)ⱼ‖, S the soft threshold: β = 0 is optimal where it is at most k.</summary>
    public double Shrunk(double* t, double c = 1, double error = 0)
    {
        double square = 0;
        for (int j = 0; j < count; j++)
        {
            double left = Math.Max(c * (Math.Abs(t[j]) + error) - L1(j), 0) / share[j];
            square += left * left;
        }

        return Math.Sqrt(square);
    }

    /// <summary>Whether β is 0.</summary>
    public bool IsZero(double* beta)
    {
        for (int j = 0; j < count; j++)
        {
            if (beta[j] != 0)
                return false;
        }

        return true;
    }

    /// <summary>Distance of gradients t from the subdifferential at β, each divided by <paramref name="unit"/>; null for 1.</summary>
    public double Violation(double* beta, double* t, double* unit)
    {
        double size = Size(beta), square = 0, shrink = 1;
        if (size == 0)
        {
            double shrunk = Shrunk(t);
            if (shrunk <= Norm)
                return 0;
            shrink = 1 - Norm / shrunk;
        }

        for (int j = 0; j < count; j++)
        {
            double slope = Left(beta, t[j], j, size) / (unit == null ? 1 : unit[j]);
            square += slope * slope;
        }

        return shrink * Math.Sqrt(square);
    }

    /// <summary>The largest c ≤ 1 for which the conjugate at c·t would be 0 without ridge terms, t being known up to <paramref name="error"/>.</summary>
    public double FeasibleScale(double* t, double error)
    {
        if (Shrunk(t, 1, error) <= Norm)
            return 1;
        double least = 0, most = 1;
        if (!HasL1)
            return Norm / Shrunk(t, 1, error) * (1 - Shy);
        for (int halving = 0; halving < MostHalvings && least < most; halving++)
        {
            double middle = 0.5 * (least + most);
            if (middle == least || middle == most)
                break;
            (least, most) = Shrunk(t, middle, error) <= Norm ? (middle, most) : (least, middle);
        }

        return least * (1 - Shy);
    }

    /// <summary>Whether the conjugate is finite everywhere.</summary>
    public bool IsAlwaysFinite
    {
        get
        {
            for (int j = 0; j < count; j++)
            {
                if (!(L2(j) > 0))
                    return false;
            }

            return true;
        }
    }

    /// <summary>
    /// At most penalty(β) + conjugate(c·t) − c·tᵀβ, which is never negative and 0 where c·t belongs to the subdifferential at β, for t that are known up
    /// to <paramref name="error"/>; <paramref name="scratch"/> has room for the group. Ridge terms make it at most ½ Σⱼ dⱼ²/rⱼ, d the way from a
    /// subgradient at β to c·t: that charges the square of rounding only.
    /// </summary>
    public double Slack(double* beta, double* t, double c, double error, double* scratch)
    {
        double product = 0, size = 0;
        for (int j = 0; j < count; j++)
        {
            product += t[j] * beta[j];
            size += Math.Abs(beta[j]);
        }

        double conjugate = Conjugate(t, c, error, scratch);
        double slack = size == 0 ? conjugate : Math.Max(Value(beta) - c * product + conjugate, 0) + c * error * size;
        return IsAlwaysFinite ? Math.Min(slack, CurvedSlack(beta, t, c, error)) : slack;
    }

    private double CurvedSlack(double* beta, double* t, double c, double error)
    {
        double size = Size(beta), slack = 0, shrink = 1;
        if (size == 0)
        {
            double shrunk = Shrunk(t, c);
            shrink = shrunk <= Norm ? 0 : 1 - Norm / shrunk;
        }

        for (int j = 0; j < count; j++)
        {
            double left = Math.Abs(shrink * Left(beta, c * t[j], j, size)) + c * error;
            slack += 0.5 * left * left / L2(j);
        }

        return double.IsNaN(slack) ? double.PositiveInfinity : slack;
    }

    /// <summary>What is left of a gradient when the nearest of one column's subgradients is taken away.</summary>
    private double Left(double* beta, double t, int j, double size)
    {
        double slope = t - L2(j) * beta[j] - (size == 0 ? 0 : Norm * (share[j] * beta[j] / size) * share[j]);
        return beta[j] == 0 ? Math.CopySign(Math.Max(Math.Abs(slope) - L1(j), 0), slope) : slope - L1(j) * Math.Sign(beta[j]);
    }

    /// <summary>
    /// The conjugate at c(|t| + error), or a little more: s = S(c(|t| + error), a) is cut into p with ‖p/u‖ ≤ k, which costs nothing, and the rest,
    /// which the ridge terms pay for. The best cut is pⱼ = sⱼ·ku²/(rⱼh + ku²) for the h at which ‖p/u‖ = k; any h proves something.
    /// </summary>
    private double Conjugate(double* t, double c, double error, double* scratch)
    {
        double shrunk = Shrunk(t, c, error), k = Norm;
        if (shrunk <= k * (1 + Shy))
            return 0;
        if (!IsAlwaysFinite)
            return double.PositiveInfinity;
        double* s = scratch;
        double square = 0;
        for (int j = 0; j < count; j++)
        {
            s[j] = Math.Max(c * (Math.Abs(t[j]) + error) - L1(j), 0);
            square += share[j] * s[j] / L2(j) * (share[j] * s[j] / L2(j));
        }

        double least = 0, most = Math.Sqrt(square), cost = 0;
        for (int halving = 0; halving < MostHalvings && k > 0; halving++)
        {
            double h = 0.5 * (least + most);
            if (h == least || h == most)
                break;
            (least, most) = Kept(s, h) > k ? (h, most) : (least, h);
        }

        double kept = k > 0 ? Kept(s, most) : 0, fit = kept > k ? k / kept : 1;
        for (int j = 0; j < count; j++)
        {
            double rest = k > 0 ? s[j] - fit * s[j] * Portion(j, most) : s[j];
            cost += 0.5 * rest * rest / L2(j);
        }

        return double.IsNaN(cost) ? double.PositiveInfinity : cost;
    }

    private bool HasL1
    {
        get
        {
            for (int j = 0; j < count; j++)
            {
                if (L1(j) > 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>‖p/u‖ of the cut at h.</summary>
    private double Kept(double* s, double h)
    {
        double square = 0;
        for (int j = 0; j < count; j++)
        {
            double kept = s[j] * Portion(j, h) / share[j];
            square += kept * kept;
        }

        return Math.Sqrt(square);
    }

    private double Portion(int j, double h)
    {
        double curved = Norm * share[j] * share[j];
        return curved / (L2(j) * h + curved);
    }
}
