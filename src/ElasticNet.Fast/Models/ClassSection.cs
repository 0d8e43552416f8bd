namespace ElasticNet.Fast.Models;

/// <summary>"CLSS": the labels of the two classes, the event second. Optional: a reader that only predicts probabilities may skip it.</summary>
internal static class ClassSection
{
    private const int Count = 2;

    /// <summary>What the classes of a target of numbers are called.</summary>
    public static IReadOnlyList<string> Numbers { get; } = Array.AsReadOnly(["0", "1"]);

    /// <summary>Writes where each label ends, and the labels.</summary>
    public static void Write(SectionWriter file, IReadOnlyList<string> classes)
    {
        byte[][] names = NameList.Encode("class label", classes);
        file.Begin(SectionKind.Classes);
        file.UInt32((uint)names.Length);
        file.UInt32(NameList.ByteCount(names));
        NameList.WriteEnds(file, names);
        NameList.WriteText(file, names);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static IReadOnlyList<string> Read(SectionReader section)
    {
        uint count = section.UInt32(), length = section.UInt32();
        if (count != Count)
            Throw.ModelFile($"'classes' ({count}) must be {Count}");
        section.RequireRemaining(Count * (long)sizeof(uint) + length);
        ReadOnlySpan<byte> ends = section.Bytes(Count * sizeof(uint));
        return Array.AsReadOnly(NameList.Read("class label", ends, ref section, length));
    }

    /// <summary>The first rule broken, as a sentence without full stop; null where the classes are sound.</summary>
    public static string? FirstViolation(ModelContent content)
    {
        if (content.Classes is not { } classes)
            return null;
        if (!content.Family.HasEvent)
            return Throw.Invariant($"'classes' must not be given for the family {content.Family.Title}");
        if (classes.Count != Count || classes[0] is null || classes[1] is null)
            return Throw.Invariant($"'classes' ({classes.Count}) must be {Count} labels");
        return classes[0] == classes[1] ? Throw.Invariant($"'classes' must differ, but both are '{classes[0]}'") : null;
    }
}
