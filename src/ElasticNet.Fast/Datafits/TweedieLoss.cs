using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>exp((2 − p)η)/(2 − p) + y exp((1 − p)η)/(p − 1), 1 &lt; p &lt; 2: amounts that are often exactly 0, of variance μᵖ; log link.</summary>
/// <param name="power">p.</param>
internal readonly struct TweedieLoss(double power) : IScalarLoss
{
    public string Range => "be 0 or more";

    public bool Accepts(double y) => y >= 0;

    public string? Degenerate(double least, double most) => default(PoissonLoss).Degenerate(least, most);

    public double Link(double mean) => Math.Log(mean);

    public double Recession(double y) => default(PoissonLoss).Recession(y);

    public double Evaluate(double y, double eta, out double slope, out double curvature)
    {
        double up = 2 - power, down = power - 1, rising = Math.Exp(up * eta), falling = y == 0 ? 0 : y * Math.Exp(-down * eta);
        slope = rising - falling;
        curvature = up * rising + down * falling;
        if (y == 0)
            return rising / up;
        // About log y the linear terms cancel, and are not computed.
        double away = eta - Math.Log(y);
        return Math.Exp(up * Math.Log(y)) * (Exponential.MinusLine(up * away) / up + Exponential.MinusLine(-down * away) / down);
    }
}
