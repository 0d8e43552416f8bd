namespace ElasticNet.Fast.Models;

/// <summary>"FMLY": which loss was minimised, and how the linear predictor maps to a prediction.</summary>
internal static class FamilySection
{
    /// <summary>Writes family and link.</summary>
    public static void Write(SectionWriter file, Family family)
    {
        file.Begin(SectionKind.Family);
        file.UInt32(family.Id);
        file.UInt32(family.Link.Id);
        if (!double.IsNaN(family.Parameter))
            file.Double(family.Parameter);
        file.End();
    }

    /// <summary>Reads them back; refuses what this library does not know.</summary>
    public static Family Read(SectionReader section)
    {
        uint family = section.UInt32();
        uint link = section.UInt32();
        double parameter = section.Remaining == 0 ? double.NaN : section.Double();
        section.RequireRemaining(0);
        Family? found = Family.Of(family, link, parameter);
        if (found is null)
        {
            string all = string.Join(", or ", Family.All.Select(known => $"{known.Id} ({known.Title}) and {known.Link.Id} ({known.Link})"));
            Throw.ModelFile($"'family' ({family}) and 'link' ({link}) must be {all}: this library knows no other");
        }

        return found;
    }
}
