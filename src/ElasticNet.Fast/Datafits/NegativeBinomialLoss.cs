using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// (y + k) log(k + exp η) − y η: counts of variance μ + μ²/k; log link. It is the loss of y + k trials of which y are events, at
/// log odds η − log k.
/// </summary>
/// <param name="size">k.</param>
internal readonly struct NegativeBinomialLoss(double size) : ILoss
{
    public string Range => default(PoissonLoss).Range;

    public bool Accepts(double y) => y >= 0;

    public string? Degenerate(double least, double most) => default(PoissonLoss).Degenerate(least, most);

    public double Link(double mean) => Math.Log(mean);

    public double Recession(double y) => default(PoissonLoss).Recession(y);

    public Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature)
    {
        Vec trials = y + Vector512.Create(size);
        Vec value = default(BinomialLoss).Evaluate(y / trials, eta - Vector512.Create(Math.Log(size)), out slope, out curvature);
        slope *= trials;
        curvature *= trials;
        return trials * value;
    }

    public Vec Slack(Vec y, Vec eta, Vec slope, Vec dual)
    {
        Vec trials = y + Vector512.Create(size);
        return trials * default(BinomialLoss).Slack(y / trials, eta - Vector512.Create(Math.Log(size)), slope / trials, dual / trials);
    }
}
