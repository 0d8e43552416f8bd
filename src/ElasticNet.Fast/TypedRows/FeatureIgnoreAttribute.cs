namespace ElasticNet.Fast.TypedRows;

/// <summary>Leaves a member of an <see cref="ElasticNetFeaturesAttribute"/> type out: a key, a date, the target.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class FeatureIgnoreAttribute : Attribute;
