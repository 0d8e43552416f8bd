using ElasticNet.Fast.Generators;
using ElasticNet.Fast.KernelGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ElasticNet.Fast.KernelGenerator;

/// <summary>The five aliases that a template begins with, and what each must be for given types and width.</summary>
internal static class AliasHeader
{
    private static readonly (string Alias, Slot Slot)[] Slots =
    [
        ("S", Slot.Storage), ("A", Slot.Accumulator), ("V", Slot.VectorClass), ("Vec", Slot.VectorType), ("Load", Slot.Load),
    ];

    /// <summary>What a slot is filled with in the variant of the given types and width.</summary>
    public static string Fill(Slot slot, KernelInfo kernel, TypePair pair, int width) => slot switch
    {
        Slot.Storage => pair.Storage,
        Slot.Accumulator => pair.Accumulator,
        Slot.VectorClass => FormattableString.Invariant($"System.Runtime.Intrinsics.Vector{width}"),
        Slot.VectorType => FormattableString.Invariant($"System.Runtime.Intrinsics.Vector{width}<{pair.Accumulator}>"),
        Slot.Load => FormattableString.Invariant($"{Parser.KernelNamespace}.{pair.Name}Load{width}"),
        Slot.ClassName => kernel.ClassName(pair, width),
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "Text is not a slot."),
    };

    /// <summary>The types behind the aliases, by slot; a diagnostic for each alias that is not there.</summary>
    public static Dictionary<Slot, TypeSyntax> Find(CompilationUnitSyntax file, ClassDeclarationSyntax template, List<DiagnosticInfo> problems)
    {
        Dictionary<Slot, TypeSyntax> found = [];
        foreach ((string alias, Slot slot) in Slots)
        {
            UsingDirectiveSyntax? directive = file.Usings.FirstOrDefault(candidate => candidate.Alias?.Name.Identifier.ValueText == alias);
            if (directive is null)
                problems.Add(DiagnosticInfo.At(template.Identifier, Diagnostics.MissingAlias, template.Identifier.ValueText, alias));
            else
                found.Add(slot, directive.NamespaceOrType);
        }

        return found;
    }

    /// <summary>The types and the width that a whole header stands for; null, with diagnostics, where its aliases contradict each other.</summary>
    public static (TypePair Pair, int Width)? Read(Dictionary<Slot, TypeSyntax> header, KernelInfo kernel, List<DiagnosticInfo> problems)
    {
        string storage = header[Slot.Storage].ToString();
        string accumulator = header[Slot.Accumulator].ToString();
        if (storage is not ("float" or "double"))
        {
            Wrong(Slot.Storage, "float' or 'double");
            return null;
        }

        TypePair? pair = TypePair.All.FirstOrDefault(candidate => candidate.Storage == storage && candidate.Accumulator == accumulator);
        if (pair is null)
        {
            Wrong(Slot.Accumulator, storage == "double" ? "double" : "float' or 'double");
            return null;
        }

        string vector = header[Slot.VectorClass].ToString();
        int width = TypePair.Widths.FirstOrDefault(candidate => vector == Fill(Slot.VectorClass, kernel, pair, candidate));
        if (width == 0)
        {
            Wrong(Slot.VectorClass, "System.Runtime.Intrinsics.Vector128', '…256' or '…512");
            return null;
        }

        int before = problems.Count;
        foreach (Slot slot in new[] { Slot.VectorType, Slot.Load })
        {
            if (header[slot].ToString() != Fill(slot, kernel, pair, width))
                Wrong(slot, Fill(slot, kernel, pair, width));
        }

        return problems.Count == before ? (pair, width) : null;

        void Wrong(Slot slot, string expected) =>
            problems.Add(DiagnosticInfo.At(header[slot], Diagnostics.WrongAlias,
                kernel.TemplateClass, Slots.First(entry => entry.Slot == slot).Alias, expected, header[slot].ToString()));
    }
}
