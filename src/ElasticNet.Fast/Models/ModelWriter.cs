using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>Turns a model into the bytes of its file; the same model gives the same bytes.</summary>
internal static class ModelWriter
{
    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidOperationException">The model breaks a rule of the format, so that no reader would take it.</exception>
    public static ReadOnlyMemory<byte> Write(ModelContent content, in CoefficientSpans coefficients)
    {
        ModelFile.RequireLittleEndian();
        if (ContentRules.FirstViolation(content, coefficients) is { } violation)
            Throw.CannotSave($"{violation}");
        ReadOnlySpan<CrossValidationPoint> curve = content.CrossValidation.Span;
        Preparation? preparation = content.Preparation;
        SectionWriter file = new(sectionCount: 5 + (curve.IsEmpty ? 0 : 1) + (preparation is null ? 0 : 2) + (preparation?.Imputer is null ? 0 : 1) + (content.Path is null ? 0 : 1) + (content.Problem is null ? 0 : 1) + (content.TextFormat is null ? 0 : 1) + (HasMatches(preparation) ? 1 : 0) + (content.Classes is null ? 0 : 1) + (content.OutputNames is null ? 0 : 1) + (content.Baseline is null ? 0 : 1) + (HasGroups(content) ? 1 : 0));
        SchemaSection.Write(file, content);
        CoefficientSection.Write(file, content.Intercept, content.Outputs, coefficients);
        FamilySection.Write(file, content.Family);
        FitSection.Write(file, content.Fit);
        ProvenanceSection.Write(file, content.Provenance);
        if (content.OutputNames is { } outputs)
            OutputSection.Write(file, outputs, content.Intercepts.Span);
        if (preparation is not null)
        {
            InputSection.Write(file, preparation.Inputs);
            PreparationSection.Write(file, preparation);
            if (preparation.Neighbors is { } neighbors)
                DonorSection.Write(file, neighbors);
            if (preparation.Equations is { } equations)
                EquationSection.Write(file, equations, preparation.Options);
            if (HasMatches(preparation))
                MatchSection.Write(file, preparation.Options.Iterative.Matching, preparation.Equations!.Matches);
        }

        if (content.TextFormat is { } format)
            ReadingSection.Write(file, format);
        if (!curve.IsEmpty)
            CurveSection.Write(file, curve);
        if (content.Problem is { } problem)
            ProblemSection.Write(file, problem);
        if (content.Classes is { } classes)
            ClassSection.Write(file, classes);
        if (HasGroups(content))
            GroupSection.Write(file, content.Problem!);
        if (content.Baseline is { } baseline)
            BaselineSection.Write(file, baseline);
        if (content.Path is { } path)
            PathSection.Write(file, path);
        return file.Finish();
    }

    private static bool HasGroups(ModelContent content) => content.Problem is { FeatureGroups.IsEmpty: false };

    private static bool HasMatches(Preparation? preparation) => preparation?.Equations is not null && preparation.Options.Iterative.Matching > 0;
}
