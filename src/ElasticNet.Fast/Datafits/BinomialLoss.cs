namespace ElasticNet.Fast.Datafits;

/// <summary>−y η + log(1 + exp η): y is 0, 1, or a proportion.</summary>
internal readonly struct BinomialLoss : ILoss
{
    public string Range => "be 0, 1 or a proportion between";

    public bool Accepts(double y) => y is >= 0 and <= 1;

    public string? Degenerate(double mean) => mean is > 0 and < 1 ? null : Throw.Invariant($"is {mean} in every row that counts: there is one class only, and no finite intercept fits it");

    public double Link(double mean) => Math.Log(mean / (1 - mean));

    public void Derive(double y, double eta, out double slope, out double curvature)
    {
        // e ≤ 1, whatever the sign of η, and both probabilities keep their digits.
        double e = Math.Exp(-Math.Abs(eta)), larger = 1 / (1 + e), smaller = e * larger;
        (double p, double q) = eta >= 0 ? (larger, smaller) : (smaller, larger);
        slope = (1 - y) * p - y * q;
        curvature = p * q;
    }

    public double Slack(double y, double eta, double slope, double dual)
    {
        double e = Math.Exp(-Math.Abs(eta)), larger = 1 / (1 + e), smaller = e * larger;
        (double p, double q) = eta >= 0 ? (larger, smaller) : (smaller, larger);
        double moved = dual - slope;
        return p * Entropy.Phi(moved / p) + q * Entropy.Phi(-moved / q);
    }
}
