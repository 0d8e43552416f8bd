using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ElasticNet.Fast.Generators;

/// <summary>A diagnostic as plain values: a <see cref="Location"/> would keep a whole compilation alive.</summary>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor,
    string FilePath,
    TextSpan Span,
    LinePositionSpan Lines,
    EquatableArray<string> Arguments)
{
    public static DiagnosticInfo At(SyntaxNodeOrToken place, DiagnosticDescriptor descriptor, params string[] arguments) =>
        At(place.GetLocation()!, descriptor, arguments);

    public static DiagnosticInfo At(Location place, DiagnosticDescriptor descriptor, params string[] arguments) =>
        new(descriptor, place.SourceTree!.FilePath, place.SourceSpan, place.GetLineSpan().Span, new(arguments));

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Location.Create(FilePath, Span, Lines), [.. Arguments]);
}
