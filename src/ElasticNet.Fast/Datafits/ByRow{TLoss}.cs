using System.Runtime.Intrinsics;
using ElasticNet.Fast.Numerics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>A loss that is evaluated row by row; its conjugate takes one equation ℓ′(η′) = dual for each row.</summary>
/// <param name="loss">The loss of one row.</param>
internal readonly unsafe struct ByRow<TLoss>(TLoss loss) : ILoss
    where TLoss : struct, IScalarLoss
{
    /// <summary>Newton steps for a row's equation at most.</summary>
    private const int MostSteps = 200;

    /// <summary>η moves by this much in a step at most, while nothing is known about the other side.</summary>
    private const double LongestStep = 4;

    /// <summary>No finite η′ lies beyond: the conjugate is that of its end, or infinite.</summary>
    private const double Farthest = 1e4;

    public string Range => loss.Range;

    public bool Accepts(double y) => loss.Accepts(y);

    public string? Degenerate(double least, double most) => loss.Degenerate(least, most);

    public double Link(double mean) => loss.Link(mean);

    public double Recession(double y) => loss.Recession(y);

    public Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature)
    {
        double* values = stackalloc double[3 * Vec.Count];
        for (int k = 0; k < Vec.Count; k++)
            values[k] = loss.Evaluate(y[k], eta[k], out values[Vec.Count + k], out values[2 * Vec.Count + k]);
        slope = Vector512.Load(values + Vec.Count);
        curvature = Vector512.Load(values + 2 * Vec.Count);
        return Vector512.Load(values);
    }

    public Vec Slack(Vec y, Vec eta, Vec slope, Vec dual)
    {
        double* slacks = stackalloc double[Vec.Count];
        for (int k = 0; k < Vec.Count; k++)
            slacks[k] = Slack(y[k], eta[k], slope[k], dual[k]);
        return Vector512.Load(slacks);
    }

    private double Slack(double y, double eta, double slope, double dual)
    {
        double value = loss.Evaluate(y, eta, out _, out double curvature);
        if (dual == 0 || slope == dual)
            return dual == 0 ? value : 0;
        // ℓ′ rises: the other end lies where it has come to the dual.
        double there = eta, height = value, rise = slope, least = double.NegativeInfinity, most = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            double left = dual - rise;
            if (Math.Abs(left) <= Constancy.Unit * (Math.Abs(dual) + Math.Abs(slope)))
                break;
            if (step == MostSteps)
                return double.PositiveInfinity; // as far as anybody can see
            (least, most) = left > 0 ? (there, most) : (least, there);
            double move = Math.Clamp(left / curvature, -LongestStep, LongestStep);
            double next = double.IsNaN(move) ? there + Math.CopySign(LongestStep, left) : there + move;
            if (next != there && (next <= least || next >= most))
                next = 0.5 * (least + most);
            if (next == there)
                break;
            if (Math.Abs(next) > Farthest)
                return double.PositiveInfinity;
            there = next;
            height = loss.Evaluate(y, there, out rise, out curvature);
        }

        // Of large terms little is left; what rounding can have made of it is charged.
        double moved = dual * (eta - there), rounding = 8 * Constancy.Unit * (value + height + Math.Abs(moved));
        return Math.Max(value - height - moved, 0) + rounding;
    }
}
