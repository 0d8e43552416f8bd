using ElasticNet.Fast.Cli.Verify;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>The families, and targets drawn from each.</summary>
internal static class FamilyDraws
{
    public static readonly Family[] Families =
    [
        Family.Binomial, Family.Poisson, Family.Gamma, Family.Probit, Family.ComplementaryLogLog, Family.Tweedie(1.4), Family.NegativeBinomial(3), Family.Huber(0.8),
    ];

    /// <summary>One class only, or all counts 0.</summary>
    public static bool IsOneSided(Family family, IEnumerable<double> y) => family.HasClasses
        ? y.All(value => value == 0) || y.All(value => value == 1)
        : family.Name is "poisson" or "negative-binomial" or "tweedie" && y.All(value => value == 0);

    /// <summary>A row whose linear predictor is η; inside where no η = ±∞ fits it best.</summary>
    public static double Draw(Family family, double eta, bool isInside, Random random)
    {
        double mean = PlainLoss.Of(family).Mean(eta), chance = random.NextDouble();
        if (family.HasClasses)
            return isInside ? Math.Clamp(mean + 0.4 * (chance - 0.5), 0.05, 0.95) : chance < mean ? 1 : 0;
        double least = isInside ? 0.25 : 0;
        return family.Name switch
        {
            "poisson" => least + Count(mean, random),
            "negative-binomial" => least + Count(-mean * Math.Log(1 - chance), random),
            "tweedie" => chance < 0.3 ? least : least - mean * Math.Log(1 - random.NextDouble()),
            "huber" => eta + Math.Tan(Math.PI * (0.45 * (2 * chance - 1))),
            _ => 1e-3 - mean * Math.Log(1 - chance),
        };
    }

    /// <summary>A Poisson number: how many exponential times fit into the mean.</summary>
    private static int Count(double mean, Random random)
    {
        int count = 0;
        for (double time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
            count++;
        return count;
    }
}
