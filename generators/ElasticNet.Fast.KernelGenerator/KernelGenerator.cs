using ElasticNet.Fast.Generators;
using ElasticNet.Fast.KernelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ElasticNet.Fast.KernelGenerator;

/// <summary>
/// Stamps every variant of every kernel template, the front doors, and the catalog. It contains no algorithm: it swaps
/// the aliases of a file and renames its class.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class KernelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Runs for a file with a template whenever that file changes; everything after it compares by value.
        IncrementalValuesProvider<ParseResult> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.AttributeName, static (node, _) => node is ClassDeclarationSyntax, Parser.Parse)
            .WithTrackingName(StepNames.Parse);

        // Runs when a template changes: its variants hold the whole text of its file.
        IncrementalValuesProvider<Template> templates = parsed
            .Where(static result => result.Template is not null)
            .Select(static (result, _) => result.Template!)
            .WithTrackingName(StepNames.Template);

        // Runs when a signature changes, not when a loop does: the front door knows no loops.
        IncrementalValuesProvider<KernelInfo> kernels = templates
            .Select(static (template, _) => template.Info)
            .WithTrackingName(StepNames.Kernel);

        // Runs when a kernel comes, goes or changes its signature.
        IncrementalValueProvider<EquatableArray<KernelInfo>> catalog = kernels
            .Collect()
            .Select(static (all, _) => CatalogOrder(all))
            .WithTrackingName(StepNames.Catalog);

        // Two templates of one kernel can only be seen from above both.
        IncrementalValueProvider<EquatableArray<DiagnosticInfo>> duplicates = parsed
            .Collect()
            .Select(static (all, _) => Parser.FindDuplicates(all))
            .WithTrackingName(StepNames.Duplicates);

        context.RegisterSourceOutput(parsed, static (output, result) =>
        {
            foreach (DiagnosticInfo diagnostic in result.Diagnostics)
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
        context.RegisterSourceOutput(duplicates, static (output, diagnostics) =>
        {
            foreach (DiagnosticInfo diagnostic in diagnostics)
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
        context.RegisterSourceOutput(templates, static (output, template) =>
        {
            foreach ((TypePair pair, int width) in VariantEmitter.Missing(template.Info))
                output.AddSource(HintName(template, pair, width), VariantEmitter.Emit(template, pair, width));
        });
        context.RegisterSourceOutput(kernels, static (output, kernel) =>
            output.AddSource($"Kernel.{kernel.TemplateClass}.g.cs", FrontDoorEmitter.Emit(kernel)));
        context.RegisterSourceOutput(catalog, static (output, all) =>
            output.AddSource("KernelCatalog.g.cs", CatalogEmitter.Emit(all)));
    }

    // Named after the template too, so that a duplicate is reported as such and not as an exception of the generator.
    private static string HintName(Template template, TypePair pair, int width) =>
        $"{template.Info.TemplateClass}.{template.Info.ClassName(pair, width)}.g.cs";

    private static EquatableArray<KernelInfo> CatalogOrder(IEnumerable<KernelInfo> kernels) =>
        new(kernels.OrderBy(kernel => kernel.TemplateClass, StringComparer.Ordinal));
}
