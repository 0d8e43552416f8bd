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
    public static readonly Family[] Families = [Family.Binomial, Family.Poisson, Family.Gamma];

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
        if (family != Family.Gamma && rows.All(i => y[i] == y[rows[0]]) && y[rows[0]] is 0 or 1)
            y[rows[0]] = 0.375;
        Problem problem = gaussian with { Y = y, Options = gaussian.Options with { Family = family } };
        double lambda = spec.LambdaFraction * new FamilyProblem(problem.X, y, problem.Options, 0, spec.L1Ratio).NullLambda(spec.L1Ratio);
        return (problem, lambda > 1e-12 ? lambda : 1);
    }

    private static double Draw(Family family, double eta, bool isInside, Random random)
    {
        if (family == Family.Binomial)
        {
            double p = 1 / (1 + Math.Exp(-eta));
            return isInside ? Math.Clamp(p + 0.4 * (random.NextDouble() - 0.5), 0.05, 0.95) : random.NextDouble() < p ? 1 : 0;
        }

        if (family == Family.Poisson)
            return (isInside ? 0.25 : 0) + Count(Math.Exp(eta), random);
        return Math.Exp(eta) * -Math.Log(1 - random.NextDouble()) + 1e-3;
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
