using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>½r² of a residual r = y − η up to δ, from there on δ|r| − ½δ²: outliers pull no harder than δ.</summary>
/// <param name="delta">δ.</param>
internal readonly struct HuberLoss(double delta) : ILoss
{
    /// <summary>
    /// The curvature that a row beyond δ passes for, which has none: without it the rows within may be too few to tell columns apart. The more, the
    /// shorter the steps; a step of the square that is too steep by this leaves this share of what there was.
    /// </summary>
    private const double Beyond = 1e-3;

    public string Range => "be finite";

    public bool Accepts(double y) => double.IsFinite(y);

    public string? Degenerate(double least, double most) => null;

    public double Recession(double y) => 0;

    public double Link(double mean) => mean;

    public Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature)
    {
        Vec r = y - eta, size = Vector512.Abs(r), limit = Vector512.Create(delta), inside = Vector512.LessThanOrEqual(size, limit);
        slope = -Vector512.Min(Vector512.Max(r, -limit), limit);
        curvature = Vector512.ConditionalSelect(inside, Vec.One, Vector512.Create(Beyond));
        return Vector512.ConditionalSelect(inside, Vector512.Create(0.5) * r * r, limit * (size - Vector512.Create(0.5) * limit));
    }

    public Vec Slack(Vec y, Vec eta, Vec slope, Vec dual)
    {
        Vec r = y - eta, size = Vector512.Abs(r), limit = Vector512.Create(delta), half = Vector512.Create(0.5);
        Vec along = Vector512.ConditionalSelect(Vector512.LessThan(r, Vec.Zero), -dual, dual), gap = size + along;
        Vec slack = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(size, limit), half * gap * gap, (limit + along) * (size - half * (limit - along)));
        // A hair beyond δ is rounding, of what has just been divided and multiplied.
        Vec most = limit * Vector512.Create(1 + 1e-14);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(dual), most), Vector512.Create(double.PositiveInfinity), Vector512.Max(slack, Vec.Zero));
    }
}
