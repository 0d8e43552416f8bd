using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Models;

/// <summary>"OUTP": the names and intercepts of several outputs. Required: without it nobody can tell whose the coefficients are.</summary>
internal static class OutputSection
{
    /// <summary>Fewer are one, which needs no section.</summary>
    private const int Least = 2;

    /// <summary>What the section says.</summary>
    public readonly record struct Outputs(IReadOnlyList<string> Names, double[] Intercepts);

    /// <summary>Writes the intercepts, where each name ends, and the names.</summary>
    public static void Write(SectionWriter file, IReadOnlyList<string> outputs, ReadOnlySpan<double> intercepts)
    {
        byte[][] names = NameList.Encode("output name", outputs);
        file.Begin(SectionKind.Outputs);
        file.UInt32((uint)names.Length);
        file.UInt32(NameList.ByteCount(names));
        file.Numbers(intercepts);
        NameList.WriteEnds(file, names);
        NameList.WriteText(file, names);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static Outputs Read(SectionReader section)
    {
        int count = section.Count("outputs");
        uint length = section.UInt32();
        if (count < Least)
            Throw.ModelFile($"'outputs' ({count}) must be {Least} or more in a section of their own");
        section.RequireRemaining(count * (long)(sizeof(double) + sizeof(uint)) + length);
        double[] intercepts = section.Doubles(count);
        ReadOnlySpan<byte> ends = section.Bytes((uint)count * sizeof(uint));
        return new(Array.AsReadOnly(NameList.Read("output name", ends, ref section, length)), intercepts);
    }

    /// <summary>The first rule broken, as a sentence without full stop; null where the outputs are sound.</summary>
    public static string? FirstViolation(ModelContent content)
    {
        if (content.OutputNames is not { } names)
            return content.Family.HasOutputs ? Throw.Invariant($"'outputs' must be given for the family {content.Family.Title}")
                : content.Problem is { GroupOutputs: true } ? Throw.Invariant($"'outputs' must be several to be grouped, and the family {content.Family.Title} has one") : null;
        if (!content.Family.HasOutputs)
            return Throw.Invariant($"'outputs' must not be given for the family {content.Family.Title}");
        if (names.Count < Least)
            return Throw.Invariant($"'outputs' ({names.Count}) must be {Least} or more");
        if (ClassLabels.FirstTwice([.. names]) is { } twice)
            return twice.Length == 0 ? "'output names' must not be null" : Throw.Invariant($"'output names' must differ, but two are '{twice[0]}'");
        ReadOnlySpan<double> intercepts = content.Intercepts.Span;
        if (intercepts.Length != names.Count)
            return Throw.Invariant($"'intercepts' (length {intercepts.Length}) must be one for each of the {names.Count} outputs");
        for (int k = 0; k < intercepts.Length; k++)
        {
            if (!double.IsFinite(intercepts[k]))
                return Throw.Invariant($"'intercept' of output '{names[k]}' ({intercepts[k]}) must be finite");
        }

        return content.Fit.Intercepts.Span.SequenceEqual(intercepts) ? null : "'intercepts' of the fit must be the intercepts of the model";
    }
}
