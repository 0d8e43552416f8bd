namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// The loss ℓ(y, η) of a row that is not squared error, from its definition: with the mean μ(η), the value above that of μ = y, ℓ′ and ℓ″, and
/// Fenchel's slack ℓ(η) + ℓ*(u) − uη, which is the divergence of the mean that belongs to u from the one that belongs to η.
/// </summary>
internal abstract partial class PlainLoss
{
    /// <summary>The loss of a family; Gaussian has none here.</summary>
    public static PlainLoss Of(Family family) => family.Name switch
    {
        "binomial" when family == Family.Probit => new NormalEvents(),
        "binomial" when family == Family.ComplementaryLogLog => new RareEvents(),
        "binomial" => new Logistic(),
        "poisson" => new Counts(),
        "gamma" => new Amounts(),
        "tweedie" => new CompoundAmounts(family.Parameter),
        "negative-binomial" => new DispersedCounts(family.Parameter),
        "huber" => new Clipped(family.Parameter),
        _ => throw new NotSupportedException(family.Name),
    };

    /// <summary>μ(η).</summary>
    public abstract double Mean(double eta);

    /// <summary>ℓ(y, η) − min over η.</summary>
    public abstract double Above(double y, double eta);

    /// <summary>ℓ′.</summary>
    public abstract double Slope(double y, double eta);

    /// <summary>ℓ″.</summary>
    public abstract double Curvature(double y, double eta);

    /// <summary>ℓ(η) + ℓ*(u) − uη; infinite where ℓ* is.</summary>
    public abstract double Slack(double y, double eta, double u);

    /// <summary>φ(t) = (1 + t) log(1 + t) − t, by its series about 0.</summary>
    protected static double Phi(double t)
    {
        if (t < -1)
            return double.PositiveInfinity;
        if (Math.Abs(t) >= 0.3)
            return t == -1 ? 1 : (1 + t) * Math.Log(1 + t) - t;
        double sum = 0, power = t * t;
        for (int k = 2; k < 60; k++, power *= -t)
            sum += power / (k * (k - 1.0));
        return sum;
    }

    /// <summary>q log(q/p) − q + p ≥ 0, of two masses whose difference is known.</summary>
    internal static double Divergence(double p, double difference) => p == 0 ? (difference == 0 ? 0 : double.PositiveInfinity) : p * Phi(difference / p);

    private sealed class Logistic : PlainLoss
    {
        public override double Mean(double eta) => Event(eta);

        // At a proportion the least loss is its entropy.
        public override double Above(double y, double eta) => y * LogOnePlusExp(-eta) + (1 - y) * LogOnePlusExp(eta) + Share(y) + Share(1 - y);

        // No digits are lost in 1 − p where p is nearly 1.
        public override double Slope(double y, double eta) => (1 - y) * Event(eta) - y * Event(-eta);

        public override double Curvature(double y, double eta) => Event(eta) * Event(-eta);

        public override double Slack(double y, double eta, double u)
        {
            double moved = u - Slope(y, eta);
            return Divergence(Event(eta), moved) + Divergence(Event(-eta), -moved);
        }

        private static double LogOnePlusExp(double eta)
        {
            double t = Math.Exp(-Math.Abs(eta)), sum = 1 + t;
            return Math.Max(eta, 0) + (sum == 1 ? t : Math.Log(sum) * (t / (sum - 1)));
        }

        private static double Share(double y) => y == 0 ? 0 : y * Math.Log(y);

        private static double Event(double eta) => eta >= 0 ? 1 / (1 + Math.Exp(-eta)) : Math.Exp(eta) / (1 + Math.Exp(eta));
    }

    private sealed class Counts : PlainLoss
    {
        public override double Mean(double eta) => Math.Exp(eta);

        public override double Above(double y, double eta) => Divergence(Math.Exp(eta), y - Math.Exp(eta));

        public override double Slope(double y, double eta) => Math.Exp(eta) - y;

        public override double Curvature(double y, double eta) => Math.Exp(eta);

        // The mean that belongs to u is y + u.
        public override double Slack(double y, double eta, double u) => Divergence(Math.Exp(eta), u - Slope(y, eta));
    }

    private sealed class Amounts : PlainLoss
    {
        public override double Mean(double eta) => Math.Exp(eta);

        public override double Above(double y, double eta) => Divergence(y * Math.Exp(-eta), Slope(y, eta));

        public override double Slope(double y, double eta) => 1 - y * Math.Exp(-eta);

        public override double Curvature(double y, double eta) => y * Math.Exp(-eta);

        // y/μ of the mean that belongs to u is 1 − u.
        public override double Slack(double y, double eta, double u) => Divergence(y * Math.Exp(-eta), Slope(y, eta) - u);
    }
}
