using Microsoft.CodeAnalysis;

namespace ElasticNet.Fast.KernelGenerator;

/// <summary>What can be wrong with a kernel template. A template with an error is not stamped.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor MissingAlias = Error("ENK001", "The alias header of a kernel template lacks an alias",
        "Kernel template '{0}' must begin with 'using {1} = …;' (the header is S, A, V, Vec and Load)");

    public static readonly DiagnosticDescriptor WrongAlias = Error("ENK002", "An alias of a kernel template does not fit the others",
        "In kernel template '{0}' the alias '{1}' must be '{2}', not '{3}'");

    public static readonly DiagnosticDescriptor WrongName = Error("ENK003", "The name of a kernel template does not say its types and width",
        "Kernel template '{0}' must be named after its kernel, types and width: its name must end in '{1}'");

    public static readonly DiagnosticDescriptor WrongShape = Error("ENK004", "A kernel template has the wrong shape",
        "Kernel template '{0}' must {1}");

    public static readonly DiagnosticDescriptor OwnTypesMissing = Error("ENK005", "A kernel template does not ask for its own types",
        "Kernel template '{0}' is itself the variant '{1}', which its attribute must ask for");

    public static readonly DiagnosticDescriptor Ambiguous = Error("ENK006", "Two variants of a kernel could not be told apart by their parameters",
        "Kernel '{0}' cannot have the variants '{1}' and '{2}' at once: both would have the parameters ({3})");

    public static readonly DiagnosticDescriptor Duplicate = Error("ENK007", "Two templates for one kernel",
        "Kernel '{0}' must have one template, but '{1}' and '{2}' both claim it");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "KernelTemplate", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
