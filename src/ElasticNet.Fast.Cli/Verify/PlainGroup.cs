using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// k‖(aⱼβⱼ)ⱼ‖ + τ Σⱼ aⱼ|βⱼ| + ½ Σⱼ rⱼβⱼ² over columns that are penalised together; aⱼ and rⱼ are <see cref="PlainTerm.L1"/> and <see cref="PlainTerm.L2"/> of each.
/// Columns without an l1 term are none of the group's, and those held at 0 neither.
/// </summary>
/// <param name="Columns">The columns.</param>
/// <param name="Norm">k.</param>
/// <param name="Mixing">τ.</param>
internal sealed record PlainGroup(int[] Columns, double Norm, double Mixing)
{
    /// <summary>The group of those columns that are in it.</summary>
    public PlainGroup Of(PlainTerm[] terms) => this with { Columns = [.. Columns.Where(j => terms[j].L1.Value > 0 && !terms[j].IsHeld)] };

    /// <summary>‖(aⱼβⱼ)ⱼ‖.</summary>
    public Dd Size(PlainTerm[] terms, double[] beta) => Dd.Sqrt(Columns.Aggregate((Dd)0, (sum, j) => sum + terms[j].L1 * beta[j] * (terms[j].L1 * beta[j])));

    /// <summary>The penalty.</summary>
    public Dd Value(PlainTerm[] terms, double[] beta) =>
        Columns.Aggregate(Size(terms, beta) * Norm, (sum, j) => sum + terms[j].L1 * Math.Abs(beta[j]) * Mixing + terms[j].L2 * beta[j] * beta[j] * 0.5);

    /// <summary>Its derivative by a coefficient that is not 0, or, where no column has an l1 term of its own, by any of a group that is not.</summary>
    public Dd Slope(PlainTerm[] terms, double[] beta, int j, Dd size) =>
        terms[j].L1 * terms[j].L1 * beta[j] / size * Norm + terms[j].L1 * (Mixing * Math.Sign(beta[j])) + terms[j].L2 * beta[j];

    /// <summary>How far the gradients of the group's columns are from what optimality asks of them, in units of λ.</summary>
    public double[] Violations(PlainTerm[] terms, double[] beta, Dd[] gradients)
    {
        Dd size = Size(terms, beta), shrunk = size.Value > 0 ? 0 : Shrunk(terms, j => Dd.Abs(gradients[j]));
        // Of a group that is 0 the nearest of its subgradients is as far away as what is left of the norm.
        double shrink = size.Value > 0 ? 1 : shrunk.Value > 0 ? Math.Max(1 - (Norm / shrunk).Value, 0) : 0;
        return [.. Columns.Select(j =>
        {
            Dd own = size.Value > 0 ? gradients[j] - Slope(terms, beta, j, size) : gradients[j];
            return shrink * (beta[j] == 0 ? Math.Max((Dd.Abs(own) - terms[j].L1 * Mixing).Value, 0) : Math.Abs(own.Value)) / terms[j].Scale;
        })];
    }

    /// <summary>Nearly the largest c ≤ 1 for which the conjugate is 0 at c·t without ridge terms.</summary>
    public double FeasibleScale(PlainTerm[] terms, Func<int, double> t)
    {
        bool Fits(double c) => Shrunk(terms, j => (Dd)c * t(j)).Value <= Norm * (1 - 1e-15);
        if (Fits(1))
            return 1;
        (double least, double most) = (0, 1);
        for (int halving = 0; halving < 200 && least + (most - least) / 2 is var middle && middle > least && middle < most; halving++)
            (least, most) = Fits(middle) ? (middle, most) : (least, middle);
        return least;
    }

    /// <summary>Whether only the conjugate's being 0 keeps it finite.</summary>
    public bool IsOpen(PlainTerm[] terms) => Columns.Any(j => terms[j].L2.Value == 0);

    /// <summary>
    /// penalty(β) + conjugate(t) − tᵀβ, or a little more, each t at most so far away. What of t the l1 terms do not take is cut into a part that the norm takes, and the
    /// rest, which the ridge terms pay for, the best cut having the part rⱼh : ka²ⱼ for some h: any cut proves something.
    /// </summary>
    public Dd Gap(PlainTerm[] terms, double[] beta, Func<int, Dd> t, Func<int, double> off)
    {
        Dd own = Columns.Aggregate(Value(terms, beta), (sum, j) => sum - t(j) * beta[j]);
        Dd[] left = [.. Columns.Select(j => Dd.Abs(t(j)) + off(j) - terms[j].L1 * Mixing is var excess && excess.Value > 0 ? excess : 0)];
        if (Over(terms, left, _ => 1).Value <= Norm)
            return own;
        if (IsOpen(terms))
            return double.PositiveInfinity;
        double Part(int k, double h) => terms[Columns[k]].L1.Value is var a && Norm > 0 ? Norm * a * a / (terms[Columns[k]].L2.Value * h + Norm * a * a) : 0;
        double least = 0, most = Math.Sqrt(Columns.Select((j, k) => Math.Pow((terms[j].L1 * left[k] / terms[j].L2).Value, 2)).Sum());
        for (int halving = 0; halving < 200 && least + (most - least) / 2 is var middle && middle > least && middle < most; halving++)
            (least, most) = Over(terms, left, k => Part(k, middle)).Value > Norm ? (middle, most) : (least, middle);
        Dd kept = Over(terms, left, k => Part(k, most)), fit = kept.Value > Norm || (kept.Value == Norm && kept.Low > 0) ? Norm / kept : 1;
        for (int k = 0; k < left.Length; k++)
        {
            Dd rest = left[k] - left[k] * Part(k, most) * fit;
            own += rest * rest / terms[Columns[k]].L2 * 0.5;
        }

        return own;
    }

    /// <summary>The least λρ at which the group is 0, or a little more, given its gradients there.</summary>
    public double ZeroedFrom(PlainTerm[] terms, Func<int, double> gradient)
    {
        double[] units = [.. Columns.Select(j => terms[j].Factor * terms[j].Scale)];
        bool Fits(double strength) =>
            Math.Sqrt(Columns.Select((j, k) => Math.Pow(Math.Max(gradient(j) - strength * Mixing * units[k], 0) / units[k], 2)).Sum()) <= strength * Norm;
        double least = 0, most = 1;
        while (!Fits(most) && most < 1e300)
            most *= 2;
        for (int halving = 0; halving < 1100 && least + (most - least) / 2 is var middle && middle > least && middle < most; halving++)
            (least, most) = Fits(middle) ? (least, middle) : (middle, most);
        return most;
    }

    // ‖(S(tⱼ, τaⱼ)/aⱼ)ⱼ‖, S the soft threshold.
    private Dd Shrunk(PlainTerm[] terms, Func<int, Dd> t) => Over(terms, [.. Columns.Select(j => t(j) - terms[j].L1 * Mixing is var left && left.Value > 0 ? left : 0)], _ => 1);

    private Dd Over(PlainTerm[] terms, Dd[] left, Func<int, double> part)
    {
        Dd sum = 0;
        for (int k = 0; k < left.Length; k++)
            sum += left[k] * part(k) / terms[Columns[k]].L1 * (left[k] * part(k) / terms[Columns[k]].L1);
        return Dd.Sqrt(sum);
    }
}
