namespace ElasticNet.Fast.Models;

/// <summary>"PROV": how the model came to be. No clock, host or path: the same fit gives the same bytes.</summary>
internal static class ProvenanceSection
{
    private const uint Intercept = 1;
    private const uint Standardize = 2;
    private const uint Weights = 4;
    private const uint Offset = 8;
    private const uint Seed = 16;
    private const uint FlagBound = 32;

    /// <summary>Writes the options and the shape of the data.</summary>
    public static void Write(SectionWriter file, Provenance provenance)
    {
        byte[] version = SectionWriter.Encode("library version", provenance.LibraryVersion);
        uint flags = (provenance.Intercept ? Intercept : 0) | (provenance.Standardize ? Standardize : 0)
            | (provenance.HasWeights ? Weights : 0) | (provenance.HasOffset ? Offset : 0) | (provenance.Seed.HasValue ? Seed : 0);

        file.Begin(SectionKind.Provenance);
        file.UInt32((uint)provenance.Rows);
        file.UInt32(flags);
        file.UInt32((uint)provenance.Folds);
        file.UInt32(provenance.Measure.Id);
        file.UInt32((uint)provenance.Selection);
        file.UInt32((uint)version.Length);
        file.UInt64(provenance.Seed ?? 0);
        file.Double(provenance.LambdaMin);
        file.Double(provenance.Lambda1Se);
        file.UInt32((uint)provenance.Repeats);
        file.UInt32(0);
        file.Numbers<byte>(version);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    public static Provenance Read(SectionReader section)
    {
        int rows = section.Count("rows");
        uint flags = section.Flags(FlagBound);
        int folds = section.Count("folds");
        uint measure = section.UInt32();
        uint selection = section.UInt32();
        uint versionLength = section.UInt32();
        ulong seed = section.UInt64();
        double lambdaMin = section.Double();
        double lambda1Se = section.Double();
        int repeats = section.Count("repeats");
        section.Zeros(4);
        section.RequireRemaining(versionLength);
        bool hasSeed = (flags & Seed) != 0;
        if (measure >= Measure.All.Length)
            Throw.ModelFile($"'measure' ({measure}) must be {string.Join(" or ", Measure.All.Select(known => known.Id))}");
        if (!hasSeed && seed != 0)
            Throw.ModelFile($"'seed' ({seed}) must be 0 where there is none");
        return new Provenance
        {
            LibraryVersion = section.Text("library version", versionLength),
            Rows = rows,
            Intercept = (flags & Intercept) != 0,
            Standardize = (flags & Standardize) != 0,
            HasWeights = (flags & Weights) != 0,
            HasOffset = (flags & Offset) != 0,
            Folds = folds,
            Repeats = repeats,
            Seed = hasSeed ? seed : null,
            Measure = Measure.All[measure],
            Selection = (LambdaSelection)selection,
            LambdaMin = lambdaMin,
            Lambda1Se = lambda1Se,
        };
    }
}
