using FsCheck;
using FsCheck.Fluent;

namespace ElasticNet.Fast.Tests.Properties;

/// <summary>FsCheck's source of problems of every kind.</summary>
public static class ProblemSpecs
{
    public static Arbitrary<ProblemSpec> Any() => Arb.From(Everything(), spec => spec.Simpler());

    internal static Gen<ProblemSpec> Everything() =>
        from seed in Gen.Choose(0, 1 << 30)
        from rows in Gen.Choose(1, 40)
        from columns in Gen.Choose(1, 40)
        from ratio in Gen.Elements(0.0, 0.3, 1.0)
        from exponent in Gen.Choose(-300, 5)
        from flags in Gen.Choose(0, (1 << 13) - 1)
        from layout in Gen.Elements(Enum.GetValues<Layout>())
        select new ProblemSpec
        {
            Seed = seed,
            Rows = rows,
            Columns = columns,
            L1Ratio = ratio,
            LambdaFraction = Math.Pow(10, exponent / 100.0),
            Layout = layout,
            Intercept = (flags & 3) != 0,
            Standardize = (flags & 4) != 0,
            Degenerate = (flags & 8) != 0,
            // Unstandardised, extreme scales make ridge strengths between 0 and rounding, where 1/l2 multiplies rounding.
            ExtremeScales = (flags & 48) == 48 && ((flags & 4) != 0 || ratio == 1),
            Weights = (flags & 64) != 0,
            ZeroWeights = (flags & 192) == 192,
            Offset = (flags & 256) != 0,
            Factors = (flags & 512) != 0,
            ZeroFactors = (flags & 1536) == 1536,
            Bounds = (flags & 2048) != 0,
            Exclusions = (flags & 4096) != 0,
            IsSingle = (seed & 1) != 0,
        };
}

/// <summary>Problems with one solution only, and columns of like scale: there two routes must reach the same coefficients.</summary>
public static class RegularSpecs
{
    public static Arbitrary<ProblemSpec> Any() => Arb.From(
        ProblemSpecs.Everything().Select(Regular),
        spec => spec.Simpler().Select(Regular).Where(simpler => simpler != spec));

    private static ProblemSpec Regular(ProblemSpec spec) => spec with
    {
        Degenerate = false,
        ExtremeScales = false,
        // Free columns as many as rows would interpolate; more rows than columns keep every problem well-posed.
        Rows = Math.Max(spec.Rows, spec.Columns + 8),
        ZeroWeights = false,
    };
}
