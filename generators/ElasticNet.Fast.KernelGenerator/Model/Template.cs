using ElasticNet.Fast.Generators;

namespace ElasticNet.Fast.KernelGenerator.Model;

/// <summary>A piece of the template's file: text that stays, or a slot.</summary>
internal sealed record Segment(Slot Slot, string Text);

/// <summary>A type of the kernel's signature, split so that the aliases S and A can be told: <c>S*</c> is S and *.</summary>
internal sealed record TypeText(string Element, string Suffix)
{
    /// <summary>With the aliases left in.</summary>
    public override string ToString() => Element + Suffix;

    /// <summary>With the aliases replaced by the types of a variant.</summary>
    public string In(TypePair pair) => Element switch
    {
        "S" => pair.Storage + Suffix,
        "A" => pair.Accumulator + Suffix,
        _ => Element + Suffix,
    };
}

/// <summary>A parameter of a kernel.</summary>
internal sealed record Parameter(TypeText Type, string Name);

/// <summary>What the front door and the catalog need to know of a kernel. Does not change while a loop body is edited.</summary>
internal sealed record KernelInfo(
    string Kernel,
    string TemplateClass,
    TypeText ReturnType,
    EquatableArray<Parameter> Parameters,
    EquatableArray<TypePair> Pairs)
{
    /// <summary>The name of the class that holds one variant.</summary>
    public string ClassName(TypePair pair, int width) =>
        Kernel + pair.Name + width.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A kernel template: what it is, and the text of its file with the slots marked.</summary>
internal sealed record Template(KernelInfo Info, string FileName, EquatableArray<Segment> Segments);
