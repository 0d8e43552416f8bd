using ElasticNet.Fast.Generators;
using ElasticNet.Fast.ModelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>Symbols in, model out. Nothing behind this class holds a symbol or a node.</summary>
internal static class Parser
{
    public const string LibraryNamespace = "ElasticNet.Fast";
    public const string RowNamespace = LibraryNamespace + ".TypedRows";
    public const string AttributeName = RowNamespace + ".ElasticNetFeaturesAttribute";

    private static readonly SymbolDisplayFormat s_ownName = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat s_fullName =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        Location place = ((TypeDeclarationSyntax)context.TargetNode).Identifier.GetLocation();
        List<DiagnosticInfo> problems = [];
        INamedTypeSymbol[] nest = [.. Nest(type).Reverse()];
        CheckShape(type, nest, place, problems, cancellation);
        List<Feature> features = type.IsStatic ? [] : FeatureParser.Parse(type, place, problems, cancellation);
        if (problems.Count > 0)
            return new(null, new(problems));

        string @namespace = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(s_fullName);
        RowType row = new(FileName(type), @namespace, new(nest.Select(Declaration)), type.ToDisplayString(s_ownName), new(features));
        return new(row, new([]));
    }

    /// <summary>The type and those around it.</summary>
    private static IEnumerable<INamedTypeSymbol> Nest(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? each = type; each is not null; each = each.ContainingType)
            yield return each;
    }

    private static void CheckShape(
        INamedTypeSymbol type, INamedTypeSymbol[] nest, Location place, List<DiagnosticInfo> problems, CancellationToken cancellation)
    {
        if (type.IsStatic)
            Wrong(type, "not be static: its instances are rows");
        if (type.IsRefLikeType)
            Wrong(type, "not be a ref struct: rows are held in spans and arrays");
        foreach (INamedTypeSymbol each in nest)
        {
            if (each.IsFileLocal)
                Wrong(each, "not be local to its file: its features are written in another");
            SyntaxToken? closed = each.DeclaringSyntaxReferences
                .Select(reference => (reference.GetSyntax(cancellation) as TypeDeclarationSyntax)!)
                .Where(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
                .Select(declaration => (SyntaxToken?)declaration.Identifier)
                .FirstOrDefault();
            if (closed is { } identifier)
                problems.Add(DiagnosticInfo.At(identifier, Diagnostics.NotPartial, each.Name, type.Name));
        }

        void Wrong(INamedTypeSymbol which, string rule) => problems.Add(DiagnosticInfo.At(place, Diagnostics.WrongShape, which.Name, rule));
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        return $"partial {keyword} {type.ToDisplayString(s_ownName)}";
    }

    // Angle brackets cannot be in a file name.
    private static string FileName(INamedTypeSymbol type) =>
        type.ToDisplayString(s_fullName).Replace("@", "").Replace('<', '{').Replace('>', '}') + ".g.cs";
}
