using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast;

/// <summary>How the linear predictor η = b + o + xᵀβ maps to the mean response. There is one of each kind. Immutable.</summary>
public abstract class Link
{
    /// <param name="id">What model files store; never given to another link.</param>
    /// <param name="name">As it is typed.</param>
    /// <param name="etaWords">What η is called.</param>
    internal Link(uint id, string name, string etaWords) => (Id, Name, EtaWords) = (id, name, etaWords);

    /// <summary>η is the mean response.</summary>
    public static Link Identity { get; } = new IdentityLink();

    /// <summary>η is the logarithm of the odds.</summary>
    public static Link Logit { get; } = new LogitLink();

    /// <summary>η is the logarithm of the mean response.</summary>
    public static Link Log { get; } = new LogLink();

    /// <summary>η is the normal quantile of the probability.</summary>
    public static Link Probit { get; } = new ProbitLink();

    /// <summary>η is the logarithm of −log(1 − p), p the probability.</summary>
    public static Link ComplementaryLogLog { get; } = new ComplementaryLogLogLink();

    /// <summary>A row's linear predictors, one for each class, are the logarithms of their probabilities but for what these share.</summary>
    public static Link Softmax { get; } = new SoftmaxLink();

    /// <summary>What model files store.</summary>
    internal uint Id { get; }

    /// <summary>As it is typed and printed, "identity".</summary>
    public string Name { get; }

    /// <summary>What a coefficient changes, "prediction".</summary>
    public string EtaWords { get; }

    /// <summary>Whether η is the mean response, so that an offset is the same as another response.</summary>
    public bool IsIdentity => this == Identity;

    /// <summary>Whether the mean responses of a row depend on all of its linear predictors together, as those of <see cref="Softmax"/> do.</summary>
    public bool CouplesOutputs => this == Softmax;

    /// <summary>Maps linear predictors to mean responses.</summary>
    /// <param name="eta">The linear predictors, offset included; where the link <see cref="CouplesOutputs"/>, those of one row.</param>
    /// <param name="mean">Filled with the mean responses; exactly as long. May be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Inverse(ReadOnlySpan<double> eta, Span<double> mean)
    {
        if (mean.Length != eta.Length)
            Throw.Length(nameof(mean), mean.Length, $"have one value for each of the {eta.Length} of 'eta'");
        Map(eta, mean);
    }

    /// <summary>The mean response of one linear predictor; NaN for NaN.</summary>
    /// <param name="eta">The linear predictor, offset included.</param>
    /// <exception cref="NotSupportedException">The link <see cref="CouplesOutputs"/>: one linear predictor alone has no mean response.</exception>
    public abstract double Inverse(double eta);

    /// <summary>Maps as many as there are; lengths agree.</summary>
    private protected abstract void Map(ReadOnlySpan<double> eta, Span<double> mean);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private sealed class IdentityLink() : Link(0, "identity", "prediction")
    {
        public override double Inverse(double eta) => eta;

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean) => eta.CopyTo(mean);
    }

    private sealed class LogitLink() : Link(1, "logit", "log odds")
    {
        public override double Inverse(double eta)
        {
            // The odds of the less likely side never overflow, and small probabilities keep their digits.
            double odds = Exponential.Exp(-Math.Abs(eta));
            return (eta >= 0 ? 1 : odds) / (1 + odds);
        }

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean)
        {
            for (int i = 0; i < eta.Length; i++)
                mean[i] = Inverse(eta[i]);
        }
    }

    private sealed class LogLink() : Link(2, "log", "logarithm of the prediction")
    {
        public override double Inverse(double eta) => Exponential.Exp(eta);

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean)
        {
            for (int i = 0; i < eta.Length; i++)
                mean[i] = Inverse(eta[i]);
        }
    }

    private sealed class ProbitLink() : Link(3, "probit", "normal quantile of the probability")
    {
        public override double Inverse(double eta) => NormalDistribution.Cdf(eta);

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean)
        {
            for (int i = 0; i < eta.Length; i++)
                mean[i] = Inverse(eta[i]);
        }
    }

    private sealed class ComplementaryLogLogLink() : Link(4, "cloglog", "logarithm of the rate")
    {
        public override double Inverse(double eta) => -Exponential.MinusOne(-Exponential.Exp(eta));

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean)
        {
            for (int i = 0; i < eta.Length; i++)
                mean[i] = Inverse(eta[i]);
        }
    }

    private sealed class SoftmaxLink() : Link(5, "softmax", "logarithm of the probability but for what classes share")
    {
        public override double Inverse(double eta) =>
            throw new NotSupportedException("The softmax link maps the linear predictors of all classes of a row at once: give it a span of them.");

        private protected override void Map(ReadOnlySpan<double> eta, Span<double> mean)
        {
            // Less the largest, so that nothing overflows and one of them at least is 1. NaN among them makes all NaN.
            double largest = double.NegativeInfinity, sum = 0;
            foreach (double one in eta)
                largest = Math.Max(largest, one);
            for (int k = 0; k < eta.Length; k++)
                sum += mean[k] = Exponential.Exp(eta[k] - largest);
            for (int k = 0; k < mean.Length; k++)
                mean[k] /= sum;
        }
    }
}
