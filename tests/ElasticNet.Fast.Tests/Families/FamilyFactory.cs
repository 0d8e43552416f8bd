using ElasticNet.Fast.Tests.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>Problems of every kind that <see cref="ProblemSpecs"/> has, without its extreme scales: the family goes by the seed.</summary>
public static class FamilySpecs
{
    public static Arbitrary<ProblemSpec> Any() => Arb.From(
        ProblemSpecs.Everything().Select(Tame),
        spec => spec.Simpler().Select(Tame).Where(simpler => simpler != spec));

    // Unpenalised columns as many as rows interpolate: what double makes of those is another test.
    private static ProblemSpec Tame(ProblemSpec spec) => spec with
    {
        ExtremeScales = false,
        LambdaFraction = Math.Max(spec.LambdaFraction, 1e-3),
        Rows = spec.ZeroFactors ? Math.Max(spec.Rows, spec.Columns + 8) : spec.Rows,
    };
}

/// <summary>Makes the problem that a recipe stands for.</summary>
internal static class FamilyFactory
{
    public static readonly Family[] Families =
    [
        Family.Binomial, Family.Poisson, Family.Gamma, Family.Probit, Family.ComplementaryLogLog, Family.Tweedie(1.4), Family.NegativeBinomial(3), Family.Huber(0.8),
    ];

    public static (Problem Problem, double Lambda) Create(ProblemSpec spec) => Create(spec, Families[spec.Seed / 2 % Families.Length]);

    public static (Problem Problem, double Lambda) Create(ProblemSpec spec, Family family)
    {
        (Problem gaussian, _) = ProblemFactory.Create(spec);
        Random random = new(spec.Seed + 1);
        double mean = gaussian.Y.Average(), deviation = Math.Sqrt(gaussian.Y.Average(y => (y - mean) * (y - mean)));
        ReadOnlyMemory<double> offset = gaussian.Options.Offset;
        // Where columns are free of the penalty no row is fitted by η = ±∞: then no data are separable.
        double[] y = [.. gaussian.Y.Select((value, i) => Draw(
            family, 1.5 * (value - mean) / (deviation > 0 ? deviation : 1) + (offset.IsEmpty ? 0 : 0.3 * offset.Span[i]), spec.ZeroFactors, random))];
        bool Counts(int i) => gaussian.Options.Weights.IsEmpty || gaussian.Options.Weights.Span[i] > 0;
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(Counts)];
        // One class or all zeros have no finite intercept.
        if (IsOneSided(family, rows.Select(i => y[i])))
            y[rows[0]] = 0.375;
        Problem problem = gaussian with { Y = y, Options = gaussian.Options with { Family = family } };
        double lambda = spec.LambdaFraction * new FamilyProblem(problem.X, y, problem.Options, 0, spec.L1Ratio).NullLambda(spec.L1Ratio);
        return (problem, lambda > 1e-12 ? lambda : 1);
    }

    /// <summary>One class only, or all counts 0.</summary>
    public static bool IsOneSided(Family family, IEnumerable<double> y) => family.HasClasses
        ? y.All(value => value == 0) || y.All(value => value == 1)
        : family.Name is "poisson" or "negative-binomial" or "tweedie" && y.All(value => value == 0);

    private static double Draw(Family family, double eta, bool isInside, Random random)
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
