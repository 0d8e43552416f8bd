using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ElasticNet.Fast.KernelGenerator.Model;

/// <summary>A diagnostic as plain values: a <see cref="Location"/> would keep a whole compilation alive.</summary>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor,
    string FilePath,
    TextSpan Span,
    LinePositionSpan Lines,
    EquatableArray<string> Arguments)
{
    public static DiagnosticInfo At(SyntaxNodeOrToken place, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        Location location = place.GetLocation()!;
        return new(descriptor, location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span, new(arguments));
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Location.Create(FilePath, Span, Lines), [.. Arguments]);
}

/// <summary>What parsing one template gives: the template, or what is wrong with it. A name for the message about two templates of one kernel.</summary>
internal sealed record ParseResult(Template? Template, DiagnosticInfo Place, EquatableArray<DiagnosticInfo> Diagnostics);
