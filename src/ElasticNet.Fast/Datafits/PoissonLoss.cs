using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>exp η − y η: y is a count, or anything not negative.</summary>
internal readonly struct PoissonLoss : ILoss
{
    public string Range => "be 0 or more";

    public bool Accepts(double y) => y >= 0;

    public string? Degenerate(double least, double most) => most > 0 ? null : "is 0 in every row that counts: no finite intercept fits it";

    public double Link(double mean) => Math.Log(mean);

    public double Recession(double y) => y == 0 ? -1 : 0;

    public Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature)
    {
        curvature = Vector512.Exp(eta);
        slope = curvature - y;
        return Entropy.Divergence(curvature, -slope, Vec.One, eta);
    }

    public Vec Slack(Vec y, Vec eta, Vec slope, Vec dual) =>
        Entropy.Divergence(Vector512.Exp(eta), dual - slope, Vec.One, eta);
}
