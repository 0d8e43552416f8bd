namespace ElasticNet.Fast.Kernels;

/// <summary>One stamped variant of a kernel, as <c>KernelCatalog</c> lists it. For tests and benchmarks; solvers call <c>Kernel</c>.</summary>
/// <param name="Kernel">The kernel, such as Dot.</param>
/// <param name="Storage">The type that X is stored in.</param>
/// <param name="Accumulator">The type of everything else.</param>
/// <param name="Width">The width of its vectors in bits. Runs on every CPU, in software where not accelerated.</param>
/// <param name="IsHardwareAccelerated">True where this CPU has vectors of that width.</param>
/// <param name="Method">A delegate of the kernel's own type, such as <c>DotKernel&lt;float, double&gt;</c>.</param>
internal sealed record KernelVariant(
    string Kernel, Type Storage, Type Accumulator, int Width, bool IsHardwareAccelerated, Delegate Method)
{
    /// <summary>Such as Dot float→double 256, for test names and benchmark tables.</summary>
    public override string ToString() => Throw.Invariant($"{Kernel} {Keyword(Storage)}→{Keyword(Accumulator)} {Width}");

    private static string Keyword(Type type) => type == typeof(float) ? "float" : "double";
}
