using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>"PREP": the options of preparation, and what each raw column became.</summary>
internal static class PreparationSection
{
    private const uint HasIndicators = 1;
    private const uint HasScaling = 2;
    private const uint FlagBound = 4;
    private const int RecordSize = 4 * sizeof(int) + sizeof(double);

    /// <summary>Writes options, encodings, the features of levels, centers and scales.</summary>
    public static void Write(SectionWriter file, Preparation preparation)
    {
        PreparationOptions options = preparation.Options;
        file.Begin(SectionKind.Preparation);
        file.UInt32((uint)options.Imputation);
        file.UInt32((options.MissingIndicators ? HasIndicators : 0) | (options.Scaling is null ? 0 : HasScaling));
        file.UInt32((uint)options.Neighbors);
        file.UInt32((uint)options.NeighborWeighting);
        file.Double(options.FillValue);
        file.UInt32((uint)(options.Scaling ?? default));
        file.UInt32((uint)options.Encoding);
        file.UInt32((uint)options.Reference);
        file.UInt32((uint)options.MinLevelCount);
        file.UInt32((uint)options.UnknownLevels);
        file.UInt32((uint)preparation.Scales.Length);
        foreach (ref readonly InputEncoding encoding in preparation.Encodings.Span)
        {
            file.UInt32((uint)encoding.Feature);
            file.UInt32((uint)encoding.MissingFeature);
            file.UInt32((uint)encoding.UnknownFeature);
            file.UInt32((uint)encoding.LevelFeatures.Length);
            file.Double(encoding.Fill);
        }

        file.Numbers(preparation.Centers.Span);
        file.Numbers(preparation.Scales.Span);
        foreach (ref readonly InputEncoding encoding in preparation.Encodings.Span)
            file.Numbers(encoding.LevelFeatures.Span);
        file.End();
    }

    /// <summary>Reads it back.</summary>
    /// <param name="section">The section.</param>
    /// <param name="inputs">The raw columns.</param>
    /// <param name="featureNames">The names of the features.</param>
    /// <param name="hasDonors">Whether the file has donors for imputation by neighbours.</param>
    /// <param name="donors">Their section.</param>
    /// <param name="hasEquations">Whether the file has equations for iterative imputation.</param>
    /// <param name="equations">Their section.</param>
    /// <param name="hasMatches">Whether the file has observed values for what equations predict.</param>
    /// <param name="matches">Their section.</param>
    public static Preparation Read(
        SectionReader section, InputColumn[] inputs, IReadOnlyList<string> featureNames, bool hasDonors, SectionReader donors,
        bool hasEquations, SectionReader equations, bool hasMatches, SectionReader matches)
    {
        ImputationMethod imputation = (ImputationMethod)section.UInt32();
        uint flags = section.Flags(FlagBound);
        PreparationOptions options = new()
        {
            Inputs = inputs,
            Imputation = imputation,
            MissingIndicators = (flags & HasIndicators) != 0,
            Neighbors = section.Count("neighbors"),
            NeighborWeighting = (NeighborWeighting)section.UInt32(),
            FillValue = section.Double(),
            Scaling = Scaling(section.UInt32(), (flags & HasScaling) != 0),
            Encoding = (CategoryEncoding)section.UInt32(),
            Reference = (ReferenceLevel)section.UInt32(),
            MinLevelCount = section.Count("least level count"),
            UnknownLevels = (UnknownLevelRule)section.UInt32(),
        };
        int scaled = section.Count("scaled features");
        if (scaled != (options.Scaling is null ? 0 : featureNames.Count))
            Throw.ModelFile($"'scaled features' ({scaled}) must be the {featureNames.Count} features, or 0 without scaling");
        long levelFeatures = 0;
        foreach (InputColumn input in inputs)
            levelFeatures += input.Kind == InputKind.Category && options.Encoding == CategoryEncoding.OneHot ? input.Levels.Count : 0;
        section.RequireRemaining(inputs.Length * (long)RecordSize + 2L * scaled * sizeof(double) + levelFeatures * sizeof(int));

        SectionReader records = section;
        section.Bytes((uint)(inputs.Length * RecordSize));
        double[] centers = section.Doubles(scaled), scales = section.Doubles(scaled);
        InputEncoding[] encodings = new InputEncoding[inputs.Length];
        for (int j = 0; j < encodings.Length; j++)
        {
            int feature = (int)records.UInt32(), missing = (int)records.UInt32(), unknown = (int)records.UInt32();
            uint levels = records.UInt32();
            bool isEncoded = inputs[j].Kind == InputKind.Category && options.Encoding == CategoryEncoding.OneHot;
            if (levels != (isEncoded ? inputs[j].Levels.Count : 0))
                Throw.ModelFile($"input {j} ({levels} features of levels) must have one for each of its {inputs[j].Levels.Count} levels, or none where it is not encoded by level");
            encodings[j] = new(feature, missing, unknown, section.Integers((int)levels), records.Double());
        }

        if (PreparationContentRules.FirstViolation(options, encodings, featureNames.Count, centers, scales, hasDonors, hasEquations) is { } violation)
            Throw.ModelFile($"{violation}");
        INumberImputer? imputer = hasDonors ? DonorSection.Read(donors, options)
            : hasEquations ? EquationSection.Read(equations, hasMatches, matches, ref options, encodings)
            : null;
        return new(options, encodings, featureNames, centers, scales, imputer);
    }

    private static ScalingMethod? Scaling(uint method, bool isPresent)
    {
        if (!isPresent && method != 0)
            Throw.ModelFile($"'scaling' ({method}) must be 0 where there is none");
        return isPresent ? (ScalingMethod)method : null;
    }
}
