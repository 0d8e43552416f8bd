using System.Runtime.Intrinsics;
using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Tests.Datafits;

/// <summary>Every loss against differences and a search of its own.</summary>
public class RowLossTests
{
    private static readonly double[] s_etas = [-9, -3.1, -0.7, 0, 0.2, 1.6, 3.9];

    private static readonly double[] s_labels = [0, 1, 0.3, 0.999];

    private static readonly double[] s_counts = [0, 1, 2.5, 17];

    public static TheoryData<string> Names => ["binomial", "probit", "cloglog", "poisson", "gamma", "tweedie", "negative binomial", "huber"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_loss(string name)
    {
        (ILoss loss, double[] responses) = Of(name);
        foreach (double y in responses)
        {
            foreach (double eta in s_etas)
            {
                const double Step = 1e-5;
                (double value, double slope, double curvature) = At(loss, y, eta);
                (double above, double slopeAbove, _) = At(loss, y, eta + Step);
                (double below, double slopeBelow, _) = At(loss, y, eta - Step);
                Assert.True(value >= 0 && curvature >= 0, $"y {y}, η {eta}: {value}, {curvature}.");
                Assert.True(Math.Abs((above - below) / (2 * Step) - slope) <= 1e-7 * (1 + Math.Abs(slope) + value), $"y {y}, η {eta}: slope {slope}.");
                // A row beyond Huber's threshold has no curvature, and passes for one that has some.
                if (name != "huber" || Math.Abs(slope) < 1.3)
                    Assert.True(Math.Abs((slopeAbove - slopeBelow) / (2 * Step) - curvature) <= 1e-7 * (1 + Math.Abs(slope) + curvature), $"y {y}, η {eta}: curvature {curvature}.");
            }
        }
    }

    /// <summary>ℓ(η) + ℓ*(u) − uη, ℓ* found by looking for the best η′ on a fine grid: never more than the slack, and as near as the grid is fine.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Slack_is_that_of_the_conjugate(string name)
    {
        (ILoss loss, double[] responses) = Of(name);
        foreach (double y in responses)
        {
            foreach (double eta in s_etas)
            {
                (double value, double slope, _) = At(loss, y, eta);
                foreach (double share in new[] { 1, 0.999, 0.8, 0.3 })
                {
                    double dual = share * slope, best = 0;
                    for (double other = -14; other <= 9; other += 1e-3)
                        best = Math.Max(best, value - At(loss, y, other).Value - dual * (eta - other));
                    double slack = loss.Slack(Vector512.Create(y), Vector512.Create(eta), Vector512.Create(slope), Vector512.Create(dual))[0];
                    Assert.True(slack >= best - 1e-12 * (1 + value), $"y {y}, η {eta}, {share}: slack {slack} below {best}.");
                    Assert.True(slack <= best + 1e-4 * (1 + value), $"y {y}, η {eta}, {share}: slack {slack} above {best}.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void At_its_own_slope_nothing_is_left_and_at_0_the_whole_loss(string name)
    {
        (ILoss loss, double[] responses) = Of(name);
        foreach (double y in responses)
        {
            foreach (double eta in s_etas)
            {
                (double value, double slope, _) = At(loss, y, eta);
                Vector512<double> ys = Vector512.Create(y), etas = Vector512.Create(eta), slopes = Vector512.Create(slope);
                Assert.Equal(0, loss.Slack(ys, etas, slopes, slopes)[0]);
                Assert.InRange(loss.Slack(ys, etas, slopes, slopes * (1 - 1e-15))[0], 0, 1e-13 * (1 + value));
                if (name != "gamma" || y > 0)
                    Assert.Equal(value, loss.Slack(ys, etas, slopes, Vector512<double>.Zero)[0], 1e-13 * (1 + value));
            }
        }
    }

    private static (double Value, double Slope, double Curvature) At(ILoss loss, double y, double eta)
    {
        Vector512<double> value = loss.Evaluate(Vector512.Create(y), Vector512.Create(eta), out Vector512<double> slope, out Vector512<double> curvature);
        Assert.True(Vector512.EqualsAll(value, Vector512.Create(value[0])));
        return (value[0], slope[0], curvature[0]);
    }

    private static (ILoss Loss, double[] Responses) Of(string name) => name switch
    {
        "binomial" => (new BinomialLoss(), s_labels),
        "probit" => (new ByRow<ProbitLoss>(new()), s_labels),
        "cloglog" => (new ByRow<ComplementaryLogLogLoss>(new()), s_labels),
        "poisson" => (new PoissonLoss(), s_counts),
        "gamma" => (new GammaLoss(), s_counts[1..]),
        "huber" => (new HuberLoss(1.3), [-2.4, 0, 1.1]),
        "tweedie" => (new ByRow<TweedieLoss>(new(1.6)), s_counts),
        _ => (new NegativeBinomialLoss(1.7), s_counts),
    };
}
