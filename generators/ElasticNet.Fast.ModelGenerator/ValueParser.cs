using ElasticNet.Fast.Generators;
using ElasticNet.Fast.ModelGenerator.Model;
using Microsoft.CodeAnalysis;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>What the values of a type are to a model.</summary>
internal static class ValueParser
{
    /// <summary>Null for a type that is neither a number nor a category, with what to do about it.</summary>
    public static FeatureValue? Parse(ITypeSymbol type, out string remedy)
    {
        remedy = "turn it into a number or a string";
        bool nullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        ITypeSymbol value = nullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        if (value.TypeKind == TypeKind.Enum)
        {
            // The values of flags are sets of names.
            if (value.GetAttributes().Any(data => data.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"))
            {
                remedy = "turn each flag into a bool";
                return null;
            }

            return new(FeatureKind.Enumeration, nullable, new(Levels((INamedTypeSymbol)value)));
        }

        return Kind(value) is { } kind ? new(kind, nullable || kind == FeatureKind.Text, new([])) : null;
    }

    private static FeatureKind? Kind(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Double or SpecialType.System_Single
            or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_IntPtr
            or SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_UIntPtr
            => FeatureKind.Number,
        SpecialType.System_Decimal => FeatureKind.CastNumber,
        SpecialType.System_Boolean => FeatureKind.Boolean,
        SpecialType.System_String => FeatureKind.Text,
        SpecialType.System_Char => FeatureKind.Character,
        _ => type.ToDisplayString() is "System.Half" or "System.Int128" or "System.UInt128" ? FeatureKind.CastNumber : null,
    };

    /// <summary>One name for each value, the first of several, as code can tell values apart only.</summary>
    private static IEnumerable<EnumLevel> Levels(INamedTypeSymbol type) => type.GetMembers()
        .OfType<IFieldSymbol>()
        .Where(field => field.HasConstantValue)
        .GroupBy(field => field.ConstantValue)
        .Select(names => names.First())
        .Select(field => new EnumLevel(
            field.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)),
            MemberAttributes.FindName(field) is { } named ? MemberAttributes.NameOf(named) : field.Name));
}
