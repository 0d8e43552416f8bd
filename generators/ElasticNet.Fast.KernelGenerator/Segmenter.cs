using ElasticNet.Fast.Generators;
using ElasticNet.Fast.KernelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ElasticNet.Fast.KernelGenerator;

/// <summary>Cuts the text of a template's file at the few places where its variants differ, and keeps everything between as it is.</summary>
internal static class Segmenter
{
    public static EquatableArray<Segment> Split(CompilationUnitSyntax file, ClassDeclarationSyntax template, Dictionary<Slot, TypeSyntax> header)
    {
        IEnumerable<(TextSpan Span, Slot Slot)> aliases = header.Select(entry => (entry.Value.Span, entry.Key));

        // A comment may name the class too: <see cref> is made of tokens, hence the walk into trivia.
        IEnumerable<(TextSpan Span, Slot Slot)> names = file.DescendantTokens(descendIntoTrivia: true)
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == template.Identifier.ValueText)
            .Select(token => (token.Span, Slot.ClassName));

        // A variant is no template: the attribute goes, with the line it stands on.
        AttributeListSyntax attribute = template.AttributeLists.First(list => list.Attributes.Any(IsMarker));
        TextSpan attributeLines = TextSpan.FromBounds(attribute.SpanStart, attribute.GetLastToken().FullSpan.End);

        List<Segment> segments = [];
        string text = file.ToFullString();
        int position = 0;
        foreach ((TextSpan span, Slot slot) in aliases.Concat(names).Append((Span: attributeLines, Slot: Slot.None)).OrderBy(cut => cut.Span.Start))
        {
            segments.Add(new(Slot.None, text.Substring(position, span.Start - position)));
            if (slot != Slot.None)
                segments.Add(new(slot, ""));
            position = span.End;
        }

        segments.Add(new(Slot.None, text.Substring(position)));
        return new(segments);
    }

    private static bool IsMarker(AttributeSyntax attribute) =>
        attribute.Name.GetLastToken().ValueText is "KernelTemplate" or "KernelTemplateAttribute";
}
