using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>λ Σⱼ vⱼ [ρ|sⱼβⱼ| + (1−ρ)/2 · c·(sⱼβⱼ)²], βⱼ within bounds, some βⱼ held at 0.</summary>
/// <param name="Lambda">λ.</param>
/// <param name="L1Ratio">ρ.</param>
internal sealed record PlainPenalty(double Lambda, double L1Ratio)
{
    /// <summary>c: 1, but for packages that weigh the ridge term otherwise.</summary>
    public double RidgeFactor { get; init; } = 1;

    /// <summary>Whether sⱼ is the column's standard deviation (1/n, weighted).</summary>
    public bool Standardize { get; init; }

    /// <summary>sⱼ where somebody else says it; null leaves it to <see cref="Standardize"/>.</summary>
    public double[]? Scales { get; init; }

    /// <summary>vⱼ; null means 1.</summary>
    public double[]? Factors { get; init; }

    /// <summary>Lower bounds; null means none.</summary>
    public double[]? Lower { get; init; }

    /// <summary>Upper bounds; null means none.</summary>
    public double[]? Upper { get; init; }

    /// <summary>Columns held at 0.</summary>
    public int[] Excluded { get; init; } = [];

    /// <summary>Columns that are penalised together, whose l1 term is another one.</summary>
    public PlainGroup[] Groups { get; init; } = [];

    /// <summary>Whether the coefficients of a feature for all outputs are one group, whose norm takes the place of their sum.</summary>
    public bool GroupsOutputs { get; init; }

    /// <summary>The groups of columns that are (feature, output).</summary>
    public PlainGroup[] GroupsOf(int features, int outputs) =>
        GroupsOutputs ? [.. Enumerable.Range(0, features).Select(j => new PlainGroup([.. Enumerable.Range(j * outputs, outputs)], 1, 0))] : [];

    /// <summary>The penalty of one column.</summary>
    /// <param name="j">Which.</param>
    /// <param name="beta">Its coefficient.</param>
    /// <param name="deviation">Its standard deviation (1/n, weighted).</param>
    /// <param name="isConstant">Whether it is one that is held at 0.</param>
    public PlainTerm Term(int j, double beta, double deviation, bool isConstant)
    {
        bool held = Excluded.Contains(j) || (isConstant && beta == 0);
        double scale = Scales?[j] ?? (Standardize ? deviation : 1), factor = Factors?[j] ?? 1;
        Dd strength = (Dd)Lambda * factor * scale;
        return new(strength * L1Ratio, strength * scale * (1 - (Dd)L1Ratio) * RidgeFactor, scale, factor, held ? 0 : Lower?[j] ?? double.NegativeInfinity, held ? 0 : Upper?[j] ?? double.PositiveInfinity);
    }
}
