namespace ElasticNet.Fast.TypedRows;

/// <summary>
/// A type whose instances are rows. <see cref="ElasticNetFeaturesAttribute"/> has it written by the source generator; it
/// can also be written by hand. Nothing in it allocates, and all calls are bound when the program is compiled.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IElasticNetFeatures<TSelf>
    where TSelf : IElasticNetFeatures<TSelf>
{
    /// <summary>The features of a row; always the same, in the same order, with names that differ.</summary>
    static abstract IReadOnlyList<FeatureMember> Members { get; }

    /// <summary>Hands a row over: exactly one call of the sink for each of <see cref="Members"/>, in their order.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sink">Takes the values.</param>
    static abstract void Write<TSink>(in TSelf row, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct;
}
