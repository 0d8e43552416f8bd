namespace ElasticNet.Fast.Tests.Properties;

/// <summary>A recipe for a problem: small, printable, and shrinkable towards the plain case.</summary>
public sealed record ProblemSpec
{
    public required int Seed { get; init; }
    public required int Rows { get; init; }
    public required int Columns { get; init; }
    public required double L1Ratio { get; init; }

    /// <summary>λ as a fraction of the λ that zeroes everything.</summary>
    public required double LambdaFraction { get; init; }
    public bool Intercept { get; init; } = true;
    public bool Standardize { get; init; } = true;

    /// <summary>Constant, duplicate and dependent columns among the others.</summary>
    public bool Degenerate { get; init; }

    /// <summary>Columns of very large and very small scale, 1e±150 where that is possible, among the others.</summary>
    public bool ExtremeScales { get; init; }
    public bool Weights { get; init; }
    public bool ZeroWeights { get; init; }
    public bool Offset { get; init; }
    public bool Factors { get; init; }
    public bool ZeroFactors { get; init; }
    public bool Bounds { get; init; }
    public bool Exclusions { get; init; }
    public bool IsSingle { get; init; }
    public Layout Layout { get; init; }

    /// <summary>Simpler recipes that may fail for the same reason.</summary>
    public IEnumerable<ProblemSpec> Simpler()
    {
        if (Rows > 2)
            yield return this with { Rows = Rows / 2 };
        if (Rows > 1)
            yield return this with { Rows = Rows - 1 };
        if (Columns > 2)
            yield return this with { Columns = Columns / 2 };
        if (Columns > 1)
            yield return this with { Columns = Columns - 1 };
        ProblemSpec[] plainer =
        [
            this with { Intercept = true }, this with { Standardize = true }, this with { Degenerate = false },
            this with { ExtremeScales = false }, this with { Weights = false, ZeroWeights = false }, this with { ZeroWeights = false },
            this with { Offset = false }, this with { Factors = false, ZeroFactors = false }, this with { ZeroFactors = false },
            this with { Bounds = false }, this with { Exclusions = false }, this with { IsSingle = false }, this with { Layout = Layout.RowMajor },
        ];
        foreach (ProblemSpec spec in plainer)
        {
            if (spec != this)
                yield return spec;
        }
    }
}
