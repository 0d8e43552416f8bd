using System.Globalization;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>What came of all models.</summary>
internal sealed class Counts
{
    public int Held { get; private set; }

    /// <summary>Problems that the fit refuses, as of classes that free columns separate.</summary>
    public int Refused { get; set; }

    /// <summary>Held and failed, by family.</summary>
    public Dictionary<string, (int Held, int Failed)> Kinds { get; } = [];

    public int Failed { get; private set; }

    public double LargestGap { get; private set; }

    public double LargestExcess { get; private set; }

    public int Changed { get; private set; }

    /// <summary>Changes after which the objective lies above the old one, or the violations above what is claimed, by the tolerance and the claim.</summary>
    public int Raised { get; private set; }

    /// <summary>Of these the ones that verification lets pass.</summary>
    public int Missed { get; private set; }

    /// <summary>Changes that raise violations alone, by no more than the rounding of stored coefficients may.</summary>
    public int WithinRounding { get; private set; }

    /// <summary>Smaller changes that it does not let pass.</summary>
    public int SeenToo { get; private set; }

    /// <summary>Counts a model and what became of it when it was changed.</summary>
    public void Add(int number, string kind, Verification sound, Verification? changed)
    {
        (int held, int failed) = Kinds.GetValueOrDefault(kind);
        Kinds[kind] = sound.Holds ? (held + 1, failed) : (held, failed + 1);
        if (sound.Holds)
            Held++;
        else if (Failed++ < 20)
            Tell(number, kind + ": claim does not hold", sound);
        LargestGap = Math.Max(LargestGap, sound.Found.RelativeGap);
        LargestExcess = Math.Max(LargestExcess, sound.Found.RelativeGap - sound.Model.Fit.RelativeGap);
        if (changed is null || sound.Found.HalfNull == 0)
            return;
        Changed++;
        // At least so far above the minimum, which lies at or below the objective of the sound model.
        double rise = (changed.Found.Objective - sound.Found.Objective) / sound.Found.HalfNull;
        bool objective = rise > sound.Model.Fit.RelativeGap + Verification.Tolerance, conditions = changed.KktResidual > sound.Model.Fit.KktResidual + Verification.Tolerance;
        // Violations that the rounding of stored coefficients alone can make are nobody's fault, where it makes more than the tolerance.
        bool isRounding = !objective && conditions && changed.KktHolds;
        WithinRounding += isRounding ? 1 : 0;
        bool raised = objective || (conditions && !isRounding);
        Raised += raised ? 1 : 0;
        SeenToo += !raised && !changed.Holds ? 1 : 0;
        if (raised && changed.Holds && Missed++ < 20)
            Tell(number, string.Create(CultureInfo.InvariantCulture, $"unseen: the objective rises by {rise:0.0e+0}"), changed);
    }

    private static void Tell(int number, string what, Verification of) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"model {number}: {what}: gap {of.Model.Fit.RelativeGap:0.0e+0} claimed, {of.Found.RelativeGap:0.0e+0} found; KKT residual {of.Model.Fit.KktResidual:0.0e+0} claimed, {of.KktResidual:0.0e+0} found at {of.Found.Worst}; λ_max {of.LambdaMax:g17} claimed, {of.FoundLambdaMax:g17} found; λ {of.Model.Fit.Lambda:g3}, ρ {of.Model.Fit.L1Ratio:g3}, intercept {of.Model.Provenance.Intercept}, standardised {of.Model.Provenance.Standardize}, {of.Model.FeatureCount} features, {of.Model.Provenance.Rows} rows"));
}
