namespace ElasticNet.Fast.Datafits;

/// <summary>y exp(−η) + η: a positive y whose spread is proportional to its mean; log link.</summary>
internal readonly struct GammaLoss : ILoss
{
    public string Range => "be positive";

    public bool Accepts(double y) => y > 0;

    public string? Degenerate(double mean) => null;

    public double Link(double mean) => Math.Log(mean);

    public void Derive(double y, double eta, out double slope, out double curvature)
    {
        curvature = y * Math.Exp(-eta);
        slope = 1 - curvature;
    }

    // In −η the loss is that of a count with mean y exp(−η).
    public double Slack(double y, double eta, double slope, double dual)
    {
        double ratio = y * Math.Exp(-eta);
        return ratio * Entropy.Phi((slope - dual) / ratio);
    }
}
