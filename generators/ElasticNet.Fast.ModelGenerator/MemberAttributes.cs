using Microsoft.CodeAnalysis;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>The attributes of a member: its own, those of what it overrides, and those of the parameter that declares it.</summary>
internal static class MemberAttributes
{
    private const string NameAttribute = "FeatureNameAttribute";
    private const string IgnoreAttribute = "FeatureIgnoreAttribute";

    public static bool IsIgnored(ISymbol member) => Find(member, IgnoreAttribute) is not null;

    public static AttributeData? FindName(ISymbol member) => Find(member, NameAttribute);

    public static string NameOf(AttributeData named) => named.ConstructorArguments.FirstOrDefault().Value as string ?? "";

    private static AttributeData? Find(ISymbol member, string attribute)
    {
        for (ISymbol? each = member; each is not null; each = (each as IPropertySymbol)?.OverriddenProperty)
        {
            AttributeData? found = each.GetAttributes().Concat(ParameterAttributes(each)).FirstOrDefault(data =>
                data.AttributeClass is { } type && type.Name == attribute && type.ContainingNamespace.ToDisplayString() == Parser.RowNamespace);
            if (found is not null)
                return found;
        }

        return null;
    }

    /// <summary>On a positional record an attribute without a target belongs to the parameter, not to the property.</summary>
    private static IEnumerable<AttributeData> ParameterAttributes(ISymbol member) => member is not IPropertySymbol property ? [] :
        property.ContainingType.InstanceConstructors
            .SelectMany(constructor => constructor.Parameters)
            .Where(parameter => parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type))
            .SelectMany(parameter => parameter.GetAttributes());
}
