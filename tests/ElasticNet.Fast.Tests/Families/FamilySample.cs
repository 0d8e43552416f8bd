namespace ElasticNet.Fast.Tests.Families;

/// <summary>Rows of a family, from a seed.</summary>
internal static class FamilySample
{
    public static Family[] Curved => [.. Family.All.Where(family => family != Family.Gaussian && !family.IsSurvival && !family.HasOutputs), Family.Tweedie(1.4), Family.NegativeBinomial(3)];

    public static (double[,] X, double[] Y) Of(Family family, int n, int p, int seed)
    {
        Random random = new(seed);
        double[,] x = new double[n, p];
        double[] y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double eta = 0.2;
            for (int j = 0; j < p; j++)
            {
                x[i, j] = 2 * random.NextDouble() - 1;
                eta += (j % 2 == 0 ? 0.9 : -0.6) * x[i, j] / (1 + j / 2);
            }

            double mean = family.Link.Inverse(eta), chance = random.NextDouble();
            y[i] = family.HasClasses ? (chance < mean ? 1 : 0)
                : family.Name is "poisson" or "negative-binomial" ? Math.Round(2 * mean * chance)
                : family.Name == "tweedie" && chance < 0.3 ? 0
                : mean * (0.2 + 1.6 * chance);
        }

        return (x, y);
    }
}
