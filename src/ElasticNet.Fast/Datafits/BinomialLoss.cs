using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>−y η + log(1 + exp η): y is 0, 1, or a proportion.</summary>
internal readonly struct BinomialLoss : ILoss
{
    public string Range => "be 0, 1 or a proportion between";

    public bool Accepts(double y) => y is >= 0 and <= 1;

    public string? Degenerate(double least, double most) =>
        most > 0 && least < 1 ? null : Throw.Invariant($"is {least} in every row that counts: there is one class only, and no finite intercept fits it");

    public double Link(double mean) => Math.Log(mean / (1 - mean));

    public double Recession(double y) => y == 1 ? 1 : y == 0 ? -1 : 0;

    public Vec Evaluate(Vec y, Vec eta, out Vec slope, out Vec curvature)
    {
        (Vec p, Vec q, Vec e) = Probabilities(eta);
        slope = (Vec.One - y) * p - y * q;
        curvature = p * q;
        Vec zero = Vec.Zero, rest = Vec.One - y;
        Vec wrong = y * Vector512.Max(-eta, zero) + rest * Vector512.Max(eta, zero);
        // Of a proportion some loss is left however well it is fitted.
        return wrong + Entropy.LogOnePlus(e) + (Share(y) + Share(rest));
    }

    public Vec Slack(Vec y, Vec eta, Vec slope, Vec dual)
    {
        (Vec p, Vec q, _) = Probabilities(eta);
        Vec moved = dual - slope;
        Vec zero = Vec.Zero;
        return Entropy.Divergence(p, moved, Vec.One, Vector512.Min(eta, zero)) + Entropy.Divergence(q, -moved, Vec.One, Vector512.Min(-eta, zero));
    }

    /// <summary>Both keep their digits, for e ≤ 1 whatever the sign of η.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vec P, Vec Q, Vec E) Probabilities(Vec eta)
    {
        Vec e = Vector512.Exp(-Vector512.Abs(eta)), larger = Vec.One / (Vec.One + e), smaller = e * larger;
        Vec positive = Vector512.GreaterThanOrEqual(eta, Vec.Zero);
        return (Vector512.ConditionalSelect(positive, larger, smaller), Vector512.ConditionalSelect(positive, smaller, larger), e);
    }

    /// <summary>p log p, 0 at p = 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Share(Vec p)
    {
        Vec certain = Vector512.Equals(p, Vec.Zero) | Vector512.Equals(p, Vec.One);
        return Vector512.EqualsAll(certain.AsInt64(), Vector512<long>.AllBitsSet) ? Vec.Zero : Vector512.ConditionalSelect(certain, Vec.Zero, p * Vector512.Log(p));
    }
}
