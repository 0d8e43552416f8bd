namespace ElasticNet.Fast.TypedRows;

/// <summary>
/// The name of a member of an <see cref="ElasticNetFeaturesAttribute"/> type as models know it: the name of the column
/// in the raw table. On a value of an enumeration: the level that it stands for; several values may share one.
/// </summary>
/// <param name="name">The name; not empty.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class FeatureNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
