using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Adversary;

/// <summary>A loss, and whether features are penalised in groups, or of several outputs their coefficients for all.</summary>
internal sealed record FamilyKind(Family Family, bool IsGrouped)
{
    /// <summary>The families of one output whose loss is a sum over rows.</summary>
    public static FamilyKind[] Plain { get; } = [.. FamilyDraws.Families.Select(family => new FamilyKind(family, false))];

    /// <summary>What else there is.</summary>
    public static FamilyKind[] Others { get; } =
    [
        .. ((Family[])[Family.Cox, Family.CoxBreslow, Family.Multinomial, Family.MultiGaussian]).Select(family => new FamilyKind(family, false)),
        .. ((Family[])[Family.Gaussian, .. FamilyDraws.Families, Family.Cox, Family.CoxBreslow, Family.Multinomial, Family.MultiGaussian]).Select(family => new FamilyKind(family, true)),
    ];

    public override string ToString() => $"{Family} ({Family.Link}{(IsGrouped ? ", groups" : Family == Family.CoxBreslow ? ", breslow" : "")})";
}
