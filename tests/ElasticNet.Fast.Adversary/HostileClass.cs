namespace ElasticNet.Fast.Adversary;

/// <summary>A kind of hostile problem.</summary>
/// <param name="Name">As counts are printed by.</param>
/// <param name="Share">How many of the problems, relative to the others.</param>
/// <param name="Make">Makes one.</param>
internal sealed record HostileClass(string Name, int Share, Func<Dice, Draft> Make)
{
    public const string Control = "control";

    public static IReadOnlyList<HostileClass> All { get; } =
    [
        new(Control, 60, ShapeClasses.Control),
        new("years", 40, CurveClasses.Years),
        new("timestamps", 40, CurveClasses.Timestamps),
        new("near-million", 50, CurveClasses.NearMillion),
        new("nearly-equal", 60, CollinearClasses.NearlyEqual),
        new("copies", 50, CollinearClasses.Copies),
        new("combinations", 40, CollinearClasses.Combinations),
        new("raw-powers", 40, CurveClasses.RawPowers),
        new("unit-powers", 40, CurveClasses.UnitPowers),
        new("hilbert", 30, CurveClasses.Hilbert),
        new("vandermonde", 30, CurveClasses.Vandermonde),
        new("one-hot", 30, CollinearClasses.OneHot),
        new("nearly-constant", 40, CollinearClasses.NearlyConstant),
        new("constant-no-intercept", 30, CollinearClasses.ConstantWithoutIntercept),
        new("free-collinear", 50, CollinearClasses.FreeCollinear),
        new("repeated-rows", 30, CollinearClasses.RepeatedRows),
        new("ties", 30, CollinearClasses.Ties),
        new("mixed-units", 40, MagnitudeClasses.MixedUnits),
        new("extreme-y", 40, MagnitudeClasses.ExtremeResponse),
        new("small-y", 40, MagnitudeClasses.SmallResponse),
        new("denormals", 25, MagnitudeClasses.Denormals),
        new("heavy-weights", 50, MagnitudeClasses.HeavyWeights),
        new("ignored-rows", 40, MagnitudeClasses.IgnoredRows),
        new("light-outlier", 40, MagnitudeClasses.LightOutlier),
        new("far-y", 30, MagnitudeClasses.FarResponse),
        new("tiny", 40, ShapeClasses.Tiny),
        new("wide", 15, ShapeClasses.Wide),
        new("wide-near-lasso", 8, ShapeClasses.WideNearLasso),
        new("tall", 4, ShapeClasses.Tall),
        new("many-free", 15, ShapeClasses.ManyFree),
        new("tight-bounds", 50, ShapeClasses.TightBounds),
        new("half-bounds", 50, ShapeClasses.HalfBounds),
        new("in-span", 40, ShapeClasses.InSpan),
        new("constant-y", 25, ShapeClasses.ConstantResponse),
        new("float", 30, ShapeClasses.Single),
    ];

    /// <summary>One by chance.</summary>
    public static HostileClass Draw(Dice dice)
    {
        int at = dice.Int(0, All.Sum(c => c.Share) - 1);
        foreach (HostileClass one in All)
        {
            at -= one.Share;
            if (at < 0)
                return one;
        }

        throw new InvalidOperationException("Shares do not add up.");
    }
}
