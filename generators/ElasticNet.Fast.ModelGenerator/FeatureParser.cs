using ElasticNet.Fast.Generators;
using ElasticNet.Fast.ModelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ElasticNet.Fast.ModelGenerator;

/// <summary>Which members of a type are features, and under which names.</summary>
internal static class FeatureParser
{
    public static List<Feature> Parse(INamedTypeSymbol type, Location place, List<DiagnosticInfo> problems, CancellationToken cancellation)
    {
        List<Feature> features = [];
        Dictionary<string, ISymbol> owners = new(StringComparer.Ordinal);
        bool incomplete = false;
        foreach (ISymbol member in Members(type))
        {
            cancellation.ThrowIfCancellationRequested();
            bool ignored = MemberAttributes.IsIgnored(member);
            AttributeData? named = MemberAttributes.FindName(member);
            string? obstacle = ignored ? "it is left out with [FeatureIgnore]" : Obstacle(member);
            if (obstacle is not null)
            {
                if (named is not null)
                    Report(member, Diagnostics.MisplacedName, type.Name, member.Name, obstacle);
                continue;
            }

            ITypeSymbol memberType = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
            if (memberType.TypeKind == TypeKind.Error)
            {
                incomplete = true; // The compiler says so.
                continue;
            }

            if (ValueParser.Parse(memberType, out string remedy) is not { } value)
            {
                incomplete = true;
                Report(member, Diagnostics.UnsupportedMember, type.Name, member.Name, memberType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), remedy);
                continue;
            }

            string name = named is null ? member.Name : MemberAttributes.NameOf(named);
            if (string.IsNullOrWhiteSpace(name))
                Report(member, Diagnostics.EmptyName, type.Name, member.Name);
            else if (owners.TryGetValue(name, out ISymbol? owner))
                Report(member, Diagnostics.DuplicateName, type.Name, owner.Name, member.Name, name);
            else
                owners.Add(name, member);
            features.Add(new(Code(member.Name), name, value));
        }

        if (features.Count == 0 && !incomplete)
            problems.Add(DiagnosticInfo.At(place, Diagnostics.NoFeatures, type.Name));
        return features;

        // A base type may come from an assembly: then the type itself is the place.
        void Report(ISymbol member, DiagnosticDescriptor descriptor, params string[] arguments) =>
            problems.Add(DiagnosticInfo.At(member.Locations.FirstOrDefault(location => location.IsInSource) ?? place, descriptor, arguments));
    }

    /// <summary>Fields and properties, those of base types first; one that is overridden or hidden, once, in its first place.</summary>
    private static List<ISymbol> Members(INamedTypeSymbol type)
    {
        Stack<INamedTypeSymbol> chain = new();
        for (INamedTypeSymbol? each = type; each is not null; each = each.BaseType)
            chain.Push(each);

        List<ISymbol> members = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (ISymbol member in chain.SelectMany(each => each.GetMembers()))
        {
            if (member is not (IPropertySymbol or IFieldSymbol) || !(member.CanBeReferencedByName || member is IPropertySymbol { IsIndexer: true }))
                continue;
            if (places.TryGetValue(member.Name, out int place))
            {
                members[place] = member;
            }
            else
            {
                places.Add(member.Name, members.Count);
                members.Add(member);
            }
        }

        return members;
    }

    /// <summary>Why a member is no feature, or null.</summary>
    private static string? Obstacle(ISymbol member) => member switch
    {
        { IsStatic: true } => "it belongs to the type, not to a row",
        not { DeclaredAccessibility: Accessibility.Public } => "it is not public",
        IPropertySymbol { IsIndexer: true } => "it is an indexer",
        IPropertySymbol property when property.GetMethod is not { DeclaredAccessibility: Accessibility.Public } => "it cannot be read",
        _ => null,
    };

    private static string Code(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
