using Microsoft.CodeAnalysis;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>What can be wrong with a row type. A type with an error is not mapped.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor NotPartial = Error("ENF001", "A row type or a type around it is not partial",
        "'{0}' must be partial, so that the features of '{1}' can be written into it");

    public static readonly DiagnosticDescriptor WrongShape = Error("ENF002", "A type cannot be a row",
        "'{0}' must {1}");

    public static readonly DiagnosticDescriptor UnsupportedMember = Error("ENF003", "A member is neither a number nor a category",
        "'{0}.{1}' has the type '{2}', which is neither a number nor a category; {3}, or leave it out with [FeatureIgnore]");

    public static readonly DiagnosticDescriptor NoFeatures = Error("ENF004", "A row type has no features",
        "'{0}' must have a feature: a public field or readable property that is a number, a string, an enumeration");

    public static readonly DiagnosticDescriptor DuplicateName = Error("ENF005", "Two features of one name",
        "'{0}.{1}' and '{0}.{2}' must have different names, but both are '{3}'");

    public static readonly DiagnosticDescriptor EmptyName = Error("ENF006", "A feature name is empty",
        "The feature name of '{0}.{1}' must not be empty");

    public static readonly DiagnosticDescriptor MisplacedName = Error("ENF007", "A feature name where there is no feature",
        "'{0}.{1}' has a feature name, but is no feature: {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "ElasticNetFeatures", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
