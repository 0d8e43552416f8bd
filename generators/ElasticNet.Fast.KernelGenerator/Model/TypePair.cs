namespace ElasticNet.Fast.KernelGenerator.Model;

/// <summary>A storage type and the type it is accumulated in. <paramref name="Name"/> is what class names say.</summary>
/// <param name="Name">The middle of a class name, as in Dot<b>SingleToDouble</b>256.</param>
/// <param name="Storage">The C# keyword behind the alias S.</param>
/// <param name="Accumulator">The C# keyword behind the alias A.</param>
/// <param name="Flag">The value in the enumeration that the attribute takes.</param>
internal sealed record TypePair(string Name, string Storage, string Accumulator, int Flag)
{
    /// <summary>Every pair there is. A double is never accumulated in a float.</summary>
    public static readonly TypePair[] All =
    [
        new("Double", "double", "double", 1),
        new("SingleToDouble", "float", "double", 2),
        new("Single", "float", "float", 4),
    ];

    /// <summary>The vector widths, in bits, from the one that works everywhere to the widest.</summary>
    public static readonly int[] Widths = [128, 256, 512];
}
