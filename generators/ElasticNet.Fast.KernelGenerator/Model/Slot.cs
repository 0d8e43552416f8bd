namespace ElasticNet.Fast.KernelGenerator.Model;

/// <summary>What a place in a template becomes in a variant.</summary>
internal enum Slot
{
    /// <summary>Text that stays as it is.</summary>
    None,

    /// <summary>The type behind S.</summary>
    Storage,

    /// <summary>The type behind A.</summary>
    Accumulator,

    /// <summary>The static class behind V.</summary>
    VectorClass,

    /// <summary>The vector type behind Vec.</summary>
    VectorType,

    /// <summary>The class behind Load, which widens storage to accumulators as it loads.</summary>
    Load,

    /// <summary>The name of the template class.</summary>
    ClassName,
}
