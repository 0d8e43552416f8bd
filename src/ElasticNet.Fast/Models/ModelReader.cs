using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>
/// Turns the bytes of a model file into a model. Lengths are checked before memory is taken, numbers before they are
/// used; whatever is wrong ends in a <see cref="ModelFormatException"/>. Nothing that is read can run anything.
/// </summary>
internal static class ModelReader
{
    /// <summary>Reads a whole model; nothing refers to the bytes afterwards.</summary>
    public static ModelContent Read(ReadOnlySpan<byte> file)
    {
        ModelContent content = ReadInPlace(file, out CoefficientRegion region);
        CoefficientSpans coefficients = region.In(file);
        return content with
        {
            Indices = coefficients.Indices.ToArray(),
            Values = coefficients.Values.ToArray(),
            StandardDeviations = coefficients.StandardDeviations.ToArray(),
        };
    }

    /// <summary>Reads a model except for its coefficients, which are checked and left where they are.</summary>
    public static ModelContent ReadInPlace(ReadOnlySpan<byte> file, out CoefficientRegion region)
    {
        ModelFile.RequireLittleEndian();
        SectionTable table = SectionTable.Open(file);
        Family family = FamilySection.Read(table.Require(SectionKind.Family));
        OutputSection.Outputs? outputs = table.TryFind(SectionKind.Outputs, out SectionReader several) ? OutputSection.Read(several) : null;
        region = CoefficientSection.Read(table.Require(SectionKind.Coefficients), outputs?.Names.Count ?? 1, out double intercept);
        ElasticNetFit fit = FitSection.Read(table.Require(SectionKind.Fit), intercept, outputs?.Intercepts, region.Count);
        SchemaSection.Schema schema = SchemaSection.Read(table.Require(SectionKind.Schema));
        Preparation? preparation = ReadPreparation(table, schema);
        ModelContent content = new()
        {
            Family = family,
            Classes = table.TryFind(SectionKind.Classes, out SectionReader classes) ? ClassSection.Read(classes) : null,
            FeatureCount = schema.FeatureCount,
            FeatureNames = schema.FeatureNames,
            TargetName = schema.TargetName,
            Preparation = preparation,
            OutputNames = outputs?.Names,
            Intercept = intercept,
            Intercepts = outputs?.Intercepts,
            Indices = default,
            Values = default,
            StandardDeviations = default,
            Fit = fit,
            Provenance = ProvenanceSection.Read(table.Require(SectionKind.Provenance)),
            Problem = ReadProblem(table),
            Baseline = table.TryFind(SectionKind.Baseline, out SectionReader baseline) ? BaselineSection.Read(baseline) : null,
            TextFormat = table.TryFind(SectionKind.Reading, out SectionReader reading) ? ReadingSection.Read(reading) : null,
            CrossValidation = table.TryFind(SectionKind.Curve, out SectionReader curve) ? CurveSection.Read(curve) : default(ReadOnlyMemory<CrossValidationPoint>),
            Path = table.TryFind(SectionKind.Path, out SectionReader path) ? PathSection.Read(path, schema, preparation, outputs?.Names) : null,
        };
        if (ContentRules.FirstViolation(content, region.In(file)) is { } violation)
            Throw.ModelFile($"{violation}");
        return content;
    }

    private static Preparation? ReadPreparation(in SectionTable table, in SchemaSection.Schema schema)
    {
        bool prepared = table.TryFind(SectionKind.Preparation, out SectionReader section);
        if (prepared != table.TryFind(SectionKind.Inputs, out SectionReader inputs))
            Throw.ModelFile($"sections 'INPT' and 'PREP' must be present together");
        bool hasDonors = table.TryFind(SectionKind.Donors, out SectionReader donors);
        bool hasEquations = table.TryFind(SectionKind.Equations, out SectionReader equations);
        bool hasMatches = table.TryFind(SectionKind.Matches, out SectionReader matches);
        if (!prepared && (hasDonors || hasEquations))
            Throw.ModelFile($"section '{(hasDonors ? SectionKind.Donors : SectionKind.Equations).Name()}' must not be present without 'PREP'");
        if (hasMatches && !hasEquations)
            Throw.ModelFile($"section 'MTCH' must not be present without 'EQNS'");
        if (!prepared)
            return null;
        if (schema.FeatureNames is null)
            Throw.ModelFile($"a model with preparation must have feature names, of {schema.FeatureCount} features it has none");
        return PreparationSection.Read(section, InputSection.Read(inputs), schema.FeatureNames!, hasDonors, donors, hasEquations, equations, hasMatches, matches);
    }

    private static SolvedProblem? ReadProblem(in SectionTable table)
    {
        SolvedProblem? read = table.TryFind(SectionKind.Problem, out SectionReader problem) ? ProblemSection.Read(problem) : null;
        return table.TryFind(SectionKind.Groups, out SectionReader groups) ? GroupSection.Read(groups, read) : read;
    }
}
