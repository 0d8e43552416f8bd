namespace ElasticNet.Fast.Models;

/// <summary>"FMLY": which loss was minimised, and how the linear predictor maps to a prediction.</summary>
internal static class FamilySection
{
    private const uint Gaussian = 0;
    private const uint Identity = 0;

    /// <summary>Writes the only family and link there are.</summary>
    public static void Write(SectionWriter file)
    {
        file.Begin(SectionKind.Family);
        file.UInt32(Gaussian);
        file.UInt32(Identity);
        file.End();
    }

    /// <summary>Refuses every other.</summary>
    public static void Check(SectionReader section)
    {
        uint family = section.UInt32();
        uint link = section.UInt32();
        section.RequireRemaining(0);
        if (family != Gaussian || link != Identity)
            Throw.ModelFile($"'family' ({family}) and 'link' ({link}) must be 0 (Gaussian) and 0 (identity), the only ones this library knows");
    }
}
