namespace ElasticNet.Fast.Kernels;

/// <summary>Storage type and accumulator type of a kernel, as its variants are named.</summary>
[Flags]
internal enum KernelTypes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>double, accumulated in double.</summary>
    Double = 1,

    /// <summary>float, widened to double as it is loaded.</summary>
    SingleToDouble = 2,

    /// <summary>float, accumulated in float.</summary>
    Single = 4,
}
