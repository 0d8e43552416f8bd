using ElasticNet.Fast.Generators;

namespace ElasticNet.Fast.ModelGenerator.Model;

/// <summary>A type whose instances are rows.</summary>
/// <param name="FileName">The name of the generated file.</param>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Declarations">How the type and those around it are declared, the outermost first: <c>partial record struct House</c>.</param>
/// <param name="Name">The name in its own scope, with type parameters.</param>
/// <param name="Features">Its features, in order.</param>
internal sealed record RowType(
    string FileName, string Namespace, EquatableArray<string> Declarations, string Name, EquatableArray<Feature> Features);

/// <summary>What parsing one type gives: the row, or what is wrong with it.</summary>
internal sealed record ParseResult(RowType? Row, EquatableArray<DiagnosticInfo> Diagnostics);
