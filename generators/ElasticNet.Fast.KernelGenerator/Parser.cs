using System.Collections.Immutable;
using ElasticNet.Fast.Generators;
using ElasticNet.Fast.KernelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ElasticNet.Fast.KernelGenerator;

/// <summary>Syntax in, model out. Nothing behind this class holds a symbol or a node.</summary>
internal static class Parser
{
    public const string KernelNamespace = "ElasticNet.Fast.Kernels";
    public const string AttributeName = KernelNamespace + ".KernelTemplateAttribute";

    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var template = (ClassDeclarationSyntax)context.TargetNode;
        var file = (CompilationUnitSyntax)template.SyntaxTree.GetRoot(cancellation);
        int wanted = context.Attributes[0].ConstructorArguments.FirstOrDefault().Value as int? ?? 0;
        List<DiagnosticInfo> problems = [];

        Template? result = null;
        MethodDeclarationSyntax? method = FindEntry(template, context.TargetSymbol.ContainingNamespace.ToDisplayString(), problems);
        Dictionary<Slot, TypeSyntax> header = AliasHeader.Find(file, template, problems);
        if (method is not null && problems.Count == 0)
        {
            KernelInfo kernel = Describe(template, method, wanted);
            if (AliasHeader.Read(header, kernel, problems) is (TypePair own, int width))
            {
                CheckVariants(template, kernel, own, width, problems);
                if (problems.Count == 0)
                    result = new(kernel, System.IO.Path.GetFileName(template.SyntaxTree.FilePath), Segmenter.Split(file, template, header));
            }
        }

        // Carries kernel and class name to FindDuplicates; reported only from there.
        DiagnosticInfo place = DiagnosticInfo.At(template.Identifier, Diagnostics.Duplicate, template.Identifier.ValueText);
        return new(result, place, new(problems));
    }

    /// <summary>A message for every template whose kernel an earlier one has already.</summary>
    public static EquatableArray<DiagnosticInfo> FindDuplicates(ImmutableArray<ParseResult> all)
    {
        List<DiagnosticInfo> problems = [];
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach (ParseResult result in all)
        {
            if (result.Template?.Info is not { } kernel)
                continue;
            if (seen.TryGetValue(kernel.Kernel, out string? first))
                problems.Add(result.Place with { Arguments = new([kernel.Kernel, first, kernel.TemplateClass]) });
            else
                seen.Add(kernel.Kernel, kernel.TemplateClass);
        }

        return new(problems);
    }

    /// <summary>The one method that is not private, which must have the name that the class begins with.</summary>
    private static MethodDeclarationSyntax? FindEntry(ClassDeclarationSyntax template, string containingNamespace, List<DiagnosticInfo> problems)
    {
        string name = template.Identifier.ValueText;
        if (template.Parent is not BaseNamespaceDeclarationSyntax || containingNamespace != KernelNamespace)
            Wrong($"be a class of its own in the namespace '{KernelNamespace}'");
        if (!template.Modifiers.Any(SyntaxKind.StaticKeyword) || !template.Modifiers.Any(SyntaxKind.UnsafeKeyword)
            || template.Modifiers.Any(SyntaxKind.PartialKeyword) || template.TypeParameterList is not null)
            Wrong("be a static unsafe class, not partial and not generic");

        MethodDeclarationSyntax[] entries = [.. template.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.Modifiers.Any(SyntaxKind.InternalKeyword))];
        if (entries.Length != 1)
            Wrong("have exactly one method that is not private, the kernel");
        else if (!name.StartsWith(entries[0].Identifier.ValueText, StringComparison.Ordinal))
            Wrong($"begin with the name of its kernel, '{entries[0].Identifier.ValueText}'");
        else if (entries[0].TypeParameterList is not null || entries[0].ParameterList.Parameters.Any(parameter => parameter.Type is null || parameter.Modifiers.Any() || parameter.Default is not null))
            Wrong("have a kernel without type parameters, modifiers and default values, so that a delegate can call it");
        else
            return entries[0];
        return null;

        void Wrong(string rule) => problems.Add(DiagnosticInfo.At(template.Identifier, Diagnostics.WrongShape, name, rule));
    }

    private static KernelInfo Describe(ClassDeclarationSyntax template, MethodDeclarationSyntax method, int wanted) => new(
        method.Identifier.ValueText,
        template.Identifier.ValueText,
        Split(method.ReturnType),
        new(method.ParameterList.Parameters.Select(parameter => new Parameter(Split(parameter.Type!), parameter.Identifier.ValueText))),
        new(TypePair.All.Where(pair => (pair.Flag & wanted) != 0)));

    private static TypeText Split(TypeSyntax type)
    {
        string text = type.ToString();
        string element = text.TrimEnd('*');
        return new(element, text.Substring(element.Length));
    }

    private static void CheckVariants(ClassDeclarationSyntax template, KernelInfo kernel, TypePair own, int width, List<DiagnosticInfo> problems)
    {
        SyntaxToken place = template.Identifier;
        string ownName = kernel.ClassName(own, width);
        if (place.ValueText != ownName)
            problems.Add(DiagnosticInfo.At(place, Diagnostics.WrongName, place.ValueText, ownName.Substring(kernel.Kernel.Length)));
        if (!kernel.Pairs.Contains(own))
            problems.Add(DiagnosticInfo.At(place, Diagnostics.OwnTypesMissing, place.ValueText, own.Name));

        foreach (IGrouping<string, TypePair> group in kernel.Pairs.GroupBy(pair => string.Join(", ", kernel.Parameters.Select(parameter => parameter.Type.In(pair)))))
        {
            if (group.Count() > 1)
                problems.Add(DiagnosticInfo.At(place, Diagnostics.Ambiguous, kernel.Kernel, group.First().Name, group.Last().Name, group.Key));
        }
    }
}
