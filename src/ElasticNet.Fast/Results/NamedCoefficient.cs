namespace ElasticNet.Fast;

/// <summary>One coefficient with the name of its feature.</summary>
/// <param name="Name">What the feature is called; x and its place where features have no names.</param>
/// <param name="Feature">Its place, counted from 0.</param>
/// <param name="Value">The coefficient on the original scale.</param>
public readonly record struct NamedCoefficient(string Name, int Feature, double Value)
{
    /// <summary>Name and value, culture-invariant: "area = 2.5".</summary>
    public override string ToString() => Throw.Invariant($"{Name} = {Value}");
}
