using ElasticNet.Fast.Families;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast;

// The size of a negative binomial.
public static unsafe partial class ElasticNetEstimator
{
    private const int MostRounds = 50;

    private const double Settled = 1e-8;

    /// <summary>
    /// Estimates how far counts spread beyond Poisson's. In turn a model of the means is fitted for the size so far (Poisson's to begin with) and the
    /// size that is most likely for its means taken, until neither moves; with folds, λ and ρ are chosen anew for it.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n counts.</param>
    /// <param name="lambda">The strength λ ≥ 0 of the model that the means come from; null chooses it by cross-validation.</param>
    /// <param name="l1Ratio">Its mixing ρ in [0, 1], where λ is given.</param>
    /// <param name="options">Everything else, as for the fit that follows; its family does not matter. Null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <returns>The family, for <see cref="ElasticNetOptions.Family"/>: one size for a whole path and for all folds.</returns>
    /// <exception cref="ArgumentException">The counts spread no more than Poisson's about their means, so that no size below 1e7 is most likely; or so far that none above 1e-6 is.</exception>
    public static Family EstimateNegativeBinomial(
        Features x, Target y, double? lambda = null, double l1Ratio = 1, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        options = GivenOptions.For(x, y, options) with { Family = Family.Poisson };
        using Workspace? own = workspace is null ? new() : null;
        workspace ??= own;
        double size = double.PositiveInfinity;
        double[] means = new double[x.Rows];
        // Each choice of λ settles the size for it; the next choice is made for that size.
        for (int round = 0; round < MostRounds; round++)
        {
            double before = size;
            using ElasticNetModel chosen = lambda is { } given ? Fit(x, y, given, l1Ratio, options, workspace) : CrossValidate(x, y, options, workspace).Model;
            Means(chosen, x, options, means);
            size = SizeOf(y, options, means);
            double last = double.NaN;
            // Where k is large, rounding of the likelihood may move it for ever.
            for (int step = 0; step < MostRounds && !IsSettled(size, last); step++)
            {
                last = size;
                options = options with { Family = Family.NegativeBinomial(size) };
                using ElasticNetModel again = Fit(x, y, chosen.Fit.Lambda, chosen.Fit.L1Ratio, options, workspace);
                Means(again, x, options, means);
                size = SizeOf(y, options, means);
            }

            if (lambda is not null || IsSettled(size, before))
                break;
        }

        return Family.NegativeBinomial(size);
    }

    private static bool IsSettled(double size, double before) => Math.Abs(size - before) <= Settled * size;

    private static void Means(ElasticNetModel model, Features x, ElasticNetOptions options, double[] means) => model.Predict(x, means, options.Offset.Span);

    private static double SizeOf(Target y, ElasticNetOptions options, double[] means)
    {
        double size = NegativeBinomialSize.Of(y.Values, means, options.Weights.Span);
        if (double.IsPositiveInfinity(size))
            Throw.Data(nameof(y), Throw.Invariant($"'y' must spread beyond Poisson's about the means for a size to be estimated, and does not, or so little that the size would be above {NegativeBinomialSize.Most}: use Family.Poisson."));
        if (size == 0)
            Throw.Data(nameof(y), Throw.Invariant($"'y' spreads so far about the means that the size would be below {NegativeBinomialSize.Least}, as where next to all counts are 0: too few of them are not to estimate it from; give a size."));
        return size;
    }
}
