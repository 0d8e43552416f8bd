namespace ElasticNet.Fast.TypedRows;

/// <summary>A feature of a typed row.</summary>
/// <param name="Name">The name by which models know it.</param>
/// <param name="Kind">Number or category.</param>
public readonly record struct FeatureMember(string Name, InputKind Kind);
