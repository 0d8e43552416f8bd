namespace ElasticNet.Fast.Datafits;

/// <summary>exp η − y η: y is a count, or anything not negative.</summary>
internal readonly struct PoissonLoss : ILoss
{
    public string Range => "be 0 or more";

    public bool Accepts(double y) => y >= 0;

    public string? Degenerate(double mean) => mean > 0 ? null : "is 0 in every row that counts: no finite intercept fits it";

    public double Link(double mean) => Math.Log(mean);

    public void Derive(double y, double eta, out double slope, out double curvature)
    {
        curvature = Math.Exp(eta);
        slope = curvature - y;
    }

    public double Slack(double y, double eta, double slope, double dual)
    {
        double mean = Math.Exp(eta);
        return mean * Entropy.Phi((dual - slope) / mean);
    }
}
