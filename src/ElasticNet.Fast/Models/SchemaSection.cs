namespace ElasticNet.Fast.Models;

/// <summary>"SCHM": the number of features and, where known, the names of features and target.</summary>
internal static class SchemaSection
{
    private const uint HasNames = 1;
    private const uint HasTarget = 2;
    private const uint FlagBound = 4;

    /// <summary>What the section says.</summary>
    public readonly record struct Schema(int FeatureCount, IReadOnlyList<string>? FeatureNames, string? TargetName);

    /// <summary>Writes the counts, where each name ends, the target name and the names.</summary>
    public static void Write(SectionWriter file, ModelContent content)
    {
        byte[] target = content.TargetName is null ? [] : SectionWriter.Encode("target name", content.TargetName);
        byte[][] names = content.FeatureNames is null ? [] : NameList.Encode("feature name", content.FeatureNames);
        uint flags = (content.FeatureNames is null ? 0 : HasNames) | (content.TargetName is null ? 0 : HasTarget);

        file.Begin(SectionKind.Schema);
        file.UInt32((uint)content.FeatureCount);
        file.UInt32(flags);
        file.UInt32((uint)target.Length);
        file.UInt32(NameList.ByteCount(names));
        NameList.WriteEnds(file, names);
        file.Numbers<byte>(target);
        NameList.WriteText(file, names);
        file.End();
    }

    /// <summary>Reads it back; the sum of all lengths is checked before the first name gets memory.</summary>
    public static Schema Read(SectionReader section)
    {
        int featureCount = section.Count("feature count");
        uint flags = section.Flags(FlagBound);
        uint targetLength = section.UInt32();
        uint namesLength = section.UInt32();
        bool hasNames = (flags & HasNames) != 0;
        bool hasTarget = (flags & HasTarget) != 0;
        if ((!hasTarget && targetLength != 0) || (!hasNames && namesLength != 0))
            Throw.ModelFile($"the lengths of target name ({targetLength}) and feature names ({namesLength}) must be 0 where there are none");
        long endsLength = hasNames ? featureCount * (long)sizeof(uint) : 0;
        section.RequireRemaining(endsLength + targetLength + namesLength);

        ReadOnlySpan<byte> ends = section.Bytes((uint)endsLength);
        string? target = hasTarget ? section.Text("target name", targetLength) : null;
        return new Schema(featureCount, hasNames ? Array.AsReadOnly(NameList.Read("feature name", ends, ref section, namesLength)) : null, target);
    }
}
