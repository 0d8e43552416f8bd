using ElasticNet.Fast.Generators;
using ElasticNet.Fast.ModelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>Writes <c>IElasticNetFeatures</c> for every type marked <c>[ElasticNetFeatures]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Members may come from base types and enumerations elsewhere, so this looks again after every edit; what it finds
        // compares by value.
        IncrementalValuesProvider<ParseResult> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Parser.AttributeName, static (node, _) => node is TypeDeclarationSyntax, Parser.Parse)
            .WithTrackingName(StepNames.Parse);

        // Runs when a feature comes, goes or changes.
        IncrementalValuesProvider<RowType> rows = parsed
            .Where(static result => result.Row is not null)
            .Select(static (result, _) => result.Row!)
            .WithTrackingName(StepNames.Row);

        context.RegisterSourceOutput(parsed, static (output, result) =>
        {
            foreach (DiagnosticInfo diagnostic in result.Diagnostics)
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
        context.RegisterSourceOutput(rows, static (output, row) => output.AddSource(row.FileName, Emitter.Emit(row)));
    }
}
