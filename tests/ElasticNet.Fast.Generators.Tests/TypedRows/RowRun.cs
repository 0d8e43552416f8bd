using ElasticNet.Fast.TypedRows;
using Microsoft.CodeAnalysis;

namespace ElasticNet.Fast.Generators.Tests.TypedRows;

/// <summary>The model generator, run on row types that see the library.</summary>
internal static class RowRun
{
    private static readonly MetadataReference s_library = MetadataReference.CreateFromFile(typeof(ElasticNetFeaturesAttribute).Assembly.Location);

    public static GeneratorRun Of(params (string Name, string Text)[] files) =>
        GeneratorRun.Of(new ModelGenerator.ModelGenerator(), files, s_library);

    /// <summary>One file in the namespace <c>Demo</c> that uses the library.</summary>
    public static GeneratorRun OfText(string text) => Of(("Row.cs", "using System;\nusing ElasticNet.Fast.TypedRows;\nnamespace Demo;\n" + text));

    /// <summary>The errors and warnings of the compiler and the generator together.</summary>
    public static Diagnostic[] Problems(this GeneratorRun run) =>
        [.. run.Output.GetDiagnostics().Concat(run.Diagnostics).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info)];
}
