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
    public static (Problem Problem, double Lambda) Create(ProblemSpec spec) => Create(spec, FamilyDraws.Families[spec.Seed / 2 % FamilyDraws.Families.Length]);

    public static (Problem Problem, double Lambda) Create(ProblemSpec spec, Family family)
    {
        (Problem gaussian, _) = ProblemFactory.Create(spec);
        Random random = new(spec.Seed + 1);
        double mean = gaussian.Y.Average(), deviation = Math.Sqrt(gaussian.Y.Average(y => (y - mean) * (y - mean)));
        ReadOnlyMemory<double> offset = gaussian.Options.Offset;
        // Where columns are free of the penalty no row is fitted by η = ±∞: then no data are separable.
        double[] y = [.. gaussian.Y.Select((value, i) => FamilyDraws.Draw(
            family, 1.5 * (value - mean) / (deviation > 0 ? deviation : 1) + (offset.IsEmpty ? 0 : 0.3 * offset.Span[i]), spec.ZeroFactors, random))];
        bool Counts(int i) => gaussian.Options.Weights.IsEmpty || gaussian.Options.Weights.Span[i] > 0;
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(Counts)];
        // One class or all zeros have no finite intercept.
        if (FamilyDraws.IsOneSided(family, rows.Select(i => y[i])))
            y[rows[0]] = 0.375;
        Problem problem = gaussian with { Y = y, Options = gaussian.Options with { Family = family } };
        double lambda = spec.LambdaFraction * new FamilyProblem(problem.X, y, problem.Options, 0, spec.L1Ratio).NullLambda(spec.L1Ratio);
        return (problem, lambda > 1e-12 ? lambda : 1);
    }
}
