using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace ElasticNet.Fast.Tests.Groups;

/// <summary>Problems of every kind that <see cref="FamilySpecs"/> has, without bounds.</summary>
public static class GroupSpecs
{
    public static Arbitrary<ProblemSpec> Any() => Arb.From(
        FamilySpecs.Any().Generator.Select(Tame), spec => spec.Simpler().Select(Tame).Where(simpler => simpler != spec));

    private static ProblemSpec Tame(ProblemSpec spec) => spec with
    {
        Bounds = false,
        ExtremeScales = false,
        L1Ratio = Math.Max(spec.L1Ratio, 0.05),
        LambdaFraction = Math.Max(spec.LambdaFraction, 1e-3),
        Rows = spec.ZeroFactors ? Math.Max(spec.Rows, spec.Columns + 8) : spec.Rows,
    };
}

/// <summary>Makes the problem that a recipe stands for, with groups by its seed: some columns in none, some factors given, mixing in half of them.</summary>
internal static class GroupProblems
{
    private static readonly Family[] s_families = [Family.Gaussian, .. FamilyDraws.Families];

    public static (Problem Problem, double Lambda) Create(ProblemSpec spec) => Create(spec, s_families[spec.Seed / 3 % s_families.Length]);

    public static (Problem Problem, double Lambda) Create(ProblemSpec spec, Family family)
    {
        (Problem problem, double lambda) = family == Family.Gaussian ? ProblemFactory.Create(spec) : FamilyFactory.Create(spec, family);
        Random random = new(spec.Seed + 7);
        int[] order = [.. Enumerable.Range(0, spec.Columns)];
        random.Shuffle(order);
        List<FeatureGroup> groups = [];
        for (int at = 0, size; at < order.Length; at += size)
        {
            size = Math.Min(random.Next(1, 6), order.Length - at);
            if (random.Next(4) > 0)
                groups.Add(new(order[at..(at + size)]) { Factor = random.Next(4) == 0 ? 0.5 + 2 * random.NextDouble() : null });
        }

        return (problem with
        {
            Options = problem.Options with { FeatureGroups = [.. groups], GroupMixing = random.Next(2) == 0 ? 0 : random.NextDouble() },
        }, lambda);
    }
}
