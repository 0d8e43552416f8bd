namespace ElasticNet.Fast.Kernels;

/// <summary>
/// Marks the one hand-written variant of a kernel, from which the kernel generator stamps the others: the types asked
/// for × {128, 256, 512} bits. See Kernels/README.md.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KernelTemplateAttribute(KernelTypes types) : Attribute
{
    /// <summary>The types wanted, those of the template included.</summary>
    public KernelTypes Types { get; } = types;
}
