namespace ElasticNet.Fast.Models;

/// <summary>"BASE": the baseline hazard of a Cox model, stratum by stratum. Optional: a reader that only predicts relative hazards may skip it.</summary>
internal static class BaselineSection
{
    /// <summary>Writes the strata with their names, then all times, then all hazards.</summary>
    public static void Write(SectionWriter file, BaselineHazard baseline)
    {
        byte[][] names = NameList.Encode("stratum", [.. baseline.Strata.Select(stratum => stratum.Name)]);
        file.Begin(SectionKind.Baseline);
        file.UInt32((uint)names.Length);
        file.UInt32(NameList.ByteCount(names));
        file.Double(baseline.Center);
        foreach (BaselineStratum stratum in baseline.Strata)
            file.UInt32((uint)stratum.Times.Length);
        NameList.WriteEnds(file, names);
        foreach (BaselineStratum stratum in baseline.Strata)
            file.Numbers(stratum.Times.Span);
        foreach (BaselineStratum stratum in baseline.Strata)
            file.Numbers(stratum.CumulativeHazard.Span);
        NameList.WriteText(file, names);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static BaselineHazard Read(SectionReader section)
    {
        int count = section.Count("strata");
        uint length = section.UInt32();
        double center = section.Double();
        if (count == 0)
            Throw.ModelFile($"'strata' ({count}) must be 1 or more");
        ReadOnlySpan<byte> sizes = section.Bytes(Bytes(count));
        long total = 0;
        for (int k = 0; k < count; k++)
            total += Size(sizes, k);
        ReadOnlySpan<byte> ends = section.Bytes(Bytes(count));
        section.RequireRemaining(2 * sizeof(double) * total + length);
        double[][] times = new double[count][], hazards = new double[count][];
        for (int k = 0; k < count; k++)
            times[k] = section.Doubles((int)Size(sizes, k));
        for (int k = 0; k < count; k++)
            hazards[k] = section.Doubles((int)Size(sizes, k));
        string[] names = NameList.Read("stratum", ends, ref section, length);
        return new(center, [.. names.Select((name, k) => new BaselineStratum(name, times[k], hazards[k]))]);

        static uint Size(ReadOnlySpan<byte> sizes, int k) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(sizes[(k * sizeof(uint))..]);

        // More than there can be is more than there is.
        static uint Bytes(int count) => (uint)Math.Min(count * (long)sizeof(uint), uint.MaxValue);
    }

    /// <summary>The first rule broken, as a sentence without full stop; null where the baseline is sound.</summary>
    public static string? FirstViolation(ModelContent content)
    {
        if (content.Baseline is not { } baseline)
            return null;
        if (!content.Family.IsSurvival)
            return Throw.Invariant($"'baseline' must not be given for the family {content.Family.Title}");
        if (!double.IsFinite(baseline.Center))
            return Throw.Invariant($"'center' of the baseline ({baseline.Center}) must be finite");
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (BaselineStratum stratum in baseline.Strata)
        {
            if (!names.Add(stratum.Name))
                return Throw.Invariant($"'strata' must differ, but two are '{stratum.Name}'");
            ReadOnlySpan<double> times = stratum.Times.Span, hazards = stratum.CumulativeHazard.Span;
            for (int k = 0; k < times.Length; k++)
            {
                if (!double.IsFinite(times[k]) || times[k] <= (k == 0 ? 0 : times[k - 1]))
                    return Throw.Invariant($"'time' {k} of stratum '{stratum.Name}' ({times[k]}) must be finite and above {(k == 0 ? 0 : times[k - 1])}");
                if (!(hazards[k] >= (k == 0 ? 0 : hazards[k - 1])) || double.IsInfinity(hazards[k]))
                    return Throw.Invariant($"'hazard' {k} of stratum '{stratum.Name}' ({hazards[k]}) must be finite and {(k == 0 ? 0 : hazards[k - 1])} or more");
            }
        }

        return null;
    }
}
