using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>y exp(−η) + η: a positive y whose spread is proportional to its mean; log link.</summary>
internal readonly struct GammaLoss : ILoss
{
    public string Range => "be positive";

    public bool Accepts(double y) => y > 0;

    public string? Degenerate(double least, double most) => null;

    public double Recession(double y) => 0;

    public double Link(double mean) => Math.Log(mean);

    // In −η the loss is that of a count of 1 with mean y exp(−η).
    public Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature)
    {
        curvature = y * Vector512.Exp(-eta);
        slope = Vec.One - curvature;
        return Entropy.Divergence(curvature, slope, y, -eta);
    }

    public Vec Slack(Vec y, Vec eta, Vec slope, Vec dual) =>
        Entropy.Divergence(y * Vector512.Exp(-eta), slope - dual, y, -eta);
}
